package io.bootgate.rule.lint;

import io.bootgate.rule.cause.CauseId;
import io.bootgate.source.program.Happening.Imported;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A distribution loads a C library that the slim image does not have. */
final class SystemLibraryMissing implements LintRule {
    /** What an import needs: the distribution that loads it, the library, the packages that bring it. */
    private record Need(Set<String> distributions, String library, Set<String> packages) {}

    private static final Map<String, Need> NEEDS = Map.of(
            "cv2",
                    new Need(
                            Set.of("opencv-python", "opencv-contrib-python"),
                            "libGL.so.1",
                            Set.of("libgl1", "libgl1-mesa-glx", "libopengl0", "libgl1-mesa-dri", "mesa-gl")),
            "magic",
                    new Need(
                            Set.of("python-magic"),
                            "libmagic.so.1",
                            Set.of("libmagic1", "libmagic", "libmagic-dev", "file", "libmagic1t64")),
            "psycopg",
                    new Need(
                            Set.of("psycopg"),
                            "libpq.so.5",
                            Set.of(
                                    "libpq5",
                                    "libpq-dev",
                                    "libpq",
                                    "postgresql-client",
                                    "postgresql-libs",
                                    "postgresql-dev")),
            "weasyprint",
                    new Need(
                            Set.of("weasyprint"),
                            "libpango-1.0",
                            Set.of(
                                    "libpango-1.0-0",
                                    "libpangocairo-1.0-0",
                                    "libpangoft2-1.0-0",
                                    "pango",
                                    "weasyprint")),
            "cairosvg",
                    new Need(
                            Set.of("cairosvg"),
                            "libcairo.so.2",
                            Set.of("libcairo2", "libcairo2-dev", "cairo", "cairo-dev")));

    /** Packages that bring none of these along. */
    private static final Set<String> PLAIN = Set.of(
            "install",
            "update",
            "upgrade",
            "clean",
            "autoremove",
            "add",
            "build-essential",
            "gcc",
            "g++",
            "make",
            "curl",
            "wget",
            "git",
            "ca-certificates",
            "gnupg",
            "openssl",
            "netcat",
            "netcat-openbsd",
            "netcat-traditional",
            "bash",
            "tini",
            "dumb-init",
            "procps",
            "unzip",
            "locales",
            "gettext",
            "default-libmysqlclient-dev",
            "pkg-config",
            "libffi-dev",
            "libssl-dev",
            "musl-dev",
            "python3-dev",
            "python3-pip",
            "python3-venv",
            "python3",
            "python3-minimal",
            "build-base",
            "libjpeg-dev",
            "zlib1g-dev",
            "apt-utils",
            "nano",
            "vim",
            "tzdata",
            "jq",
            "gosu",
            "sudo");

    @Override
    public String id() {
        return "SYSTEM_LIBRARY_MISSING";
    }

    @Override
    public String title() {
        return "A library of the system that a distribution loads is not in the image";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of(CauseId.MISSING_SYSTEM_LIBRARY, CauseId.APP_ERROR, CauseId.MISSING_MODULE);
    }

    @Override
    public List<LintFinding> check(LintProject project) {
        Optional<BootProgram> boot = BootProgram.of(project);
        if (boot.isEmpty()) {
            return List.of();
        }
        String base = boot.get().plan().base();
        boolean slim = base.contains("slim")
                || base.contains("alpine")
                || base.startsWith("debian")
                || base.startsWith("ubuntu");
        if (!slim || !ImagePlan.isBare(base)) {
            return List.of();
        }
        List<LintFinding> findings = new ArrayList<>();
        Set<String> told = new HashSet<>();
        for (Imported imported : boot.get().program().happenings(Imported.class)) {
            String top = io.bootgate.rule.cause.Distributions.top(imported.module());
            Need need = NEEDS.get(top);
            if (need != null && imported.scene().isFatal("ImportError", "OSError", "Exception") && told.add(top)) {
                check(imported, need, boot.get()).ifPresent(findings::add);
            }
        }
        return findings;
    }

    private Optional<LintFinding> check(Imported imported, Need need, BootProgram boot) {
        Set<String> asked = boot.installation().names(boot.plan().minor());
        boolean loads = need.distributions().stream().anyMatch(asked::contains);
        boolean carried = top(imported).equals("psycopg")
                && (asked.contains("psycopg-binary")
                        || asked.contains("psycopg2")
                        || boot.installation().requirements().listed().stream()
                                .anyMatch(listed -> listed.name().equals("psycopg")
                                        && (listed.requirement().extras().contains("binary")
                                                || listed.requirement().extras().contains("c"))));
        boolean there = need.packages().stream().anyMatch(boot.installation().system()::contains);
        boolean headless = asked.stream().anyMatch(name -> name.endsWith("-headless"));
        if (!loads || carried || there || headless) {
            return Optional.empty();
        }
        boolean sure =
                boot.installation().system().stream().allMatch(name -> PLAIN.contains(name) || name.startsWith("-"))
                        && boot.plan().isBare();
        String first = need.packages().stream()
                .sorted()
                .filter(name -> name.endsWith("0") || name.endsWith("1") || name.endsWith("2") || name.endsWith("5"))
                .findFirst()
                .orElse(need.library());
        String detail = "%s loads %s, and %s does not have it."
                .formatted(top(imported), need.library(), boot.plan().base());
        String fix = top(imported).equals("cv2")
                ? "Require opencv-python-headless instead, or install libgl1 in the Dockerfile."
                : "Install it in the Dockerfile: RUN apt-get update && apt-get install -y --no-install-recommends "
                        + first + ".";
        return Optional.of(
                sure
                        ? error(BootProgram.location(imported.scene()), detail, fix)
                        : warning(BootProgram.location(imported.scene()), detail, fix));
    }

    private static String top(Imported imported) {
        return io.bootgate.rule.cause.Distributions.top(imported.module());
    }
}
