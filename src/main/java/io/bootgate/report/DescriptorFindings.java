package io.bootgate.report;

import io.bootgate.deployment.DeploymentFinding;
import io.bootgate.gate.GateResult.Described;
import io.bootgate.rule.Location;
import io.bootgate.rule.Severity;
import io.bootgate.rule.lint.LintFinding;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the platform would refuse or take otherwise, as findings of the image; notices stay with the descriptor. */
final class DescriptorFindings {
    private DescriptorFindings() {}

    static List<LintFinding> of(Described told) {
        VariableMask mask = VariableMask.of(told.deployment(), told.secretEnv());
        return told.deployment().findings().stream()
                .filter(found -> found.severity() != DeploymentFinding.Severity.NOTICE)
                .map(found -> new LintFinding(
                        found.id(),
                        "The deployment descriptor has a fault",
                        found.severity() == DeploymentFinding.Severity.ERROR ? Severity.ERROR : Severity.WARNING,
                        mask.mask(found.message()),
                        Optional.of(new Location(
                                Optional.of(found.path()), found.line(), Optional.empty(), Optional.empty())),
                        "Correct the descriptor; docs/deployment.md tells what %s means.".formatted(found.id()),
                        Set.of(),
                        Optional.empty()))
                .toList();
    }
}
