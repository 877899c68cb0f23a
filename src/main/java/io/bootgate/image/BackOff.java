package io.bootgate.image;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Tries again, ever more patiently, what failed for a reason that passes.
 *
 * @param pauses before the second try, the third, ...
 * @param pause waits
 */
public record BackOff(List<Duration> pauses, Consumer<Duration> pause) {
    public static final BackOff USUAL =
            new BackOff(List.of(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(9)), BackOff::sleep);

    private static final Pattern PASSING = Pattern.compile(
            "(?i)\\b(?:429|500|502|503|504)\\b|too ?many ?requests|connection (?:refused|reset)|broken pipe|\\bEOF\\b|timed? ?out"
                    + "|timeout|temporary failure|try again|cannot be reached|no route to host|unreachable|service unavailable");

    private static final Pattern LASTING = Pattern.compile(
            "(?i)unauthorized|denied|forbidden|authentication|needs a login|no such host|certificate|speaks no TLS|HTTPS client");

    public BackOff {
        pauses = List.copyOf(pauses);
    }

    /**
     * The answer of the first try that succeeds.
     *
     * @param told gets a line before each further try
     * @throws ImageBuildException of the last try, or of the first that failed for a reason that lasts
     */
    public <T> T insist(Supplier<T> attempt, Consumer<String> told) {
        for (Duration before : pauses) {
            try {
                return attempt.get();
            } catch (ImageBuildException e) {
                if (!passes(e)) {
                    throw e;
                }
                told.accept("%s Trying again in %d s.".formatted(e.getMessage(), before.toSeconds()));
                pause.accept(before);
            }
        }
        return attempt.get();
    }

    static boolean passes(Throwable trouble) {
        boolean passing = false;
        for (Throwable at = trouble; at != null; at = at.getCause()) {
            String text = String.valueOf(at.getMessage());
            if (LASTING.matcher(text).find()) {
                return false;
            }
            passing |= PASSING.matcher(text).find()
                    || at instanceof java.net.SocketException
                    || at instanceof java.net.SocketTimeoutException
                    || at instanceof java.io.EOFException
                    || (at instanceof IOException && at.getMessage() == null);
        }
        return passing;
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ImageBuildException("The push was interrupted.", e);
        }
    }
}
