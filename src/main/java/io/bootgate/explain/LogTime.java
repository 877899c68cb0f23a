package io.bootgate.explain;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When a line was written: what the platform put in front of it, else what its logging did. */
final class LogTime {
    private static final Pattern OWN = Pattern.compile(
            "^\\W?(\\d{4}-\\d\\d-\\d\\d)[ T](\\d\\d:\\d\\d:\\d\\d)(?:[.,](\\d{1,9}))?(?: ?([+-]\\d\\d):?(\\d\\d))?");

    private LogTime() {}

    static Optional<Instant> of(SourceLine line) {
        return line.time().or(() -> own(line.text()));
    }

    private static Optional<Instant> own(String text) {
        Matcher matcher = OWN.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String fraction = matcher.group(3) == null ? "" : "." + matcher.group(3);
        try {
            LocalDateTime local = LocalDateTime.parse(matcher.group(1) + "T" + matcher.group(2) + fraction);
            // Where no zone is told any will do: times are only compared with each other.
            ZoneOffset zone = matcher.group(4) == null
                    ? ZoneOffset.UTC
                    : ZoneOffset.of(matcher.group(4) + ":" + matcher.group(5));
            return Optional.of(local.toInstant(zone));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
