package io.bootgate.rule.lint;

import io.bootgate.rule.Location;
import io.bootgate.rule.cause.CauseId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A line of a requirements file that no installer understands, or a file that is included and not there. */
final class RequirementUnreadable implements LintRule {
    @Override
    public String id() {
        return "REQUIREMENT_UNREADABLE";
    }

    @Override
    public String title() {
        return "A requirement that no installer understands";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of(CauseId.BUILD_FAILED);
    }

    @Override
    public List<LintFinding> check(LintProject project) {
        Optional<ImagePlan> plan = ImagePlan.of(project);
        return plan.map(found -> Installation.of(project, found).requirements().problems().stream()
                        .map(problem -> warning(
                                Location.of(problem.path(), Math.max(1, problem.line())),
                                problem.message(),
                                "Write name==version, a URL, or a path; options stand at the start of their own line."))
                        .distinct()
                        .toList())
                .orElse(List.of());
    }
}
