package io.bootgate.explain;

import io.bootgate.gate.GateResult;
import io.bootgate.rule.Finding;
import io.bootgate.timeline.Timeline;
import java.util.List;

/**
 * What one source of a log shows: a Compose service, a pod, or the whole log where it names none. Masked already.
 *
 * @param causes root cause first; empty if no failure was found
 * @param warnings what a reader should know beside, one sentence each
 * @param timeline of the run that is explained
 */
public record Explanation(
        String name,
        List<Finding> causes,
        List<String> warnings,
        GateResult.Server server,
        GateResult.Container container,
        Timeline timeline) {

    public Explanation {
        causes = List.copyOf(causes);
        warnings = List.copyOf(warnings);
    }

    /** Whether the log shows that something failed. */
    public boolean isFailure() {
        return !causes.isEmpty();
    }
}
