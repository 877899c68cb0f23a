package io.bootgate.rule.cause;

import io.bootgate.timeline.BootEvent.Logged;
import io.bootgate.timeline.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The log as the programs wrote it: colours, prefixes of log collectors and JSON wrapping are taken off. */
final class Transcript {
    static final String TRACEBACK = "Traceback (most recent call last):";

    private static final Pattern COLOUR =
            Pattern.compile("\u001B(?:\\[[0-9;:?]*[ -/]*[@-~]|\\][^\u0007\u001B]*(?:\u0007|\u001B\\\\)?|[@-Z\\\\^_])");
    private static final Pattern PREFIX =
            Pattern.compile(
                    "^(?:"
                            + "[A-Za-z0-9][\\w.-]*\\s+\\| ?" // Compose
                            + "|> ?(?=[^>]|$)" // a quotation
                            + "|\\d{4}-\\d\\d-\\d\\dT[\\d:.]+(?:Z|[+-]\\d\\d:?\\d\\d)(?: (?:stdout|stderr) [FP])?(?: |$)" // docker -t, CRI
                            + "|[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d \\S+ [^\\s:\\[]+(?:\\[\\d+\\])?:(?: |$)" // syslog, journald
                            + "|\\[pod/\\S+\\](?: |$)" // kubectl --prefix
                            + "|app\\[[\\w.-]+\\]:(?: |$)" // Heroku
                            + ")");
    private static final List<String> MESSAGE_KEYS =
            List.of("message", "msg", "log", "event", "text", "textPayload", "MESSAGE");

    private Transcript() {}

    static List<Line> of(Timeline timeline) {
        List<Line> lines = new ArrayList<>();
        timeline.all(Logged.class).forEach(logged -> add(lines, logged));
        return List.copyOf(lines);
    }

    private static void add(List<Line> lines, Logged logged) {
        String text = logged.text();
        if (text.indexOf('\u001B') >= 0) {
            text = COLOUR.matcher(text).replaceAll("");
        }
        if (text.endsWith("\r")) {
            text = text.substring(0, text.length() - 1);
        }
        boolean stamped = false;
        for (int i = 0; i < 4; i++) {
            Matcher prefix = PREFIX.matcher(text);
            if (!prefix.find()) {
                break;
            }
            stamped = true;
            text = text.substring(prefix.end());
        }
        for (String part : unwrapped(text)) {
            lines.add(new Line(part, stamped, logged));
        }
    }

    private static List<String> unwrapped(String text) {
        if (text.startsWith("{")) {
            return outOfJson(text);
        }
        if (text.contains(TRACEBACK)) {
            // One line for a whole traceback: a Python repr or an escaped message, or what rsyslog makes of it.
            return withoutQuotes(text)
                    .replace("\\n", "\n")
                    .replace("#012", "\n")
                    .replace("\\\"", "\"")
                    .lines()
                    .toList();
        }
        return List.of(text);
    }

    private static String withoutQuotes(String text) {
        int start = text.indexOf(TRACEBACK);
        char before = start > 0 ? text.charAt(start - 1) : ' ';
        boolean quoted = (before == '"' || before == '\'') && text.charAt(text.length() - 1) == before;
        return quoted ? text.substring(0, text.length() - 1) : text;
    }

    private static List<String> outOfJson(String text) {
        Map<String, String> strings = JsonStrings.of(text);
        String message = MESSAGE_KEYS.stream()
                .filter(strings::containsKey)
                .findFirst()
                .map(key -> strings.getOrDefault(key, ""))
                .orElse("");
        List<String> lines = new ArrayList<>(message.lines().toList());
        strings.values().stream()
                .filter(value -> value.contains(TRACEBACK) && !message.contains(value))
                .flatMap(String::lines)
                .forEach(lines::add);
        if (strings.containsKey("exc_type")) {
            lines.add(strings.getOrDefault("exc_type", "") + ": " + strings.getOrDefault("exc_value", ""));
        }
        return lines.isEmpty() ? List.of(text) : lines;
    }
}
