package io.bootgate.rule.lint;

import io.bootgate.rule.Location;
import io.bootgate.rule.cause.CauseId;
import io.bootgate.rule.cause.Distributions;
import io.bootgate.source.program.Happening.Imported;
import io.bootgate.source.requirement.Listed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Something is imported while the app is loaded, and nothing that the image installs brings it. */
final class DependencyMissing implements LintRule {
    private static final String BACKENDS = "django.db.backends.";

    @Override
    public String id() {
        return "DEPENDENCY_MISSING";
    }

    @Override
    public String title() {
        return "An import that nothing in the image brings";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of(CauseId.MISSING_MODULE, CauseId.APP_ERROR);
    }

    @Override
    public List<LintFinding> check(LintProject project) {
        Optional<BootProgram> boot = BootProgram.of(project);
        if (boot.isEmpty()
                || !boot.get().installation().any()
                || boot.get().target().isEmpty()) {
            return List.of();
        }
        Installed installed = Installed.of(boot.get());
        List<LintFinding> findings = new ArrayList<>();
        Set<String> told = new HashSet<>();
        for (Imported imported : boot.get().program().happenings(Imported.class)) {
            if (imported.module().startsWith(BACKENDS)) {
                driver(imported, installed).ifPresent(findings::add);
            } else if (!told.contains(Distributions.top(imported.module()))) {
                Optional<LintFinding> finding = check(imported, installed, boot.get());
                finding.ifPresent(found -> told.add(Distributions.top(imported.module())));
                finding.ifPresent(findings::add);
            }
        }
        return findings;
    }

    private Optional<LintFinding> check(Imported imported, Installed installed, BootProgram boot) {
        String module = imported.module();
        boolean fatal = imported.scene().isFatal("ImportError", "ModuleNotFoundError", "Exception");
        if (!fatal || imported.scene().path().isEmpty() || StandardModules.has(module) || installed.bring(module)) {
            return Optional.empty();
        }
        Location place = BootProgram.location(imported.scene());
        String line = Distributions.forImport(module);
        Optional<Listed> left = boot.installation().left().stream()
                .filter(listed -> KnownDependencies.bringing(module).contains(listed.name()))
                .findFirst();
        String detail = left.map(listed -> "%s is imported, and %s is only required for %s, which the image leaves out."
                        .formatted(module, listed.name(), listed.group().orElse("development")))
                .orElseGet(() -> "%s is imported, and nothing that the image installs brings it.".formatted(module));
        String fix = left.map(
                        listed -> "Move %s to the main dependencies in %s.".formatted(listed.name(), listed.path()))
                .orElseGet(() -> "Add %s to %s.".formatted(line, installed.file()));
        if (installed.isComplete()) {
            return Optional.of(error(place, detail, fix).about(Distributions.top(module)));
        }
        boolean worthTelling = !installed.opaque() && Distributions.isKnown(module);
        return worthTelling
                ? Optional.of(warning(place, detail + " Unless something else needs it and brings it along.", fix)
                        .about(Distributions.top(module)))
                : Optional.empty();
    }

    /** A database driver that Django's settings name by their engine; it is loaded with the first model. */
    private Optional<LintFinding> driver(Imported engine, Installed installed) {
        Set<String> drivers = switch (engine.module()) {
            case "django.db.backends.postgresql", "django.db.backends.postgresql_psycopg2" ->
                Set.of("psycopg2", "psycopg2-binary", "psycopg", "psycopg-binary");
            case "django.db.backends.mysql" -> Set.of("mysqlclient", "pymysql");
            case "django.db.backends.oracle" -> Set.of("oracledb", "cx-oracle");
            default -> Set.of();
        };
        boolean there = drivers.isEmpty() || drivers.stream().anyMatch(installed.names()::contains);
        if (there || installed.opaque() || !installed.isComplete()) {
            return Optional.empty();
        }
        String usual = drivers.stream().sorted().reduce((one, other) -> other).orElse("");
        return Optional.of(error(
                BootProgram.location(engine.scene()),
                "%s needs a driver (%s), and none is installed."
                        .formatted(
                                engine.module(),
                                String.join(", ", drivers.stream().sorted().toList())),
                "Add %s to %s.".formatted(usual, installed.file())));
    }
}
