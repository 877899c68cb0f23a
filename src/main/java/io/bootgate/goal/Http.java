package io.bootgate.goal;

import io.bootgate.judge.Policy;
import io.bootgate.watch.ProbePlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code <http>}: how proof of service is asked for, and which answers are one. */
public final class Http {
    private static final Pattern STATUS = Pattern.compile("(\\d{3})(?:\\s*-\\s*(\\d{3}))?");
    private static final Pattern PATH = Pattern.compile("/[\\x21-\\x7E]*");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    private @Nullable String path;
    private @Nullable String status;
    private Variables headers = new Variables();
    private @Nullable String timeout;
    private @Nullable String scheme;
    private @Nullable Boolean skip;

    ProbePlan toSpec(UserProperties properties) {
        return new ProbePlan(
                properties.or(path, "http.path").map(Http::checkedPath).orElse(ProbePlan.DEFAULT.path()),
                checked(headers.toMap()),
                properties.or(timeout, "http.timeout").map(Http::positive).orElse(ProbePlan.DEFAULT.timeout()),
                properties
                        .or(scheme, "http.scheme")
                        .map(text -> Choice.of("<http><scheme>", text, List.of("auto", "http", "https")))
                        .orElse(ProbePlan.DEFAULT.scheme()));
    }

    /** The policy with what {@code <status>} and {@code <skip>} say. */
    Policy toPolicy(Duration deadline, Duration settle, UserProperties properties) {
        boolean asked = !properties.isOn(skip, "http.skip");
        int lowest = Policy.DEFAULT.lowestStatus();
        int highest = Policy.DEFAULT.highestStatus();
        String text = properties.or(status, "http.status").orElse("");
        if (!text.isEmpty()) {
            Matcher range = STATUS.matcher(text);
            if (!range.matches()) {
                throw new IllegalArgumentException(
                        "<http><status> must be a status or a range of them, but was \"%s\". Example: 200-399"
                                .formatted(text));
            }
            lowest = Integer.parseInt(range.group(1));
            highest = range.group(2) == null ? lowest : Integer.parseInt(range.group(2));
        }
        return new Policy(deadline, settle, lowest, highest, asked);
    }

    private static String checkedPath(String text) {
        if (!PATH.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "<http><path> must start with a slash and be without blanks, but was \"%s\". Example: /health"
                            .formatted(text));
        }
        return text;
    }

    private static Duration positive(String text) {
        Duration timeout = DurationText.parse("<http><timeout>", text, "5s");
        if (timeout.isZero()) {
            throw new IllegalArgumentException(
                    "<http><timeout> must be positive, but was \"%s\". Example: 5s".formatted(text));
        }
        return timeout;
    }

    private static Map<String, String> checked(Map<String, String> headers) {
        headers.forEach((name, value) -> {
            if (!HEADER.matcher(name).matches() || value.chars().anyMatch(c -> c < ' ' && c != '\t')) {
                throw new IllegalArgumentException(
                        "<http><headers> has \"%s\", which cannot be sent as a header: its name".formatted(name)
                                + " or its value has characters that HTTP forbids. Example: <Host>shop.example</Host>");
            }
        });
        return headers;
    }
}
