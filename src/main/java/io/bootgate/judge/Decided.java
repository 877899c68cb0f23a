package io.bootgate.judge;

import io.bootgate.timeline.BootEvent;
import java.time.Duration;
import java.util.Optional;

/** The verdict is given; what comes after is evidence only. */
record Decided(Seen seen, Verdict given) implements BootState {

    @Override
    public BootState after(BootEvent event) {
        return new Decided(seen.with(event), given);
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
