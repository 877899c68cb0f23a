package io.bootgate.rule.cause;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A traceback while it is read: what it has so far and which lines may come next. Tolerant of lost indentation, of missing
 * source lines and of what a logger puts in front of each line.
 */
final class TracebackDraft {
    private static final Pattern FRAME =
            Pattern.compile("^(\\s*)(?:File \")?([^\"]+)\", line (\\d+)(?:, in (.+?))?\\s*$");
    private static final Pattern MARKS =
            Pattern.compile("^\\s*[\\^~][\\s^~]*$|^\\s*\\[Previous line repeated \\d+ more times?]");
    private static final String TELLING_NAMES =
            "(?:\\w*(?:Error|Exception|Exit|Interrupt|ImproperlyConfigured|Conflict|NotFound|DoesNotExist|Timeout|Warning|Group|HaltServer|StopIteration|gaierror|herror|timeout))";
    /** An exception's own line, whatever the class is called. */
    private static final Pattern EXCEPTION = Pattern.compile("^\\s*((?:[\\w<>]+\\.)*(?:[A-Z]\\w*|" + TELLING_NAMES
            + ")|(?:[a-z_]\\w*\\.)+[a-z_]\\w*)(?::(?:\\s(.*))?)?$");
    /** An exception's own line that can be told from other text. */
    private static final Pattern SURE_EXCEPTION =
            Pattern.compile("^\\s*((?:[\\w<>]+\\.)*" + TELLING_NAMES + ")(?::(?:\\s(.*))?)?$");

    private static final Pattern BARE_EXCEPTION = Pattern.compile(
            "^ ?((?:[\\w<>]+\\.)*(?:[A-Z]\\w*(?:Error|Exception|Conflict)|ImproperlyConfigured|DistributionNotFound|NoBrokersAvailable|AppRegistryNotReady|(?:Base)?ExceptionGroup|gaierror)): (.+)$");
    private static final Pattern NEXT_RECORD = Pattern.compile(
            "^\\[?\\d{4}[-/]\\d\\d[-/]\\d\\d"
                    + "|^\\[(?:\\d+|[A-Z]+)\\]|^(?:DEBUG|INFO|WARN(?:ING)?|ERROR|CRITICAL|FATAL)\\b|^\\*\\*\\* |^--- |^unable to load app"
                    + "|^WSGI app|^ \\* |^Usage: |^Exception (?:ignored )?in |^Worker |^Exception ignored|^\\w{3} \\w{3} +\\d+ ");
    private static final Pattern RAISE =
            Pattern.compile("^raise ((?:\\w+\\.)*(?:[A-Z]\\w+|gaierror|timeout))\\b(?! from\\b)");
    private static final Pattern PID = Pattern.compile("\\[(\\d+)\\] \\[\\w+\\]");
    private static final int LONGEST_MESSAGE = 60;

    private final String prefix;
    private final String announcement;
    private final List<Frame> frames = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private final List<String> message = new ArrayList<>();
    private final boolean stamped;
    private String type = "";
    private Line last;
    private int lastIndex;
    private int indent;
    private boolean awaitsSource;
    private boolean complete;
    private boolean hasFollower;
    private boolean raisedFrom;
    private Optional<TracebackDraft> origin = Optional.empty();
    private Optional<Traceback> asRead = Optional.empty();

    private TracebackDraft(Line header, String prefix, String before) {
        this.prefix = prefix;
        this.announcement = prefix.isBlank() || prefix.strip().length() < 2 ? before : before + "\n" + prefix;
        this.stamped = header.stamped();
        this.last = header;
    }

    static TracebackDraft withHeader(Line header, String prefix, String before) {
        TracebackDraft draft = new TracebackDraft(header, prefix, before);
        draft.lines.add(header);
        return draft;
    }

    /** One whose beginning the log does not have. */
    static TracebackDraft cutOff(Line line, String before) {
        return new TracebackDraft(line, "", before);
    }

    /** An exception of which the log has only its own line. */
    static TracebackDraft bare(Line line, String before, String type, String message) {
        TracebackDraft draft = new TracebackDraft(line, "", before);
        draft.lines.add(line);
        draft.type = type;
        draft.message.add(message);
        draft.complete = true;
        return draft;
    }

