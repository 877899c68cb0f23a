package io.bootgate.judge;

import io.bootgate.timeline.BootEvent;
import java.time.Duration;
import java.util.Optional;

/** Not decided yet, or decided by the events of this very instant. */
record Booting(Seen seen, Policy policy) implements BootState {

    @Override
    public BootState after(BootEvent event) {
        if (event instanceof BootEvent.Logged) {
            return this; // The words are the server's reader's to interpret; a million of them must cost nothing here.
        }
        if (event.at().compareTo(seen.now()) > 0) {
            Optional<Verdict> verdict = verdict();
            if (verdict.isPresent()) {
                return new Decided(seen, verdict.get(), policy).after(event);
            }
        }
        return new Booting(seen.with(event), policy);
    }

    @Override
    public Optional<Verdict> verdict() {
        return new Judgement(seen, policy).verdict();
    }

    @Override
    public Optional<Duration> wakeAt() {
        return Optional.of(new Judgement(seen, policy).wakeAt());
    }
}
