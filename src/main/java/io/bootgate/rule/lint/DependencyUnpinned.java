package io.bootgate.rule.lint;

import io.bootgate.rule.Location;
import io.bootgate.rule.cause.CauseId;
import io.bootgate.source.requirement.Listed;
import io.bootgate.source.requirement.Requirements;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is installed is decided by the day of the build. Told once for a project. */
final class DependencyUnpinned implements LintRule {
    @Override
    public String id() {
        return "DEPENDENCY_UNPINNED";
    }

    @Override
    public String title() {
        return "Dependencies without a version";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of(CauseId.DEPENDENCY_CONFLICT);
    }

    @Override
    public List<LintFinding> check(LintProject project) {
        Optional<ImagePlan> plan = ImagePlan.of(project);
        if (plan.isEmpty()) {
            return List.of();
        }
        Requirements requirements = Installation.of(project, plan.get()).requirements();
        List<Listed> loose = requirements.listed().stream()
                .filter(listed -> listed.requirement().specifiers().isEmpty())
                .filter(listed -> listed.requirement().url().isEmpty())
                .filter(listed -> requirements.constraints().stream()
                        .noneMatch(held -> held.name().equals(listed.name())))
                .filter(listed -> !Set.of("pip", "setuptools", "wheel", "uv", "poetry", "pipenv")
                        .contains(listed.name()))
                .toList();
        if (loose.isEmpty() || requirements.locked()) {
            return List.of();
        }
        Listed first = loose.get(0);
        String names =
                String.join(", ", loose.stream().limit(5).map(Listed::name).toList());
        return List.of(warning(
                Location.of(first.path(), Math.max(1, first.line())),
                "%s%s: the newest version on the day of the build is installed, and the next major one may not fit."
                        .formatted(
                                names,
                                loose.size() > 5
                                        ? " and %d more have no version".formatted(loose.size() - 5)
                                        : loose.size() == 1 ? " has no version" : " have no version"),
                "Give each a version (%s==...), or install from a lock file.".formatted(first.name())));
    }
}
