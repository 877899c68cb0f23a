package io.bootgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every recorded log says what its {@code events.txt} says. Where it says something else, that is written to
 * {@code target/recordings}, to be looked at and, if it is right, taken over.
 */
class RecordedLogsTest {
    @TestFactory
    Stream<DynamicTest> readsWhatTheServerSaid() {
        return Recording.all().stream()
                .map(recording -> DynamicTest.dynamicTest(recording.name(), () -> {
                    List<String> events = recording.events(recording.reader(recording.server()));
                    if (!events.equals(recording.expectedEvents())) {
                        write(recording, events);
                    }
                    assertThat(events).isEqualTo(recording.expectedEvents());
                }));
    }

    /** Whoever has not recognised the server in the command hears the same from its log. */
    @TestFactory
    Stream<DynamicTest> readsTheSameWhenTheServerIsNotKnown() {
        return Recording.all().stream()
                .map(recording -> DynamicTest.dynamicTest(
                        recording.name(),
                        () -> assertThat(recording.events(recording.reader(Server.UNKNOWN)))
                                .isEqualTo(recording.expectedEvents())));
    }

    private static void write(Recording recording, List<String> events) throws IOException {
        Path folder = Files.createDirectories(Path.of("target/recordings").resolve(recording.name()));
        Files.writeString(folder.resolve("events.txt"), events.isEmpty() ? "" : String.join("\n", events) + "\n");
    }
}
