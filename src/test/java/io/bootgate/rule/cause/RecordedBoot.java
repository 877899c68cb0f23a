package io.bootgate.rule.cause;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bootgate.judge.BootState;
import io.bootgate.judge.Policy;
import io.bootgate.judge.Verdict;
import io.bootgate.rule.Finding;
import io.bootgate.server.LogReader;
import io.bootgate.server.Server;
import io.bootgate.timeline.Boot;
import io.bootgate.timeline.BootEvent;
import io.bootgate.timeline.Stream;
import io.bootgate.timeline.Timeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** A boot that {@code scripts/record-engine-causes} wrote down, as the timeline that the gate would have made of it. */
record RecordedBoot(String name, Timeline timeline) {
    static final Path FOLDER = Path.of("src/test/resources/recordings/causes");

    private static final ObjectMapper JSON = new ObjectMapper();

    /** By engine and name: {@code docker/command-missing}. */
    static RecordedBoot of(String name) {
        try {
            JsonNode recording = JSON.readTree(Files.readString(FOLDER.resolve(name + ".json")));
            return new RecordedBoot(name, timeline(recording));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the rules make of it, with the verdict of the real judge; at the end of the recording if it is still open then. */
    List<Finding> causes() {
        return Diagnosis.of(symptoms());
    }

    Symptoms symptoms() {
        Duration end = timeline.end().plusSeconds(1);
        BootState state = BootState.initial(new Policy(end, Duration.ofSeconds(2), 100, 499, true));
        for (BootEvent event : timeline.events()) {
            state = state.after(event);
        }
        Verdict verdict = state.after(new BootEvent.Ticked(end)).verdict().orElseThrow();
        return new Symptoms(timeline, (Verdict.NotReady) verdict);
    }

    RecordedBoot without(Class<? extends BootEvent> type) {
        return new RecordedBoot(
                name,
                new Timeline(timeline.events().stream()
                        .filter(event -> !type.isInstance(event))
                        .toList()));
    }

    private static Timeline timeline(JsonNode recording) {
        Boot boot = boot(recording.get("boot"));
        LogReader reader =
                Server.valueOf(boot.server().toUpperCase(java.util.Locale.ROOT)).reader();
        List<BootEvent> events = new ArrayList<>();
        events.add(new BootEvent.Created(Duration.ZERO, boot));
        JsonNode origin = recording.get("origin");
        events.add(new BootEvent.EngineSeen(
                Duration.ZERO,
                origin.get("engine").asText(),
                origin.get("version").asText()));
        boolean started = false;
        for (JsonNode event : recording.get("events")) {
            String kind = event.get("kind").asText();
            if (!started && !kind.equals("script") && !kind.equals("refused")) {
                events.add(new BootEvent.Started(Duration.ZERO, Instant.EPOCH));
                started = true;
            }
            BootEvent read = event(kind, event);
            events.add(read);
            if (read instanceof BootEvent.Logged line) {
                events.addAll(reader.read(line));
            }
        }
        return new Timeline(events);
    }

    private static Boot boot(JsonNode boot) {
        List<String> command = texts(boot.get("command"));
        int port = boot.get("port").asInt();
        return new Boot(
                "recorded",
                command,
                boot.get("workdir").asText(),
                boot.get("user").asText(),
                Set.of("PATH"),
                List.of(port),
                OptionalInt.of(port),
                Server.detect(command, Map.of()).id(),
                texts(boot.get("healthcheck")),
                boot.get("imageArchitecture").asText(),
                boot.get("engineArchitecture").asText(),
                number(boot.get("memory")),
                OptionalLong.empty(),
                number(boot.get("pids")),
                false);
    }

    private static OptionalLong number(JsonNode node) {
        return node.isNull() ? OptionalLong.empty() : OptionalLong.of(node.asLong());
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static BootEvent event(String kind, JsonNode event) {
        Duration at = Duration.ofMillis(event.get("at").asLong());
        return switch (kind) {
            case "script" ->
                new BootEvent.ScriptSeen(
                        at,
                        event.get("path").asText(),
                        event.get("exists").asBoolean(),
                        event.get("first").asText(),
                        event.get("crlf").asBoolean());
            case "refused" ->
                new BootEvent.StartRefused(
                        at, event.get("exit").asInt(), event.get("message").asText());
            case "exited" ->
                new BootEvent.Exited(
                        at, event.get("exit").asInt(), event.get("oom").asBoolean());
            case "oom" -> new BootEvent.OutOfMemory(at);
            case "log" ->
                new BootEvent.Logged(
                        at,
                        event.get("line").asLong(),
                        event.get("stream").asText().equals("stdout") ? Stream.STDOUT : Stream.STDERR,
                        event.get("text").asText());
            case "processes" -> new BootEvent.ProcessesSeen(at, processes(event.get("rows")));
            case "sockets" -> new BootEvent.SocketsSeen(at, sockets(event.get("rows")));
            case "answered" ->
                new BootEvent.ProbeAnswered(
                        at,
                        event.get("port").asInt(),
                        event.get("status").asInt(),
                        event.get("server").asText(),
                        Duration.ofMillis(event.get("took").asLong()));
            case "unanswered" ->
                new BootEvent.ProbeFailed(
                        at,
                        event.get("port").asInt(),
                        BootEvent.ProbeFailure.valueOf(event.get("failure").asText()),
                        event.get("message").asText());
            case "health" ->
                new BootEvent.HealthChecked(
                        at,
                        event.get("exit").asInt() == 0,
                        event.get("exit").asInt(),
                        event.get("output").asText());
            default -> throw new IllegalArgumentException("No such kind of event: " + kind);
        };
    }

    private static List<BootEvent.RunningProcess> processes(JsonNode rows) {
        List<BootEvent.RunningProcess> processes = new ArrayList<>();
        rows.forEach(row -> processes.add(new BootEvent.RunningProcess(
                row.get(0).asInt(), row.get(1).asInt(), row.get(2).asText())));
        return processes;
    }

    private static List<BootEvent.Socket> sockets(JsonNode rows) {
        List<BootEvent.Socket> sockets = new ArrayList<>();
        rows.forEach(row -> sockets.add(new BootEvent.Socket(
                row.get(0).asText(),
                row.get(1).asInt(),
                row.get(2).asBoolean(),
                row.get(3).asBoolean())));
        return sockets;
    }

    /** The first finding's id, the rest behind it. */
    List<String> ids() {
        return causes().stream().map(Finding::id).toList();
    }

    Optional<Finding> first() {
        return causes().stream().findFirst();
    }
}