    static Optional<TracebackDraft> bareException(Line line, String before) {
        Matcher matcher = BARE_EXCEPTION.matcher(line.text());
        return matcher.find() ? Optional.of(bare(line, before, matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    static TracebackDraft read(Traceback traceback) {
        TracebackDraft draft = bare(traceback.last(), traceback.announcement(), traceback.type(), traceback.message());
        draft.asRead = Optional.of(traceback);
        return draft;
    }

    static boolean isFrame(String text) {
        return text.contains("\", line ") && FRAME.matcher(text).find();
    }

    int lastIndex() {
        return lastIndex;
    }

    boolean awaitsSource() {
        return awaitsSource;
    }

    boolean isComplete() {
        return complete;
    }

    /** Whether it was printed above another one that is chained to it. */
    boolean isOrigin() {
        return hasFollower;
    }

    void follows(TracebackDraft earlier, boolean from) {
        origin = Optional.of(earlier);
        raisedFrom = from;
        earlier.hasFollower = true;
    }

    /** How well a line continues this traceback; 0 if it does not. */
    int fit(Line line, Map<String, String> sources) {
        String text = withoutPrefix(line.text());
        if (isFrame(text)) {
            return fitOfFrame(text);
        }
        if (MARKS.matcher(text).find()) {
            return frames.isEmpty() || awaitsSource ? 0 : 2;
        }
        if (isException(text)) {
            return fitOfException(text);
        }
        return frames.isEmpty() ? 0 : fitOfSource(text, sources);
    }

    private int fitOfFrame(String text) {
        if (frames.isEmpty()) {
            return 4;
        }
        Matcher frame = FRAME.matcher(text);
        String function = frame.find() && frame.group(4) != null ? frame.group(4) : "";
        Frame previous = frames.get(frames.size() - 1);
        boolean imports =
                previous.source().contains("import") || previous.file().contains("importlib");
        boolean follows =
                function.equals("<module>") ? imports : previous.source().contains(function + "(");
        return (awaitsSource ? 1 : 2) + (follows ? 4 : 0);
    }

    private int fitOfException(String text) {
        Matcher exception = EXCEPTION.matcher(text);
        String name = exception.find() ? exception.group(1) : "";
        String source = frames.isEmpty() ? "" : frames.get(frames.size() - 1).source();
        boolean follows = source.contains(name.substring(name.lastIndexOf('.') + 1))
                || (source.contains("import") && (name.contains("Import") || name.contains("Module")));
        return (awaitsSource || frames.isEmpty() ? 1 : 2) + (follows ? 4 : 0);
    }

    private int fitOfSource(String text, Map<String, String> sources) {
        boolean indented = indentOf(text) > indent;
        if (!awaitsSource) {
            // A statement of several lines (3.13), or the lines between an error and its marks.
            return indent >= 2 && indented && indentOf(text) >= 4 ? 1 : 0;
        }
        if (indent >= 2 && !indented) {
            return 0;
        }
        String known = sources.getOrDefault(key(), "");
        return known.equals(text.strip()) ? 7 : 3;
    }

    private boolean isException(String text) {
        if (indent >= 2) {
            return indentOf(text) < indent && EXCEPTION.matcher(text).find();
        }
        boolean source = awaitsSource || frames.isEmpty();
        return (source ? SURE_EXCEPTION : EXCEPTION).matcher(text).find();
    }

    void take(Line line, int index, Map<String, String> sources) {
        String text = withoutPrefix(line.text());
        lastIndex = index;
        last = line;
        lines.add(line);
        Matcher frame = FRAME.matcher(text);
        if (isFrame(text) && frame.find()) {
            String function = frame.group(4) == null ? "" : frame.group(4);
            frames.add(new Frame(frame.group(2), number(frame.group(3)), function, ""));
            indent = indentOf(text);
            awaitsSource = true;
        } else if (MARKS.matcher(text).find()) {
            return;
        } else if (isException(text)) {
            Matcher exception = EXCEPTION.matcher(text);
            if (exception.find()) {
                type = exception.group(1);
                message.add(exception.group(2) == null ? "" : exception.group(2));
            }
            complete = true;
        } else if (awaitsSource) {
            Frame bare = frames.remove(frames.size() - 1);
            frames.add(new Frame(bare.file(), bare.line(), bare.function(), text.strip()));
            sources.put(key(), text.strip());
            awaitsSource = false;
        }
    }

    /** Whether the line is one more of this exception's message; if so it is taken. */
    boolean takesMessage(Line line) {
        String text = withoutPrefix(line.text());
        if (line.stamped() != stamped
                || message.size() > LONGEST_MESSAGE
                || NEXT_RECORD.matcher(text).find()
                || isFrame(text)
                || BARE_EXCEPTION.matcher(text).find()) {
            return false;
        }
        // Gunicorn 24 and later says the exception once more, without its class.
        if (!text.strip().equals(message.get(0).strip())) {
            message.add(text);
            lines.add(line);
        }
        return true;
    }

    Traceback toTraceback() {
        if (asRead.isPresent() && origin.isEmpty()) {
            return asRead.get();
        }
        String said = String.join("\n", message).stripTrailing();
        if (announcement.contains("class uri") && said.endsWith("]")) {
            said = said.substring(0, said.length() - 1).stripTrailing();
        }
        Matcher pid = PID.matcher(announcement);
        return new Traceback(
                asRead.map(Traceback::frames).orElse(frames),
                type.isEmpty() ? raisedByTheLastLine() : type,
                said,
                origin.map(TracebackDraft::toTraceback),
                raisedFrom,
                asRead.map(Traceback::members).orElse(List.of()),
                announcement,
                lines,
                last,
                pid.find() ? OptionalInt.of(number(pid.group(1))) : OptionalInt.empty());
    }

    /** Where the log ends too early, the line that raises names the class: {@code raise socket.gaierror(...)}. */
    private String raisedByTheLastLine() {
        Matcher raise = RAISE.matcher(
                frames.isEmpty() ? "" : frames.get(frames.size() - 1).source());
        return raise.find() ? raise.group(1) : "";
    }

    private String withoutPrefix(String text) {
        if (!prefix.isEmpty()
                && text.length() >= prefix.length()
                && shape(text.substring(0, prefix.length())).equals(shape(prefix))) {
            return text.substring(prefix.length());
        }
        return text;
    }

    private static String shape(String text) {
        return text.replaceAll("\\d", "0");
    }

    private String key() {
        Frame frame = frames.get(frames.size() - 1);
        return frame.file() + ":" + frame.line();
    }

    private static int indentOf(String text) {
        return text.length() - text.stripLeading().length();
    }

    private static int number(String digits) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
