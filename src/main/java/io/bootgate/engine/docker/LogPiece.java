package io.bootgate.engine.docker;

import io.bootgate.engine.LogStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** One frame of a log that was asked for with time stamps: stamp, blank, bytes. */
record LogPiece(LogStream stream, Instant at, byte[] bytes) {
    private static final int LONGEST_STAMP = 40;
    private static final Duration ALMOST_A_SECOND = Duration.ofNanos(999_999_999);

    /** @param arrived by the engine's clock */
    static LogPiece of(LogStream stream, byte[] frame, Instant arrived) {
        int blank = 0;
        while (blank < frame.length && blank < LONGEST_STAMP && frame[blank] != ' ') {
            blank++;
        }
        String stamp = new String(frame, 0, blank, StandardCharsets.ISO_8859_1);
        Optional<Instant> stamped = Answers.instant(stamp);
        if (stamped.isEmpty()) {
            return new LogPiece(stream, arrived, frame);
        }
        byte[] bytes = Arrays.copyOfRange(frame, Math.min(blank + 1, frame.length), frame.length);
        return new LogPiece(stream, refined(stamped.get(), stamp, arrived), bytes);
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
