package io.bootgate.explain;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What platforms and collectors put in front of a line: the name of its source (a Compose service, a pod, a dyno), a time, colours.
 *
 * @param source empty string if the line names none
 * @param platform whether the platform said it, not the program
 * @param time empty if the line has none in front
 * @param text what is left
 */
record Wrapping(String source, boolean platform, Optional<Instant> time, String text) {
    private static final int MOST_LAYERS = 6;

    private static final Pattern COLOUR =
            Pattern.compile("\u001B(?:\\[[0-9;:?]*[ -/]*[@-~]|\\][^\u0007\u001B]*(?:\u0007|\u001B\\\\)?|[@-Z\\\\^_])");
    private static final Pattern BUILD_KIT = Pattern.compile("^#\\d+ (?:\\d+\\.\\d+ (.*)|\\d+\\.\\d+$)");
    private static final Pattern BRACKETED_TIME = Pattern.compile("^\\[(\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z)\\] ?(.*)$");
    /** What Docker Desktop, Portainer and NAS viewers make a column of: {@code 2022-08-17 17:37:30 | stderr | text}. */
    private static final Pattern TABLE = Pattern.compile(
            "^[ |]*(\\d{4}-\\d\\d-\\d\\d) (\\d\\d:\\d\\d:\\d\\d)(?:[.,]\\d+)? ?\\|(?: ?(?:stdout|stderr) ?\\|)?(?: (.*)|$)");

    private static final Pattern ENTITY = Pattern.compile("&(gt|lt|amp|quot|#39|#x27|nbsp);");
    private static final Pattern QUOTATION = Pattern.compile("^ ?> ?(?=[^>]|$)");
    private static final Pattern TIME = Pattern.compile(
            "^ *(\\d{4}-\\d\\d-\\d\\d)T(\\d\\d:\\d\\d:\\d\\d)(?:[.,](\\d{1,9}))?\\d*(Z|[+-]\\d\\d:?\\d\\d)(?: (?:stdout|stderr) [FP])?(?: |$)");
    private static final Pattern COMPOSE = Pattern.compile("^([A-Za-z0-9][\\w.@-]*)\\s+\\|(?: (.*)|$)");
    private static final Pattern COMPOSE_END =
            Pattern.compile("^(\\S+) (exited with code \\d+)(?: \\(restarting\\))?$");
    private static final Pattern LEVEL =
            Pattern.compile("(?i)trace|debug|info|notice|warn(?:ing)?|err(?:or)?|crit(?:ical)?|fatal");
    private static final Pattern KUBECTL = Pattern.compile("^\\[pod/([^\\]\\s]+)\\](?: (.*)|$)");
    private static final Pattern HEROKU = Pattern.compile("^(app|heroku)\\[([\\w.-]+)\\]:(?: (.*)|$)");
    private static final Pattern FLY = Pattern.compile("^\\w+\\[(\\w+)\\] [a-z]{3} \\[\\w+\\] ?(.*)$");
    private static final Pattern CLOUD_FOUNDRY = Pattern.compile(
            "^\\[(APP/[^\\]]+|CELL[^\\]]*|API[^\\]]*|RTR[^\\]]*|STG[^\\]]*|HEALTH[^\\]]*|LGR[^\\]]*|SSH[^\\]]*|PROXY[^\\]]*)\\]"
                    + " +(?:OUT|ERR)(?: (.*)|$)");
    private static final Pattern SYSLOG = Pattern.compile(
            "^[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d \\S+ ([^\\s:\\[]+)(?:\\[\\d+\\])?:(?: (.*)|$)");
    private static final Pattern SYSLOG_AFTER_TIME = Pattern.compile("^\\S+ ([\\w./@()-]+)\\[\\d+\\]:(?: (.*)|$)");
    private static final Pattern SYSLOG_5424 =
            Pattern.compile("^(?:\\d+ )?<\\d{1,3}>1 (\\S+) \\S+ (\\S+) \\S+ \\S+ (?:-|\\[.*?\\])(?: (.*)|$)");

    /** Takes off every layer that is known, the outermost first. */
    static Wrapping of(String line) {
        Wrapping unwrapped = new Wrapping("", false, Optional.empty(), plain(line));
        for (int i = 0; i < MOST_LAYERS; i++) {
            Optional<Wrapping> inner = unwrapped.layer();
            if (inner.isEmpty()) {
                break;
            }
            unwrapped = inner.get();
        }
        return unwrapped;
    }

    static String plain(String line) {
        String text = line.indexOf('\u001B') < 0 ? line : COLOUR.matcher(line).replaceAll("");
        text = text.startsWith("\uFEFF") ? text.substring(1) : text;
        text = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        text = text.startsWith("`") ? withoutTicks(text) : text;
        text = text.indexOf('&') < 0 ? text : withoutEntities(text);
        // A progress bar draws over itself; what remains to be seen is its last state.
        return text.substring(text.lastIndexOf('\r') + 1);
    }

    /** What marks code in Markdown: a fence, or ticks around one line. */
    private static String withoutTicks(String text) {
        String stripped = text.strip();
        if (stripped.matches("```+\\w*")) {
            return "";
        }
        return stripped.replaceFirst("^`+", "").replaceFirst("`+$", "");
    }

