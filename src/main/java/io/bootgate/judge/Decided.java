package io.bootgate.judge;

import io.bootgate.timeline.BootEvent;
import java.time.Duration;
import java.util.Optional;

/** The verdict is given; what comes after is evidence only. READY is taken back for what happened before it and was told late. */
record Decided(Seen seen, Verdict given, Policy policy) implements BootState {

    @Override
    public BootState after(BootEvent event) {
        if (event instanceof BootEvent.Logged) {
            return this;
        }
        Seen more = seen.with(event);
        boolean toldLate = event.at().compareTo(given.at()) <= 0;
        if (!given.isReady() || !toldLate) {
            return new Decided(more, given, policy);
        }
        Optional<Verdict> again = new Judgement(more, policy).verdict();
        return again.isPresent() ? new Decided(more, again.get(), policy) : new Booting(more, policy);
    }

    @Override
    public Optional<Verdict> verdict() {
        return Optional.of(given);
    }

    @Override
    public Optional<Duration> wakeAt() {
        return Optional.empty();
    }
}
