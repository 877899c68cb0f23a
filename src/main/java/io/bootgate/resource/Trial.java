package io.bootgate.resource;

import java.util.OptionalLong;

/**
 * A boot with another memory limit, and what came of it.
 *
 * @param peakBytes the most memory it used at one time, empty if unknown
 * @param workers that were started, 0 if unknown
 * @param why it failed, where it was not for memory; else empty
 */
public record Trial(long limitBytes, Outcome outcome, OptionalLong peakBytes, int workers, String why) {

    /** How it ended. */
    public enum Outcome {
        READY,
        OUT_OF_MEMORY,
        /** Not ready, and memory was not the cause. */
        OTHER
    }

    /** {@code With 512 MiB: READY, peak 214 MiB}. */
    public String inWords() {
        return "With %s: %s%s"
                .formatted(
                        Amount.memory(limitBytes),
                        outcome == Outcome.READY
                                ? "READY"
                                : outcome == Outcome.OUT_OF_MEMORY ? "OUT_OF_MEMORY" : "NOT_READY, " + why,
                        isReady() && peakBytes.isPresent() ? ", peak " + Amount.memory(peakBytes.getAsLong()) : "");
    }

    boolean isReady() {
        return outcome == Outcome.READY;
    }
}
