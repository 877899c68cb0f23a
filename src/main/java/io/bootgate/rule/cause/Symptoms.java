package io.bootgate.rule.cause;

import io.bootgate.judge.Verdict;
import io.bootgate.timeline.Boot;
import io.bootgate.timeline.Timeline;

/** What every cause rule looks at: the timeline of a failed boot and why the judge turned it down. */
public record Symptoms(Timeline timeline, Verdict.NotReady verdict) {

    public Boot boot() {
        return timeline.boot();
    }
}
