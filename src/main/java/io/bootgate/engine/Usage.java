package io.bootgate.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a container has used since its start.
 *
 * @param peakMemoryBytes the most memory at one time, without page cache that could have been dropped; empty if nobody measured
 * @param cpu processor time of all its processes
 * @param throttled how long processes that could have run were kept from it by the CPU limit; empty if nobody counted
 */
public record Usage(OptionalLong peakMemoryBytes, Optional<Duration> cpu, Optional<Duration> throttled) {
    public static final Usage UNKNOWN = new Usage(OptionalLong.empty(), Optional.empty(), Optional.empty());
}
