package io.bootgate.watch;

import java.time.Duration;
import java.time.Instant;

/** The engine's clock as seen from here, and the container's start on it. Goes on evenly even if this machine's clock is set. */
final class EngineTime {
    private final Instant base;
    private final long nanos = System.nanoTime();
    private volatile Instant start;

    EngineTime(Instant engineNow) {
        base = engineNow;
        start = engineNow;
    }

    void startedAt(Instant instant) {
        start = instant;
    }

    Instant now() {
        return base.plusNanos(System.nanoTime() - nanos);
    }

    /** Zero for what was before the start. */
    Duration since(Instant instant) {
        Duration since = Duration.between(start, instant);
        return since.isNegative() ? Duration.ZERO : since;
    }

    Duration sinceStart() {
        return since(now());
    }
}
