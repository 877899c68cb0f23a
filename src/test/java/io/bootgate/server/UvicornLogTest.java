package io.bootgate.server;

import static io.bootgate.server.Lines.line;
import static io.bootgate.server.Lines.stderr;
import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.timeline.BootEvent.AppFailed;
import io.bootgate.timeline.BootEvent.AppLoaded;
import io.bootgate.timeline.BootEvent.BindFailed;
import io.bootgate.timeline.BootEvent.ServerBound;
import io.bootgate.timeline.BootEvent.ServerEvent;
import io.bootgate.timeline.BootEvent.ServerStarting;
import io.bootgate.timeline.BootEvent.ServerStopping;
import io.bootgate.timeline.BootEvent.WorkerBooting;
import io.bootgate.timeline.BootEvent.WorkerEnded;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class UvicornLogTest {
    @Test
    void readsASingleProcess() {
        assertThat(uvicorn(
                        "INFO:     Started server process [1]",
                        "INFO:     Waiting for application startup.",
                        "INFO:     Application startup complete.",
                        "INFO:     Uvicorn running on http://0.0.0.0:8000 (Press CTRL+C to quit)"))
                .containsExactly(
                        new ServerStarting(line(1), "uvicorn", "", OptionalInt.of(1)),
                        new AppLoaded(line(3), OptionalInt.of(1)),
                        new ServerBound(line(4), List.of("http://0.0.0.0:8000"), OptionalInt.of(1)));
    }

    @Test
    void knowsThatTheAppIsLoadedWithoutLifespanToo() {
        assertThat(
                        uvicorn(
                                "\u001b[32mINFO\u001b[0m:     Started server process [\u001b[36m1\u001b[0m]",
                                "\u001b[32mINFO\u001b[0m:     Uvicorn running on unix socket /tmp/u.sock (Press CTRL+C to quit)"))
                .containsExactly(
                        new ServerStarting(line(1), "uvicorn", "", OptionalInt.of(1)),
                        new AppLoaded(line(2), OptionalInt.of(1)),
                        new ServerBound(line(2), List.of("unix:/tmp/u.sock"), OptionalInt.of(1)));
    }

    @Test
    void readsAParentWithChildren() {
        assertThat(uvicorn(
                        "INFO:     Uvicorn running on http://0.0.0.0:8000 (Press CTRL+C to quit)",
                        "INFO:     Started parent process [1]",
                        "INFO:     Started server process [8]",
                        "INFO:     Started server process [9]",
                        "INFO:     Application startup complete.",
                        "INFO:     Application startup complete.",
                        "INFO:     Child process [8] died",
                        "ERROR:    Child process [10] failed to start, stopping the parent process."))
                .containsExactly(
                        new ServerBound(line(1), List.of("http://0.0.0.0:8000"), OptionalInt.empty()),
                        new ServerStarting(line(2), "uvicorn", "", OptionalInt.of(1)),
                        new WorkerBooting(line(3), 8),
                        new WorkerBooting(line(4), 9),
                        new AppLoaded(line(5), OptionalInt.of(8)),
                        new AppLoaded(line(6), OptionalInt.of(9)),
                        new WorkerEnded(line(7), 8, OptionalInt.empty(), Optional.empty()),
                        new WorkerEnded(line(8), 10, OptionalInt.empty(), Optional.empty()),
                        new ServerStopping(
                                line(8),
                                Optional.of("Child process [10] failed to start, stopping the parent process.")));
    }

    @Test
    void tellsThatTheAppFailed() {
        assertThat(uvicorn("ERROR:    Error loading ASGI app. Attribute \"nosuch\" not found in module \"app\"."))
                .containsExactly(new AppFailed(
                        line(1), "Error loading ASGI app. Attribute \"nosuch\" not found in module \"app\"."));
        assertThat(uvicorn("ERROR:    Application startup failed. Exiting."))
                .containsExactly(new AppFailed(line(1), "Application startup failed. Exiting."));
    }

    @Test
    void tellsThatItCannotBind() {
        assertThat(
                        uvicorn(
                                "ERROR:    [Errno 98] error while attempting to bind on address ('0.0.0.0', 8000): address already in use"))
                .containsExactly(new BindFailed(line(1), "0.0.0.0:8000", "address already in use", true));
    }

    @Test
    void doesNotBelieveWhatTheAppPrints() {
        assertThat(uvicorn(
                        "Uvicorn running on http://0.0.0.0:8000 (Press CTRL+C to quit)",
                        "INFO:     Uvicorn running on http://0.0.0.0:8000",
                        "see: Application startup complete.",
                        "INFO:     connect to [Errno 98] x"))
                .isEmpty();
    }

    private static List<ServerEvent> uvicorn(String... lines) {
        return stderr(Server.UVICORN, String.join("\n", lines));
    }
}
