package io.bootgate.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.bootgate.timeline.BootEvent.Logged;
import io.bootgate.timeline.BootEvent.ServerEvent;
import io.bootgate.timeline.Stream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The app may print anything. Seeds are fixed: a failure can be repeated. */
class UntrustedTextTest {
    private static final List<String> PIECES = List.of(
            "INFO",
            "ERROR",
            ":",
            " ",
            "  ",
            "[",
            "]",
            "(",
            ")",
            "{",
            "}",
            "\"message\": ",
            "\"",
            ",",
            "1",
            "7",
            "pid",
            "Listening",
            "Listening at: ",
            "Starting ",
            "gunicorn ",
            "23.0.0",
            "http://0.0.0.0:8000",
            "Worker ",
            "exiting",
            "was sent SIGKILL!",
            "Uvicorn running on",
            "uWSGI",
            "WSGI app 0",
            "Reason: ",
            "* Running on ",
            "Booting worker",
            "Traceback",
            "\t",
            "\u001b[31m",
            "é",
            "Running on ",
            "CTRL + C",
            "Serving on",
            "Exception in ",
            "request",
            "/",
            "'",
            "\\",
            "2026-11-22 10:00:00 +0000");

    @ParameterizedTest
    @EnumSource(Server.class)
    void randomTextOfAnAppMeansNothing(Server server) {
        LogReader reader = server.reader();
        Random random = new Random(20261122);
        for (int number = 1; number <= 20_000; number++) {
            StringBuilder text = new StringBuilder("app: ");
            int pieces = random.nextInt(12);
            for (int i = 0; i < pieces; i++) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            Stream stream = random.nextBoolean() ? Stream.STDOUT : Stream.STDERR;
            assertThat(reader.read(logged(number, stream, text.toString())))
                    .as(text.toString())
                    .isEmpty();
        }
    }

    /** Whatever a server that writes to standard error has ever said, said on standard output by the app, means nothing. */
    @Test
    void anyBannerOnStandardOutputMeansNothing() {
        List<Server> onStandardError = List.of(Server.GUNICORN, Server.UVICORN, Server.HYPERCORN, Server.WAITRESS);
        for (Recording recording : Recording.all()) {
            boolean ownFormat =
                    !recording.name().contains("json-log") && !recording.name().contains("other-format");
            if (onStandardError.contains(recording.server()) && ownFormat) {
                LogReader reader = recording.server().reader();
                for (Logged line : recording.log()) {
                    assertThat(reader.read(logged(line.number(), Stream.STDOUT, line.text())))
                            .as(recording.name())
                            .isEmpty();
                }
            }
        }
    }

    /** The words of every recorded line in a sentence of the app's own, beside the real ones, change nothing. */
    @Test
    void quotingTheServerChangesNothing() {
        for (Recording recording : Recording.all()) {
            LogReader alone = recording.reader(recording.server());
            LogReader disturbed = recording.reader(recording.server());
            for (Logged line : recording.log()) {
                List<ServerEvent> expected = alone.read(line);
                assertThat(disturbed.read(line))
                        .as(recording.name() + ": " + line.text())
                        .isEqualTo(expected);
                for (Stream stream : Stream.values()) {
                    String quoted = "the log said \"" + line.text() + "\" again";
                    assertThat(disturbed.read(logged(line.number(), stream, quoted)))
                            .as(quoted)
                            .isEmpty();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void longLinesCostNoMoreThanReadingThem(Server server) {
        List<String> lines = new ArrayList<>();
        for (String start : List.of(
                "[2026-11-22 10:00:00 +0000] [1] [INFO] Listening at: ",
                "[2026-11-22 10:00:00 +0000] [7] [ERROR] Error handling request ",
                "INFO:     Uvicorn running on ",
                "{\"message\": \"",
                "{\"a\": [[[[",
                "uwsgi socket 0 bound to TCP address ",
                " * Running on http://",
                "")) {
            for (String piece : List.of("a", "(", "\\", " ", "Listening at: ", "x: ", "[1] ", "\"", "{", "pid: ")) {
                lines.add(start + piece.repeat(1_000_000 / piece.length()));
                lines.add(start + piece.repeat(60_000 / piece.length()));
            }
        }
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            LogReader reader = server.reader();
            long number = 0;
            for (String line : lines) {
                number++;
                reader.read(logged(number, Stream.STDERR, line));
                reader.read(logged(number, Stream.STDOUT, line));
            }
        });
    }

    private static Logged logged(long number, Stream stream, String text) {
        return new Logged(Duration.ofMillis(number), number, stream, text);
    }
}
