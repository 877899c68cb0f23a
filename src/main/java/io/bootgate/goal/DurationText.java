package io.bootgate.goal;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 500ms}, {@code 60s}, {@code 1m30s}. */
final class DurationText {
    private static final Pattern PART = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|s|m|h)");
    private static final Pattern WHOLE = Pattern.compile("(?:" + PART.pattern() + ")+");
    private static final Map<String, Double> MILLIS = Map.of("ms", 1.0, "s", 1000.0, "m", 60_000.0, "h", 3_600_000.0);

    private DurationText() {}

    /** {@code parameter} as the user writes it, {@code <http><timeout>}, for the error. */
    static Duration parse(String parameter, String text, String example) {
        String written = text.strip();
        if (!WHOLE.matcher(written).matches()) {
            throw new IllegalArgumentException(
                    "%s must be a number with a unit (ms, s, m, h), but was \"%s\". Example: %s"
                            .formatted(parameter, text, example));
        }
        double millis = 0;
        for (Matcher part = PART.matcher(written); part.find(); ) {
            millis += Double.parseDouble(part.group(1)) * MILLIS.getOrDefault(part.group(2), 0.0);
        }
        return Duration.ofMillis(Math.round(millis));
    }
}
