package io.bootgate.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bootgate.timeline.BootEvent;
import io.bootgate.timeline.BootEvent.Exited;
import io.bootgate.timeline.BootEvent.LogEnded;
import io.bootgate.timeline.BootEvent.Logged;
import io.bootgate.timeline.Stream;
import io.bootgate.timeline.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The state of containers as platforms print it in JSON, or in YAML: {@code instanceView} of Azure, {@code containerStatuses} of Kubernetes,
 * {@code State} of Docker. Each container becomes a timeline of its events and of how it ended.
 */
final class StateDocument {
    private static final JsonMapper JSON = new JsonMapper();

    private final UnaryOperator<String> mask;
    private final Map<String, Reading> containers = new LinkedHashMap<>();

    private StateDocument(UnaryOperator<String> mask) {
        this.mask = mask;
    }

    /** Readings by the names of the containers; empty if the text is no such document. */
    static Map<String, Reading> read(String text, UnaryOperator<String> mask) {
        StateDocument document = new StateDocument(mask);
        document.json(text).ifPresent(root -> document.search(root, ""));
        return document.containers;
    }

    private Optional<JsonNode> json(String text) {
        String stripped = text.strip();
        if (!stripped.isEmpty() && "{[\"".indexOf(stripped.charAt(0)) < 0) {
            return yaml(stripped);
        }
        // What somebody copied out of a document begins with a name.
        String whole = stripped.startsWith("\"") ? "{" + stripped.replaceFirst(",$", "") + "}" : stripped;
        try {
            return Optional.of(JSON.readTree(whole));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static Optional<JsonNode> yaml(String text) {
        try {
            Object root = new Load(LoadSettings.builder().build()).loadFromString(text);
            return root instanceof Map<?, ?> ? Optional.of(JSON.valueToTree(root)) : Optional.empty();
        } catch (YamlEngineException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void search(JsonNode node, String outerName) {
        String own = node.path("name").asText(node.path("Name").asText(""));
        String name = own.isEmpty() ? outerName : own;
        JsonNode view = node.path("instanceView");
        if (isState(view)) {
            azure(name, view);
        } else if (isState(node)) {
            azure(name, node);
        } else if (node.path("state").isObject() && node.has("restartCount")) {
            kubernetes(name, node);
        } else if (node.path("State").has("ExitCode")) {
            docker(name.replaceFirst("^/", ""), node.path("State"));
        } else {
            node.forEach(child -> search(child, name));
        }
    }

    private static boolean isState(JsonNode view) {
        return view.path("currentState").isObject()
                || view.path("previousState").isObject();
    }

    private void azure(String name, JsonNode view) {
        List<BootEvent> events = new ArrayList<>();
        view.path("events")
                .forEach(event -> log(
                        events,
                        event.path("name").asText() + ": "
                                + event.path("message").asText()));
        JsonNode now = view.path("currentState");
        log(events, now.path("detailStatus").asText(""));
        boolean restarted = view.path("restartCount").asInt() > 0;
        JsonNode end = now.path("exitCode").isNumber() ? now : view.path("previousState");
        if (end.path("exitCode").isNumber()) {
            ended(events, end.path("exitCode").asInt(), end.path("detailStatus").asText(""), restarted);
        } else if (now.path("detailStatus").asText("").contains("BackOff")) {
            events.add(new LogEnded(Duration.ZERO));
        }
        add(name, events);
    }

    private void kubernetes(String name, JsonNode status) {
        List<BootEvent> events = new ArrayList<>();
        JsonNode waiting = status.path("state").path("waiting");
        log(events, waiting.path("message").asText(""));
        JsonNode now = status.path("state").path("terminated");
        JsonNode end = now.isObject() ? now : status.path("lastState").path("terminated");
        log(events, end.path("message").asText(""));
        if (end.path("exitCode").isNumber()) {
            ended(
                    events,
                    end.path("exitCode").asInt(),
                    end.path("reason").asText(""),
                    status.path("restartCount").asInt() > 0);
        } else if (waiting.path("reason")
                .asText("")
                .matches("CrashLoopBackOff|\\w+Error|ErrImage\\w+|ImagePullBackOff")) {
            log(events, waiting.path("reason").asText());
            events.add(new LogEnded(Duration.ZERO));
        }
        add(name, events);
    }

    private void docker(String name, JsonNode state) {
        List<BootEvent> events = new ArrayList<>();
        log(events, state.path("Error").asText(""));
        if (!state.path("Running").asBoolean()
                && !state.path("Status").asText("").equals("created")) {
            String why = state.path("OOMKilled").asBoolean() ? "OOMKilled" : "";
            ended(events, state.path("ExitCode").asInt(), why, false);
        }
        add(name, events);
    }

    /** A program that ended well only failed to stay: where it is started again and again. */
    private static void ended(List<BootEvent> events, int exitCode, String why, boolean restarted) {
        if (exitCode != 0 || restarted) {
            events.add(new Exited(Duration.ZERO, exitCode, why.contains("OOMKilled")));
        }
    }

    private void log(List<BootEvent> events, String text) {
        text.lines()
                .filter(line -> !line.isBlank())
                .forEach(line ->
                        events.add(new Logged(Duration.ZERO, events.size() + 1L, Stream.STDERR, mask.apply(line))));
    }

    private void add(String name, List<BootEvent> events) {
        containers.put(name, new Reading(new Timeline(events), number -> 0));
    }
}
