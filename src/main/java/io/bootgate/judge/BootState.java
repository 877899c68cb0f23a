package io.bootgate.judge;

import io.bootgate.timeline.BootEvent;
import java.time.Duration;
import java.util.Optional;

/**
 * What is known of a boot so far, and whether that decides it. Immutable; a verdict, once given, stays:
 * only READY is taken back, when something is told late that happened before it and speaks against it.
 *
 * <p>Events of one instant are weighed together: the verdict is looked for when all of them are in, so their order does not
 * matter. Time is the latest time of any event; an event that is told late counts with its own time and does not turn the
 * clock back.
 */
public sealed interface BootState permits Booting, Decided {

    /** The state before anything was seen. */
    static BootState initial(Policy policy) {
        return new Booting(Seen.nothing(), policy);
    }

    /** The state when this was seen too. */
    BootState after(BootEvent event);

    /** The verdict, if all that was seen up to now decides it. */
    Optional<Verdict> verdict();

    /**
     * When the verdict may change although nothing happens: the end of the settle window or the deadline; empty if it is
     * decided. The watch sends a tick then.
     */
    Optional<Duration> wakeAt();
}
