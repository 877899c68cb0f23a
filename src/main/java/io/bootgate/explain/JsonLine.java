package io.bootgate.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Optional;

/**
 * Takes a program's line out of the JSON that a collector put around it. JSON that the program itself logs stays: who logged
 * it is told by its fields.
 */
final class JsonLine {
    private static final int MOST_LAYERS = 3;
    private static final JsonMapper JSON = new JsonMapper();
    /** Collectors' names for the line: Docker, journald, Google, Azure, Cloud Foundry and AWS. */
    private static final List<String> LINE = List.of(
            "log",
            "MESSAGE",
            "textPayload",
            "LogEntry",
            "LogEntry_s",
            "LogMessage",
            "Message_s",
            "ResultDescription",
            "Message",
            "message",
            "msg");
    /** With one of these beside it the message was logged by the program itself. */
    private static final List<String> LOGGED = List.of(
            "level",
            "levelname",
            "severity",
            "log.level",
            "loglevel",
            "logger",
            "name",
            "logger_name",
            "lineno",
            "exc_info");

    private static final List<String> NEVER_LOGGED = LINE.subList(0, 8);

    private JsonLine() {}

    /** One line or several; the same line if nothing is around it. */
    static List<String> unwrapped(String line) {
        String text = line;
        for (int i = 0; i < MOST_LAYERS; i++) {
            Optional<String> inner = inner(text);
            if (inner.isEmpty()) {
                break;
            }
            text = inner.get();
        }
        return text.indexOf('\n') < 0 ? List.of(text) : text.lines().toList();
    }

    /** What the program logs in JSON of its own; empty if it is none. */
    static List<String> messageOf(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            return LINE.stream()
                    .map(json::path)
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::textValue)
                    .limit(1)
                    .toList();
        } catch (JsonProcessingException e) {
            return List.of();
        }
    }

    private static Optional<String> inner(String text) {
        if (text.length() < 2 || (text.charAt(0) != '{' && text.charAt(0) != '"')) {
            return Optional.empty();
        }
        try {
            JsonNode json = JSON.readTree(text);
            if (json.isTextual()) {
                return Optional.of(json.textValue());
            }
            boolean logged = LOGGED.stream().anyMatch(json::has);
            return (logged ? NEVER_LOGGED : LINE)
                    .stream()
                            .map(json::path)
                            .filter(JsonNode::isTextual)
                            .map(JsonNode::textValue)
                            .findFirst();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
