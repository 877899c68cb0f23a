package io.bootgate.server;

import static io.bootgate.server.Lines.line;
import static io.bootgate.server.Lines.stderr;
import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.timeline.BootEvent.ServerStarting;
import io.bootgate.timeline.BootEvent.WorkerEnded;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class FirstBannerTest {
    @Test
    void turnsIntoTheReaderOfTheFirstServerThatIntroducesItself() {
        assertThat(stderr(Server.UNKNOWN, """
                        [2026-11-22 10:00:00 +0000] [1] [INFO] Starting gunicorn 23.0.0
                        INFO:     Started server process [1]"""))
                .containsExactly(new ServerStarting(line(1), "gunicorn", "23.0.0", OptionalInt.of(1)));
    }

    @Test
    void hearsAQuietServerToo() {
        assertThat(stderr(Server.UNKNOWN, "[2026-11-22 10:00:00 +0000] [1] [ERROR] Worker (pid:7) exited with code 1."))
                .containsExactly(new WorkerEnded(line(1), 7, OptionalInt.of(1), Optional.empty()));
    }

    @Test
    void hearsNothingWhereThereIsNoServerToRecognise() {
        assertThat(stderr(Server.NONE, "[2026-11-22 10:00:00 +0000] [1] [INFO] Starting gunicorn 23.0.0"))
                .isEmpty();
    }
}
