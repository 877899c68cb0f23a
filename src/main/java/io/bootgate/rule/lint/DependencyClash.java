package io.bootgate.rule.lint;

import io.bootgate.distribution.Clash;
import io.bootgate.distribution.Clashes;
import io.bootgate.distribution.Requirement;
import io.bootgate.distribution.Version;
import io.bootgate.rule.Location;
import io.bootgate.rule.cause.CauseId;
import io.bootgate.source.program.Happening.Imported;
import io.bootgate.source.requirement.Listed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Versions are required that are known not to work together, or not with the image's Python. */
final class DependencyClash implements LintRule {
    @Override
    public String id() {
        return "DEPENDENCY_CLASH";
    }

    @Override
    public String title() {
        return "Versions that are known not to work together";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of(
                CauseId.DEPENDENCY_CONFLICT,
                CauseId.PYTHON_VERSION_MISMATCH,
                CauseId.MISSING_MODULE,
                CauseId.APP_ERROR);
    }

    @Override
    public List<LintFinding> check(LintProject project) {
        Optional<BootProgram> boot = BootProgram.of(project);
        if (boot.isEmpty()) {
            return List.of();
        }
        List<LintFinding> findings = new ArrayList<>();
        for (Clash clash : Clashes.all()) {
            if (clash.breaks().isPresent()
                    && !clash.harmless()
                    && clash.with().marker().isEmpty()) {
                check(clash, clash.breaks().get(), boot.get()).ifPresent(findings::add);
            }
        }
        return findings;
    }

    private Optional<LintFinding> check(Clash clash, Requirement breaks, BootProgram boot) {
        Optional<Listed> user = pinned(breaks, boot);
        if (user.isEmpty() || !breaks.marker().isEmpty()) {
            return Optional.empty();
        }
        boolean loaded = isLoaded(user.get(), boot);
        if (clash.with().name().equals("python")) {
            boolean fits = boot.plan().minor().isEmpty()
                    || !clash.with()
                            .range()
                            .contains(new Version("3." + boot.plan().minor().getAsInt() + ".9"));
            return fits ? Optional.empty() : Optional.of(tell(clash, user.get(), loaded, boot));
        }
        List<Listed> others = listed(clash.with().name(), boot);
        if (pinned(clash.with(), boot).isPresent()) {
            return Optional.of(tell(clash, user.get(), loaded, boot));
        }
        // Asked for by nobody but the other: the newest is installed.
        boolean newest = others.isEmpty()
                && clash.with().range().isOpenAbove()
                && Installed.of(boot)
                        .names()
                        .contains(Requirement.normalized(clash.with().name()));
        return newest ? Optional.of(tell(clash, user.get(), false, boot)) : Optional.empty();
    }

    private static Optional<Listed> pinned(Requirement wanted, BootProgram boot) {
        return listed(wanted.name(), boot).stream()
                .filter(listed -> listed.requirement()
                        .pin()
                        .filter(pin -> wanted.range().contains(new Version(pin.toString())))
                        .isPresent())
                .findFirst();
    }

    private static List<Listed> listed(String name, BootProgram boot) {
        return java.util.stream.Stream.concat(
                        boot.installation().requirements().listed().stream(),
                        boot.installation().requirements().constraints().stream())
                .filter(listed -> listed.requirement().applies(boot.plan().minor()))
                .filter(listed -> listed.name().equals(Requirement.normalized(name)))
                .toList();
    }

    /** Whether what breaks is imported for sure, by the app or as its server. */
    private static boolean isLoaded(Listed user, BootProgram boot) {
        boolean server = boot.start()
                .server()
                .filter(known -> known.id().equals(user.name()))
                .isPresent();
        return server
                || boot.program().happenings(Imported.class).stream()
                        .filter(imported -> imported.scene().isFatal("ImportError", "Exception"))
                        .anyMatch(imported ->
                                KnownDependencies.bringing(imported.module()).contains(user.name()));
    }

    private LintFinding tell(Clash clash, Listed user, boolean sure, BootProgram boot) {
        Location place = Location.of(user.path(), Math.max(1, user.line()));
        String with = clash.with().name().equals("python")
                ? "Python 3." + boot.plan().minor().orElse(0)
                : clash.with().toString();
        String detail = "%s does not work with %s: %s."
                .formatted(
                        user.requirement()
                                .pin()
                                .map(pin -> user.name() + " " + pin)
                                .orElse(user.name()),
                        with,
                        clash.why());
        String fix = clash.pins().isEmpty()
                ? "Take versions that fit each other."
                : "Require " + String.join(", or ", clash.pins()) + ".";
        return (sure ? error(place, detail, fix) : warning(place, detail, fix)).about(user.name());
    }
}
