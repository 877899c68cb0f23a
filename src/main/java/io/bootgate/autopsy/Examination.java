package io.bootgate.autopsy;

import java.time.Duration;

/**
 * Whether and how long an image is looked into.
 *
 * @param afterFailure an image that is not ready is booted again, instrumented
 * @param recordEnvironment one that is ready too, for the variables that it reads
 * @param timeout how long one autopsy may take, from the start of its container
 */
public record Examination(boolean afterFailure, boolean recordEnvironment, Duration timeout) {

    /** None at all. */
    public static final Examination NONE = new Examination(false, false, Duration.ZERO);

    /** After a failure, 30 s. */
    public static final Examination DEFAULT = new Examination(true, false, Duration.ofSeconds(30));

    public Examination {
        if ((afterFailure || recordEnvironment) && (timeout.isNegative() || timeout.isZero())) {
            throw new IllegalArgumentException(
                    "<autopsyTimeout> must be longer than nothing, but was %s. Example: 30s".formatted(timeout));
        }
    }
}
