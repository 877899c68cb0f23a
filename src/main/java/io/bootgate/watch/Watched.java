package io.bootgate.watch;

import io.bootgate.judge.Verdict;
import io.bootgate.timeline.Timeline;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * What came of watching a boot.
 *
 * @param said when the verdict was given, on the timeline's clock, the log drained
 * @param unpublishedPort the port that the server is bound to, if it could not be asked because it was not published: the
 *     verdict means nothing then, and the container is to be booted again with that port
 */
public record Watched(Timeline timeline, Verdict verdict, Duration said, OptionalInt unpublishedPort) {

    /** The same as what kept another container from being started. */
    public Watched failed() {
        return verdict instanceof Verdict.NotReady no
                ? new Watched(
                        timeline,
                        new Verdict.NotReady(no.at(), Verdict.Reason.NEIGHBOUR_LOST, no.missing()),
                        said,
                        unpublishedPort)
                : new Watched(
                        timeline,
                        new Verdict.NotReady(verdict.at(), Verdict.Reason.NEIGHBOUR_LOST, java.util.List.of()),
                        said,
                        unpublishedPort);
    }
}
