package io.bootgate.rule.cause;

import io.bootgate.rule.Certainty;
import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.rule.Severity;
import java.util.List;
import java.util.Optional;

/** Explains a failed boot: the root cause first, its consequences after. */
public final class Diagnosis {
    private Diagnosis() {}

    /** At least one finding: where no rule recognises anything it is {@link CauseId#UNKNOWN}. */
    public static List<Finding> of(Symptoms symptoms) {
        return List.of(new Finding(
                CauseId.UNKNOWN.name(),
                CauseId.UNKNOWN.title(),
                Severity.ERROR,
                "Not ready: " + symptoms.verdict().reason(),
                List.of(new Evidence(
                        "engine",
                        0,
                        symptoms.verdict().at(),
                        String.join("; ", symptoms.verdict().missing()))),
                Optional.empty(),
                "Read the log.",
                Certainty.LIKELY));
    }
}
