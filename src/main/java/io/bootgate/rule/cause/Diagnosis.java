package io.bootgate.rule.cause;

import io.bootgate.rule.Certainty;
import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.rule.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Explains a failed boot: the root cause first, its consequences after. */
public final class Diagnosis {
    private Diagnosis() {}

    /** At least one finding: where no rule recognises anything it is {@link CauseId#UNKNOWN}. */
    public static List<Finding> of(Symptoms symptoms) {
        return of(symptoms, CauseRules.ALL);
    }

    /** Whether a cause can be told better where it is known which distributions the image has. */
    public static boolean isOfDistributions(Symptoms symptoms) {
        return of(symptoms).stream()
                .anyMatch(found -> found.id().equals(CauseId.DEPENDENCY_CONFLICT.name())
                        || found.id().equals(CauseId.PYTHON_VERSION_MISMATCH.name()));
    }

    static List<Finding> of(Symptoms symptoms, List<CauseRule> rules) {
        List<Finding> findings = new ArrayList<>();
        List<Finding> faults = new ArrayList<>();
        for (CauseRule rule : rules) {
            if (rule.isLastResort() && !findings.isEmpty()) {
                continue;
            }
            try {
                rule.diagnose(symptoms).filter(found -> isNew(found, findings)).ifPresent(findings::add);
            } catch (RuntimeException | StackOverflowError e) {
                faults.add(fault(rule, e, symptoms));
            }
        }
        findings.addAll(faults);
        return List.copyOf(findings);
    }

    // One line proves one cause: the rule that comes first, the more specific one, has it.
    private static boolean isNew(Finding found, List<Finding> findings) {
        long line = found.evidence().get(0).line();
        return line == 0
                || findings.stream().flatMap(f -> f.evidence().stream()).noneMatch(evidence -> evidence.line() == line);
    }

    private static Finding fault(CauseRule rule, Throwable e, Symptoms symptoms) {
        return new Finding(
                CauseId.UNKNOWN.name(),
                CauseId.UNKNOWN.title(),
                Severity.WARNING,
                "Bootgate's own rule for " + rule.id() + " failed: " + e,
                List.of(new Evidence("bootgate", 0, symptoms.verdict().at(), e.toString())),
                Optional.empty(),
                "This is a bug of Bootgate, not of the service. Please report it with the timeline file.",
                Certainty.CERTAIN);
    }
}
