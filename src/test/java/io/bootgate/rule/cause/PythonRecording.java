package io.bootgate.rule.cause;

import io.bootgate.judge.Verdict;
import io.bootgate.server.LogReader;
import io.bootgate.server.Server;
import io.bootgate.timeline.Boot;
import io.bootgate.timeline.BootEvent;
import io.bootgate.timeline.BootEvent.Logged;
import io.bootgate.timeline.Stream;
import io.bootgate.timeline.Timeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One folder that {@code scripts/record-python-causes} wrote, as the rules see it. */
record PythonRecording(Path folder, Map<String, String> origin) {
    private static final Path ALL = Path.of("src/test/resources/recordings/python");

    static List<PythonRecording> all() throws IOException {
        try (java.util.stream.Stream<Path> folders = Files.list(ALL)) {
            return folders.sorted().map(PythonRecording::read).toList();
        }
    }

    static PythonRecording named(String name) {
        return read(ALL.resolve(name));
    }

    private static PythonRecording read(Path folder) {
        try {
            Map<String, String> origin = Files.readAllLines(folder.resolve("origin.md")).stream()
                    .map(line -> line.substring(2).split(":", 2))
                    .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1].strip(), (a, b) -> b, TreeMap::new));
            return new PythonRecording(folder, origin);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    String name() {
        return folder.getFileName().toString();
    }

    /** The cause that the container was made to have. */
    String cause() {
        return name().substring(0, name().indexOf('-'));
    }

    Symptoms symptoms() {
        List<BootEvent> events = new ArrayList<>();
        events.add(new BootEvent.Created(Duration.ZERO, boot()));
        LogReader reader = Server.UNKNOWN.reader();
        long number = 0;
        try {
            for (String line : Files.readAllLines(folder.resolve("log.txt"))) {
                String[] parts = line.split(" ", 3);
                number++;
                Logged logged = new Logged(
                        Duration.ofMillis(Long.parseLong(parts[0])),
                        number,
                        parts[1].equals("stdout") ? Stream.STDOUT : Stream.STDERR,
                        parts.length < 3 ? "" : parts[2]);
                events.add(logged);
                events.addAll(reader.read(logged));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        String ended = origin.getOrDefault("ended", "");
        Timeline timeline = new Timeline(events);
        if (ended.startsWith("exit ")) {
            timeline = timeline.with(new BootEvent.Exited(timeline.end(), Integer.parseInt(ended.substring(5)), false));
        }
        Verdict.Reason reason = Verdict.Reason.valueOf(origin.getOrDefault("reason", "EXITED"));
        return new Symptoms(timeline, new Verdict.NotReady(timeline.end(), reason, List.of()));
    }

    private Boot boot() {
        String command = origin.getOrDefault("command", "[]");
        List<String> words = Arrays.stream(
                        command.substring(2, command.length() - 2).split("\", \""))
                .map(word -> word.replace("\\\"", "\""))
                .toList();
        Set<String> variables = Arrays.stream(
                        origin.getOrDefault("variables", "").split(", "))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
        return new Boot(
                "acme/app:1",
                words,
                "/app",
                origin.getOrDefault("user", ""),
                variables,
                List.of(),
                OptionalInt.empty(),
                "unknown",
                List.of(),
                "",
                "",
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                origin.getOrDefault("read-only", "false").equals("true"));
    }
}
