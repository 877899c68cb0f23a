package io.bootgate.autopsy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bootgate.autopsy.Sight.Frame;
import io.bootgate.autopsy.Sight.Owner;
import io.bootgate.autopsy.Sight.Stopped;
import io.bootgate.autopsy.Sight.Thrown;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * Reads what the probe's processes left in their files. It is written by what runs in the container, and so may be anything: a line
 * that can't be read is passed over.
 */
final class SightReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern CRASH = Pattern.compile("Fatal Python error: ([^\\n]+)");
    private static final Pattern CRASH_FRAME = Pattern.compile("(?m)^  File \"([^\"]+)\", line (\\d+) in (.+)$");

    private final UnaryOperator<String> mask;
    private double zero = -1;

    SightReader(UnaryOperator<String> mask) {
        this.mask = mask;
    }

    /** Everything seen, in the order in which it happened. */
    List<Sight> read(Map<String, byte[]> files) {
        List<JsonNode> events = new ArrayList<>();
        files.forEach((name, content) -> {
            if (name.endsWith(".jsonl")) {
                text(content).lines().forEach(line -> {
                    try {
                        JsonNode event = JSON.readTree(line);
                        if (event.path("kind").isTextual()) {
                            events.add(event);
                        }
                    } catch (JsonProcessingException e) {
                        // Cut off when the process was killed, or not the probe's.
                    }
                });
            }
        });
        events.sort(Comparator.comparingDouble(event -> event.path("at").asDouble()));
        zero = events.isEmpty() ? 0 : events.get(0).path("at").asDouble();
        List<Sight> sights = new ArrayList<>();
        events.forEach(event -> sight(event).ifPresent(sights::add));
        files.forEach((name, content) -> left(name, text(content)).ifPresent(sights::add));
        return List.copyOf(sights);
    }

    private Optional<Sight> sight(JsonNode event) {
        Duration at = Duration.ofMillis(Math.round((event.path("at").asDouble() - zero) * 1000));
        int attempt = event.path("attempt").asInt(1);
        Frame place = new Frame(
                event.path("file").asText(),
                event.path("line").asInt(),
                event.path("function").asText(),
                owner(event.path("owner").asText()));
        return Optional.ofNullable(
                switch (event.path("kind").asText()) {
                    case "start", "fork" ->
                        new Sight.Begun(
                                at,
                                event.path("pid").asLong(),
                                attempt,
                                event.path("python").asText());
                    case "read" ->
                        new Sight.VariableRead(
                                at,
                                event.path("name").asText(),
                                event.path("set").asBoolean(),
                                event.path("required").asBoolean(),
                                event.path("default").asBoolean(),
                                place,
                                event.path("stood_in").asBoolean());
                    case "missing" -> missing(at, event, place);
                    case "invalid" ->
                        new Sight.VariableInvalid(
                                at,
                                event.path("name").asText(),
                                event.path("type").asText(),
                                masked(event.path("message")),
                                place);
                    case "import" ->
                        new Sight.ImportFailed(
                                at,
                                event.path("name").asText(),
                                event.path("optional").asBoolean(),
                                event.path("server").asBoolean(),
                                place,
                                masked(event.path("source")),
                                escape(event.path("escape")),
                                frames(event.path("stack")));
                    case "exit" -> exit(at, attempt, event);
                    case "raised" ->
                        new Sight.Raised(
                                at,
                                attempt,
                                event.path("where").asText(),
                                event.path("handled").asBoolean(),
                                list(event.path("chain")).map(this::thrown).toList());
                    case "stuck" ->
                        new Sight.Stuck(
                                at,
                                event.path("pid").asLong(),
                                attempt,
                                seconds(event.path("seconds")),
                                place,
                                masked(event.path("doing")),
                                list(event.path("threads")).map(this::stopped).toList());
                    case "slow" ->
                        new Sight.SlowImport(
                                at, event.path("module").asText(), seconds(event.path("seconds")), place.owner());
                    case "denied" ->
                        new Sight.Denied(
                                at,
                                event.path("what").asText(),
                                masked(event.path("target")),
                                masked(event.path("error")),
                                place);
                    case "all" -> new Sight.EverythingRead(at, place);
                    case "remedy" ->
                        new Sight.Remedied(
                                at,
                                attempt,
                                names(event.path("variables")),
                                texts(event.path("withdrawn")),
                                new Frame(
                                        event.path("fault").path("file").asText(""),
                                        event.path("fault").path("line").asInt(),
                                        "",
                                        Owner.APP));
                    case "end" ->
                        new Sight.Over(
                                at,
                                attempt,
                                number(event.path("code")),
                                event.path("alive").asBoolean());
                    default -> null;
                });
    }

    private Sight missing(Duration at, JsonNode event, Frame place) {
        return new Sight.VariableMissing(
                at,
                event.path("name").asText(),
                event.path("type").asText(),
                place,
                escape(event.path("escape")),
                given(event.path("field")),
                frames(event.path("stack")));
    }

    private static Optional<Sight.Escape> escape(JsonNode node) {
        return node.isObject()
                ? Optional.of(new Sight.Escape(
                        node.path("how").asText(),
                        new Frame(node.path("file").asText(), node.path("line").asInt(), "", Owner.APP)))
                : Optional.empty();
    }

    private Sight exit(Duration at, int attempt, JsonNode event) {
        JsonNode handling = event.path("handling");
        return new Sight.Exit(
                at,
                attempt,
                event.path("how").asText(),
                given(event.path("value")),
                frames(event.path("stack")),
                handling.has("type") ? Optional.of(thrown(handling)) : Optional.empty(),
                given(event.path("thread")).filter(name -> !name.isEmpty()),
                event.path("passed").asBoolean());
    }

    /** What a process left behind that could not tell any more. */
    private Optional<Sight> left(String name, String content) {
        long pid = name.matches("\\d{1,9}\\..*") ? Long.parseLong(name.substring(0, name.indexOf('.'))) : 0;
        if (name.endsWith(".line")) {
            Matcher line = Pattern.compile("^(\\d{1,7}) ([^\\n\\x00]+)\\n").matcher(content);
            return line.find()
                    ? Optional.of(new Sight.LastLine(
                            Duration.ZERO,
                            pid,
                            new Frame(line.group(2), Integer.parseInt(line.group(1)), "", Owner.APP)))
                    : Optional.empty();
        }
        Matcher crash = CRASH.matcher(content);
        if (!name.endsWith(".crash") || !crash.find()) {
            return Optional.empty();
        }
        List<Frame> stack = new ArrayList<>();
        Matcher frame = CRASH_FRAME.matcher(content);
        while (frame.find()) {
            String file = frame.group(1);
            Owner owner = file.contains("-packages/")
                    ? Owner.LIBRARY
                    : file.startsWith("<") || file.contains("/lib/python3") ? Owner.STANDARD : Owner.APP;
            if (!file.startsWith("<") && !file.contains(ProbeFiles.FOLDER)) {
                stack.add(new Frame(file, Integer.parseInt(frame.group(2)), frame.group(3), owner));
            }
        }
        return Optional.of(new Sight.Crashed(Duration.ZERO, pid, mask.apply(crash.group(1)), List.copyOf(stack)));
    }

    private Thrown thrown(JsonNode node) {
        return new Thrown(node.path("type").asText(), masked(node.path("message")), frames(node.path("stack")));
    }

    private Stopped stopped(JsonNode node) {
        return new Stopped(
                node.path("name").asText(),
                node.path("main").asBoolean(),
                frames(node.path("stack")),
                masked(node.path("doing")));
    }

    private static List<Frame> frames(JsonNode rows) {
        return list(rows)
                .filter(row -> row.size() == 4)
                .map(row -> new Frame(
                        row.get(0).asText(),
                        row.get(1).asInt(),
                        row.get(2).asText(),
                        owner(row.get(3).asText())))
                .toList();
    }

    private static Owner owner(String word) {
        return switch (word) {
            case "lib" -> Owner.LIBRARY;
            case "srv" -> Owner.SERVER;
            case "std", "probe" -> Owner.STANDARD;
            default -> Owner.APP;
        };
    }

    private static java.util.stream.Stream<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> texts(JsonNode array) {
        return list(array).map(JsonNode::asText).toList();
    }

    private static OptionalInt number(JsonNode node) {
        return node.isInt() ? OptionalInt.of(node.asInt()) : OptionalInt.empty();
    }

    private static Duration seconds(JsonNode node) {
        return Duration.ofMillis(Math.round(node.asDouble() * 1000));
    }

    private Optional<String> given(JsonNode node) {
        return node.isTextual() ? Optional.of(masked(node)) : Optional.empty();
    }

    private String masked(JsonNode node) {
        return mask.apply(node.asText());
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8);
    }
}
