package io.bootgate.server;

import io.bootgate.timeline.BootEvent.Logged;
import io.bootgate.timeline.Stream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes a server's log lines apart, and refuses what the app prints. A line in the server's own format is known by its prefix.
 * Any other format (logging configuration, JSON) counts from the line on in which the server introduces itself in that same
 * format on that same stream: what merely contains the server's words is not its line.
 */
final class LogFormat {
    /** Servers write short lines; a longer one costs nothing to refuse. */
    private static final int MAX_LENGTH = 64 * 1024;

    private static final int MAX_JSON_LINES = 200;

    private static final Pattern ANSI = Pattern.compile("\u001b\\[[0-9;]*[A-Za-z]");
    private static final Pattern WORDS = Pattern.compile("[\\p{Alnum}_.:,/+\\-]+");
    private static final Pattern BLANKS = Pattern.compile("[ \t]+");
    private static final Pattern LEVEL = Pattern.compile("\\b(DEBUG|INFO|WARNING|ERROR|CRITICAL)\\b");

    private static final List<String> MESSAGE_FIELDS =
            List.of("message", "msg", "event", "@message", "text", "log", "body");
    private static final List<String> PID_FIELDS = List.of("process", "pid", "process_id", "processId", "process.pid");
    private static final List<String> LEVEL_FIELDS = List.of("levelname", "level", "severity", "log.level", "loglevel");
    private static final List<String> LOGGER_FIELDS =
            List.of("name", "logger", "logger_name", "loggerName", "log.logger");

    private final String server;
    private final Pattern ownFormat;
    private final List<String> openings;
    private final Pattern introduction;
    private final Set<Stream> ownStreams;
    private final Set<String> trusted = new HashSet<>();
    private final Map<Stream, StringBuilder> openJson = new HashMap<>();
    private final Map<Stream, Integer> openJsonLines = new HashMap<>();

    /**
     * A format.
     *
     * @param server first part of the names of its loggers
     * @param ownFormat the default format, with groups {@code pid}, {@code level} (both may be empty) and {@code message}
     * @param openings how the messages start that are looked for in other formats
     * @param introduction messages by which the server introduces itself
     * @param ownStreams where lines in the default format are believed
     */
    LogFormat(String server, Pattern ownFormat, List<String> openings, Pattern introduction, Set<Stream> ownStreams) {
        this.server = server;
        this.ownFormat = ownFormat;
        this.openings = List.copyOf(openings);
        this.introduction = introduction;
        this.ownStreams = Set.copyOf(ownStreams);
    }

    /** Empty if the server did not write this line, or does not say anything in it that is looked for. */
    Optional<LogEntry> read(Logged line) {
        if (line.text().length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String text = plain(line.text());
        StringBuilder open = openJson.get(line.stream());
        if (open != null) {
            return severalLines(line, text, open);
        }
        Matcher own = ownFormat.matcher(text);
        if (own.matches()) {
            return ownStreams.contains(line.stream())
                    ? Optional.of(new LogEntry(
                            line.at(),
                            line.stream(),
                            pid(own.group("pid")),
                            own.group("level"),
                            own.group("message"),
                            true))
                    : Optional.empty();
        }
        if (text.startsWith("{")) {
            if (text.strip().equals("{")) {
                openJson.put(line.stream(), new StringBuilder(text));
                openJsonLines.put(line.stream(), 1);
                return Optional.empty();
            }
            return json(line, text);
        }
        return otherFormat(line, text);
    }

    /** The text without colours and blanks at its end. */
    static String plain(String text) {
        String colourless =
                text.indexOf('\u001b') < 0 ? text : ANSI.matcher(text).replaceAll("");
        return colourless.stripTrailing();
    }

    private Optional<LogEntry> severalLines(Logged line, String text, StringBuilder open) {
        open.append('\n').append(text);
        if (text.equals("}")) {
            openJson.remove(line.stream());
            return json(line, open.toString());
        }
        int lines = openJsonLines.merge(line.stream(), 1, Integer::sum);
        boolean member = text.isEmpty() || " \t\"}]".indexOf(text.charAt(0)) >= 0;
        if (!member || lines > MAX_JSON_LINES || open.length() > MAX_LENGTH) {
            openJson.remove(line.stream());
            return read(line);
        }
        return Optional.empty();
    }

    private Optional<LogEntry> json(Logged line, String text) {
        return JsonFields.of(text).flatMap(fields -> {
            String logger = first(fields, LOGGER_FIELDS);
            if (!logger.isEmpty() && !logger.startsWith(server)) {
                return Optional.empty();
            }
            LogEntry entry = new LogEntry(
                    line.at(),
                    line.stream(),
                    pid(first(fields, PID_FIELDS)),
                    first(fields, LEVEL_FIELDS).toUpperCase(Locale.ROOT),
                    first(fields, MESSAGE_FIELDS),
                    false);
            return trusted(entry, "{" + line.stream());
        });
    }

    private Optional<LogEntry> otherFormat(Logged line, String text) {
        int start = Integer.MAX_VALUE;
        for (String opening : openings) {
            int found = text.indexOf(opening);
            if (found >= 0 && found < start) {
                start = found;
            }
        }
        // A line without any prefix may come from print() just as well.
        if (start == Integer.MAX_VALUE || text.substring(0, start).isBlank()) {
            return Optional.empty();
        }
        String prefix = text.substring(0, start);
        Matcher level = LEVEL.matcher(prefix);
        LogEntry entry = new LogEntry(
                line.at(),
                line.stream(),
                OptionalInt.empty(),
                level.find() ? level.group() : "",
                text.substring(start),
                false);
        String shape = BLANKS.matcher(WORDS.matcher(prefix).replaceAll("w")).replaceAll(" ");
        return trusted(entry, shape + line.stream());
    }

    private Optional<LogEntry> trusted(LogEntry entry, String shape) {
        if (introduction.matcher(entry.message()).matches()) {
            trusted.add(shape);
        }
        return trusted.contains(shape) ? Optional.of(entry) : Optional.empty();
    }

    private static String first(Map<String, String> fields, List<String> names) {
        return names.stream()
                .map(name -> fields.getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static OptionalInt pid(String text) {
        return text.matches("\\d{1,9}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }
}
