package io.bootgate.engine.docker;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the time stamp tells that a frame of a log begins with: stamp, blank, bytes.
 *
 * @param start where the bytes begin that the container wrote
 */
record LogPiece(Instant at, int start) {
    private static final int LONGEST_STAMP = 40;
    private static final Duration ALMOST_A_SECOND = Duration.ofNanos(999_999_999);

    /** {@code arrived} is by the engine's clock. */
    static LogPiece of(byte[] frame, Instant arrived) {
        int blank = 0;
        while (blank < frame.length && blank < LONGEST_STAMP && frame[blank] != ' ') {
            blank++;
        }
        String stamp = new String(frame, 0, blank, StandardCharsets.ISO_8859_1);
        Optional<Instant> stamped = Answers.instant(stamp);
        return stamped.isEmpty()
                ? new LogPiece(arrived, 0)
                : new LogPiece(refined(stamped.get(), stamp, arrived), Math.min(blank + 1, frame.length));
    }

    /** Podman 4 tells the second only: the moment of arrival is nearer to the truth, as long as it is in that second. */
    private static Instant refined(Instant stamped, String stamp, Instant arrived) {
        if (stamp.indexOf('.') >= 0 || arrived.isBefore(stamped)) {
            return stamped;
        }
        Instant latest = stamped.plus(ALMOST_A_SECOND);
        return arrived.isAfter(latest) ? latest : arrived;
    }
}
