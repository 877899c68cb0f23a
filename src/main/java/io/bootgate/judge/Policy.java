package io.bootgate.judge;

import java.time.Duration;

/**
 * What a boot is judged by.
 *
 * @param timeout deadline for the verdict, from the container's start; positive
 * @param settle how long everything must go on holding before READY; zero or more
 * @param lowestStatus lowest HTTP status that counts as served
 * @param highestStatus highest HTTP status that counts as served
 * @param http whether an HTTP answer is asked for; without it a running server that stays up is enough
 */
public record Policy(Duration timeout, Duration settle, int lowestStatus, int highestStatus, boolean http) {

    /** 60 s, 2 s, any status below 500. */
    public static final Policy DEFAULT = new Policy(Duration.ofSeconds(60), Duration.ofSeconds(2), 100, 499, true);

    public Policy {
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("<timeout> must be positive, but was " + timeout + ". Example: 60s");
        }
        if (settle.isNegative()) {
            throw new IllegalArgumentException("<settle> must not be negative, but was " + settle + ". Example: 2s");
        }
        if (lowestStatus < 100 || highestStatus > 599 || lowestStatus > highestStatus) {
            throw new IllegalArgumentException(
                    "<http><status> must be a status or a range between 100 and 599, but was " + lowestStatus + "-"
                            + highestStatus + ". Example: 200-499");
        }
    }

    /** The same with another deadline. */
    public Policy within(Duration deadline) {
        return new Policy(deadline, settle, lowestStatus, highestStatus, http);
    }

    public boolean accepts(int status) {
        return lowestStatus <= status && status <= highestStatus;
    }
}