    /** What a page or a ticket system made of quotes and brackets. */
    private static String withoutEntities(String text) {
        return ENTITY.matcher(text).replaceAll(entity -> switch (entity.group(1)) {
            case "gt" -> ">";
            case "lt" -> "<";
            case "quot" -> "\"";
            case "nbsp" -> " ";
            case "amp" -> "&";
            default -> "'";
        });
    }

    private Optional<Wrapping> layer() {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return switch (text.charAt(0)) {
            case '[' -> kubectl().or(this::cloudFoundry).or(this::bracketed);
            case '#' -> buildKit();
            case '>', ' ', '|' -> quotation().or(this::table).or(this::timed);
            case '<' -> syslog5424();
            default ->
                timed().or(this::table)
                        .or(this::compose)
                        .or(this::heroku)
                        .or(this::fly)
                        .or(this::syslog)
                        .or(this::syslog5424);
        };
    }

    private Optional<Wrapping> buildKit() {
        Matcher matcher = BUILD_KIT.matcher(text);
        return matcher.matches()
                ? Optional.of(new Wrapping(source, platform, time, matcher.group(1) == null ? "" : matcher.group(1)))
                : Optional.empty();
    }

    /** Jenkins with timestamps. */
    private Optional<Wrapping> bracketed() {
        Matcher matcher = BRACKETED_TIME.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Matcher said = TIME.matcher(matcher.group(1));
        return Optional.of(new Wrapping(source, platform, said.find() ? instant(said) : time, matcher.group(2)));
    }

    private Optional<Wrapping> table() {
        Matcher matcher = TABLE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Matcher said = TIME.matcher(matcher.group(1) + "T" + matcher.group(2) + "Z");
        String left = matcher.group(3) == null ? "" : matcher.group(3);
        return Optional.of(new Wrapping(source, platform, said.find() ? instant(said) : time, left));
    }

    private Optional<Wrapping> quotation() {
        Matcher matcher = QUOTATION.matcher(text);
        return matcher.find()
                ? Optional.of(new Wrapping(source, platform, time, text.substring(matcher.end())))
                : Optional.empty();
    }

    private Optional<Wrapping> timed() {
        Matcher matcher = TIME.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        Optional<Instant> said = instant(matcher);
        return Optional.of(new Wrapping(source, platform, said.or(() -> time), text.substring(matcher.end())));
    }

    private static Optional<Instant> instant(Matcher time) {
        String zone = time.group(4);
        String offset = zone.length() == 5 ? zone.substring(0, 3) + ":" + zone.substring(3) : zone;
        String fraction = time.group(3) == null ? "" : "." + time.group(3);
        try {
            return Optional.of(OffsetDateTime.parse(time.group(1) + "T" + time.group(2) + fraction + offset)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private Optional<Wrapping> compose() {
        Matcher end = COMPOSE_END.matcher(text);
        if (source.isEmpty() && end.matches()) {
            return of(end, 1, 2, true);
        }
        Matcher matcher = COMPOSE.matcher(text);
        return source.isEmpty()
                        && matcher.matches()
                        && !LEVEL.matcher(matcher.group(1)).matches()
                ? of(matcher, 1, 2, false)
                : Optional.empty();
    }

    private Optional<Wrapping> kubectl() {
        Matcher matcher = KUBECTL.matcher(text);
        return matcher.matches() ? of(matcher, 1, 2, false) : Optional.empty();
    }

    private Optional<Wrapping> heroku() {
        Matcher matcher = HEROKU.matcher(text);
        return matcher.matches() ? of(matcher, 2, 3, matcher.group(1).equals("heroku")) : Optional.empty();
    }

    private Optional<Wrapping> fly() {
        Matcher matcher = FLY.matcher(text);
        return time.isPresent() && matcher.matches() ? of(matcher, 1, 2, false) : Optional.empty();
    }

    private Optional<Wrapping> cloudFoundry() {
        Matcher matcher = CLOUD_FOUNDRY.matcher(text);
        return time.isPresent() && matcher.matches()
                ? of(matcher, 1, 2, !matcher.group(1).startsWith("APP/"))
                : Optional.empty();
    }

    private Optional<Wrapping> syslog() {
        Matcher matcher = (time.isPresent() ? SYSLOG_AFTER_TIME : SYSLOG).matcher(text);
        return matcher.matches() ? of(matcher, 1, 2, isOfTheSystem(matcher.group(1))) : Optional.empty();
    }

    private Optional<Wrapping> syslog5424() {
        Matcher matcher = SYSLOG_5424.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Wrapping inner = of(matcher, 2, 3, isOfTheSystem(matcher.group(2))).orElseThrow();
        Matcher said = TIME.matcher(matcher.group(1));
        return Optional.of(
                new Wrapping(inner.source, inner.platform, said.find() ? instant(said) : Optional.empty(), inner.text));
    }

    private static boolean isOfTheSystem(String program) {
        return program.equals("systemd") || program.equals("kernel") || program.equals("heroku");
    }

    private Optional<Wrapping> of(Matcher matcher, int name, int rest, boolean ofThePlatform) {
        String left = matcher.group(rest);
        String named = source.isEmpty() ? matcher.group(name) : source;
        return Optional.of(new Wrapping(named, platform || ofThePlatform, time, left == null ? "" : left));
    }
}
