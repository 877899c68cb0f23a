package io.bootgate.server;

import io.bootgate.timeline.BootEvent.Logged;
import io.bootgate.timeline.BootEvent.ServerEvent;
import io.bootgate.timeline.Stream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A real server's log, as {@code src/test/resources/recordings/README.md} tells. */
record Recording(Server server, Path folder, List<Logged> log) {
    static final Path ALL = Path.of("src/test/resources/recordings");

    static List<Recording> all() {
        List<Recording> recordings = new ArrayList<>();
        for (Server server : Server.values()) {
            Path folder = ALL.resolve(server.id());
            if (Files.isDirectory(folder)) {
                try (var folders = Files.list(folder)) {
                    folders.sorted().map(recording -> read(server, recording)).forEach(recordings::add);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return recordings;
    }

    private static Recording read(Server server, Path folder) {
        Instant started = lines(folder.resolve("origin.md")).stream()
                .filter(line -> line.startsWith("started: "))
                .map(line -> Instant.parse(line.substring("started: ".length())))
                .findFirst()
                .orElseThrow();
        List<Logged> log = new ArrayList<>();
        for (String line : lines(folder.resolve("log.txt"))) {
            String[] parts = line.split(" ", 3);
            Duration at = Duration.between(started, Instant.parse(parts[1]));
            log.add(new Logged(at, log.size() + 1L, Stream.valueOf(parts[0].toUpperCase(Locale.ROOT)), parts[2]));
        }
        return new Recording(server, folder, log);
    }

    /** {@code gunicorn/healthy-sync-23.0.0}. */
    String name() {
        return ALL.relativize(folder).toString();
    }

    /** Whether the recorded command sends standard error to standard output. */
    boolean merged() {
        return lines(folder.resolve("origin.md")).stream().anyMatch(line -> line.contains("2>&1"));
    }

    LogReader reader(Server server) {
        return merged() ? server.reader(List.of("sh", "-c", "server 2>&1"), Map.of()) : server.reader();
    }

    List<String> expectedEvents() {
        Path file = folder.resolve("events.txt");
        return Files.exists(file) ? lines(file) : List.of("(no events.txt)");
    }

    /** What the reader says, one event a line behind the number of its log line; the event's time is that line's time. */
    List<String> events(LogReader reader) {
        List<String> events = new ArrayList<>();
        for (Logged line : log) {
            for (ServerEvent event : reader.read(line)) {
                if (!event.at().equals(line.at())) {
                    throw new AssertionError(event + " has not the time of line " + line);
                }
                events.add(line.number() + ": "
                        + event.toString().replace("at=" + line.at() + ", ", "").replace("at=" + line.at(), ""));
            }
        }
        return events;
    }

    private static List<String> lines(Path file) {
        try {
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            return text.isEmpty() ? List.of() : List.of(text.split("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
