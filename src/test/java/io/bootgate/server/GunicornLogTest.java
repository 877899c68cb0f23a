package io.bootgate.server;

import static io.bootgate.server.Lines.line;
import static io.bootgate.server.Lines.read;
import static io.bootgate.server.Lines.stderr;
import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.timeline.BootEvent.AppFailed;
import io.bootgate.timeline.BootEvent.AppLoaded;
import io.bootgate.timeline.BootEvent.BindFailed;
import io.bootgate.timeline.BootEvent.RequestFailed;
import io.bootgate.timeline.BootEvent.ServerBound;
import io.bootgate.timeline.BootEvent.ServerEvent;
import io.bootgate.timeline.BootEvent.ServerReloading;
import io.bootgate.timeline.BootEvent.ServerStarting;
import io.bootgate.timeline.BootEvent.ServerStopping;
import io.bootgate.timeline.BootEvent.WorkerBooting;
import io.bootgate.timeline.BootEvent.WorkerClassTold;
import io.bootgate.timeline.BootEvent.WorkerEnded;
import io.bootgate.timeline.BootEvent.WorkerExiting;
import io.bootgate.timeline.BootEvent.WorkerFailed;
import io.bootgate.timeline.BootEvent.WorkerRecycling;
import io.bootgate.timeline.BootEvent.WorkerTimedOut;
import io.bootgate.timeline.Stream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GunicornLogTest {
    private static final String BANNER = """
            [2026-11-22 10:00:00 +0000] [1] [INFO] Starting gunicorn 23.0.0
            [2026-11-22 10:00:00 +0000] [1] [INFO] Listening at: http://0.0.0.0:8000 (1)
            [2026-11-22 10:00:00 +0000] [1] [INFO] Using worker: sync
            [2026-11-22 10:00:00 +0000] [7] [INFO] Booting worker with pid: 7""";

    @Test
    void readsTheBanner() {
        assertThat(gunicorn(BANNER))
                .containsExactly(
                        new ServerStarting(line(1), "gunicorn", "23.0.0", OptionalInt.of(1)),
                        new ServerBound(line(2), List.of("http://0.0.0.0:8000"), OptionalInt.of(1)),
                        new WorkerClassTold(line(3), "sync"),
                        new WorkerBooting(line(4), 7));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://[::]:8443|https://[::]:8443",
                "unix:/tmp/app.sock|unix:/tmp/app.sock",
                "http://0.0.0.0:8000,http://0.0.0.0:8001|http://0.0.0.0:8000 http://0.0.0.0:8001",
                "http://[::1]:8000,unix:/run/g.sock|http://[::1]:8000 unix:/run/g.sock"
            })
    void readsEveryFormOfBinding(String said, String addresses) {
        assertThat(gunicorn(signed(1, "Starting gunicorn 19.9.0"), signed(1, "Listening at: " + said + " (1)")))
                .contains(new ServerBound(line(2), List.of(addresses.split(" ")), OptionalInt.of(1)));
    }

    @Test
    void doesNotTakeTheControlSocketForABinding() {
        assertThat(after(signed(1, "Control socket listening at /root/.gunicorn/gunicorn.ctl")))
                .isEmpty();
    }

    @Test
    void doesNotBelieveABindLineThatAnotherProcessSigned() {
        assertThat(after(signed(7, "Listening at: http://0.0.0.0:9999 (1)"))).isEmpty();
        assertThat(after(signed(7, "Listening at: http://0.0.0.0:9999 (7)"))).isEmpty();
        assertThat(after(signed(1, "Listening at: http://0.0.0.0:9999 (7)"))).isEmpty();
    }

    @Test
    void doesNotBelieveAMasterThatIsAWorker() {
        assertThat(after(signed(7, "Starting gunicorn 23.0.0"), signed(7, "Listening at: http://0.0.0.0:9999 (7)")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Worker (pid:7) exited with code 1",
                "Worker (pid:7) exited with code 1.",
                "Worker (pid:7) exited with code 1\n[2026-11-22 10:00:01 +0000] [1] [ERROR] Worker (pid:7) exited with code 1."
            })
    void tellsOneDeathOnce(String lines) {
        assertThat(after(signed(1, lines)))
                .containsExactly(new WorkerEnded(line(5), 7, OptionalInt.of(1), Optional.empty()));
    }

    @Test
    void tellsOneDeathOnceInAQuietLogToo() {
        assertThat(gunicorn(
                        signed(1, "Worker (pid:7) exited with code 1"),
                        signed(1, "Worker (pid:7) exited with code 1.")))
                .containsExactly(new WorkerEnded(line(1), 7, OptionalInt.of(1), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Worker (pid:7) was sent SIGKILL! Perhaps out of memory?|SIGKILL",
                "Worker (pid:7) was sent SIGSEGV!|SIGSEGV",
                "Worker (pid:7) was sent code 139!|SIGSEGV",
                "Worker (pid:7) was sent signal 64!|signal 64",
                "Worker with pid 7 was terminated due to signal 11|SIGSEGV",
                "Worker with pid 7 was terminated due to signal 9|SIGKILL"
            })
    void namesTheSignalThatEndedAWorker(String message, String signal) {
        assertThat(after(signed(1, message)))
                .containsExactly(new WorkerEnded(line(5), 7, OptionalInt.empty(), Optional.of(signal)));
    }

    @Test
    void doesNotTakeAnOrphanedChildOfTheAppForAWorker() {
        assertThat(after(
                        signed(1, "Worker (pid:55) exited with code 1"),
                        signed(1, "Worker (pid:55) was sent SIGTERM!")))
                .isEmpty();
    }

    @Test
    void tellsOfTheTimeLimitAndTheLastWords() {
        assertThat(after(signed(1, "WORKER TIMEOUT (pid:7)"), signed(7, "Worker exiting (pid: 7)")))
                .containsExactly(new WorkerTimedOut(line(5), 7), new WorkerExiting(line(6), 7));
    }

    @Test
    void tellsWhichWorkerFailed() {
        assertThat(after(signed(7, "Exception in worker process"))).containsExactly(new WorkerFailed(line(5), 7));
    }

    @Test
    void tellsThatAWorkerLeavesAsItShould() {
        assertThat(after(signed(7, "Autorestarting worker after current request.")))
                .containsExactly(new WorkerRecycling(line(5), 7));
        assertThat(after(signed(1, "Handling signal: hup"), signed(1, "Hang up: Master")))
                .containsExactly(new ServerReloading(line(5)));
    }

    @Test
    void tellsThatAWorkerMayGoAfterTtou() {
        assertThat(after(
                        signed(9, "Booting worker with pid: 9"),
                        signed(1, "Handling signal: ttou"),
                        signed(7, "Worker exiting (pid: 7)"),
                        signed(1, "Worker (pid:7) was sent SIGTERM!"),
                        signed(9, "Worker exiting (pid: 9)")))
                .containsExactly(
                        new WorkerBooting(line(5), 9),
                        new WorkerRecycling(line(7), 7),
                        new WorkerExiting(line(7), 7),
                        new WorkerEnded(line(8), 7, OptionalInt.empty(), Optional.of("SIGTERM")),
                        new WorkerExiting(line(9), 9));
    }

    @Test
    void tellsThatItWasAskedToStopOnce() {
        assertThat(after(signed(1, "Handling signal: term"), signed(1, "Shutting down: Master")))
                .containsExactly(new ServerStopping(line(5), Optional.empty()));
    }

    @Test
    void tellsWhyTheServerGivesUp() {
        assertThat(after(signed(1, "Shutting down: Master"), signed(1, "Reason: Worker failed to boot.")))
                .containsExactly(new ServerStopping(line(6), Optional.of("Worker failed to boot.")));
        assertThat(after("gunicorn.errors.HaltServer: <HaltServer 'Worker failed to boot.' 3>"))
                .containsExactly(new ServerStopping(line(5), Optional.of("Worker failed to boot.")));
        assertThat(after(signed(1, "Unhandled exception in main loop")))
                .containsExactly(new ServerStopping(line(5), Optional.of("Unhandled exception in main loop")));
    }

    @Test
    void tellsThatTheAppWasNotFoundInTheServersOwnWords() {
        assertThat(after(
                        "Failed to find attribute 'application' in 'app'.",
                        signed(7, "Worker exiting (pid: 7)"),
                        signed(1, "Worker (pid:7) exited with code 4"),
                        signed(1, "Shutting down: Master"),
                        signed(1, "Reason: App failed to load.")))
                .containsExactly(
                        new WorkerExiting(line(6), 7),
                        new WorkerEnded(line(7), 7, OptionalInt.of(4), Optional.empty()),
                        new AppFailed(line(7), "Failed to find attribute 'application' in 'app'."),
                        new ServerStopping(line(9), Optional.of("App failed to load.")));
    }

    @Test
    void tellsEachAttemptToBindAndTheLast() {
        assertThat(gunicorn(
                        signed(1, "Starting gunicorn 23.0.0"),
                        signed(1, "Connection in use: ('0.0.0.0', 8000)"),
                        signed(1, "connection to ('0.0.0.0', 8000) failed: [Errno 98] Address already in use"),
                        signed(1, "Can't connect to ('0.0.0.0', 8000)")))
                .containsExactly(
                        new ServerStarting(line(1), "gunicorn", "23.0.0", OptionalInt.of(1)),
                        new BindFailed(line(2), "0.0.0.0:8000", "Connection in use", false),
                        new BindFailed(line(4), "0.0.0.0:8000", "Connection in use", true));
    }

    @Test
    void tellsADeniedPortAsFarAsTheVersionTells() {
        assertThat(gunicorn(
                        signed(1, "connection to ('::', 80) failed: [Errno 13] Permission denied"),
                        signed(1, "Can't connect to ('::', 80)")))
                .containsExactly(
                        new BindFailed(line(1), "[::]:80", "[Errno 13] Permission denied", false),
                        new BindFailed(line(2), "[::]:80", "[Errno 13] Permission denied", true));
        assertThat(gunicorn(signed(1, "Retrying in 1 second."), signed(1, "Can't connect to ('0.0.0.0', 80)")))
                .containsExactly(
                        new BindFailed(line(1), "", "", false), new BindFailed(line(2), "0.0.0.0:80", "", true));
    }

    @Test
    void tellsFailedRequests() {
        assertThat(after(signed(7, "Error handling request /"), signed(7, "Error handling request GET /health")))
                .containsExactly(new RequestFailed(line(5), "/"), new RequestFailed(line(6), "GET /health"));
    }

    @Test
    void tellsThatAUvicornWorkerLoadedTheAppOrNot() {
        assertThat(after(signed(7, "Application startup complete.")))
                .containsExactly(new AppLoaded(line(5), OptionalInt.of(7)));
        assertThat(after(signed(7, "Application startup failed. Exiting.")))
                .containsExactly(new AppFailed(line(5), "Application startup failed. Exiting."));
    }

    @Test
    void readsJsonLines() {
        assertThat(read(Server.GUNICORN.reader(), Stream.STDOUT, """
                        {"asctime": "2026-11-22", "name": "gunicorn.error", "levelname": "INFO", "process": 1, "message": "Starting gunicorn 23.0.0"}
                        {"asctime": "2026-11-22", "name": "gunicorn.error", "levelname": "INFO", "process": 1, "message": "Listening at: http://0.0.0.0:8000 (1)"}
                        {"name": "app", "process": 7, "message": "Listening at: http://0.0.0.0:1 (1)"}"""))
                .containsExactly(
                        new ServerStarting(line(1), "gunicorn", "23.0.0", OptionalInt.of(1)),
                        new ServerBound(line(2), List.of("http://0.0.0.0:8000"), OptionalInt.of(1)));
    }

    @Test
    void readsJsonOverSeveralLines() {
        assertThat(gunicorn(
                        "{",
                        "  \"level\": \"info\",",
                        "  \"message\": \"Starting gunicorn 22.0.0\"",
                        "}",
                        "{",
                        "  \"message\": \"Listening at: http://0.0.0.0:8000 (1)\",",
                        "  \"tags\": [\"a\", {\"b\": null}]",
                        "}"))
                .containsExactly(
                        new ServerStarting(line(4), "gunicorn", "22.0.0", OptionalInt.empty()),
                        new ServerBound(line(8), List.of("http://0.0.0.0:8000"), OptionalInt.of(1)));
    }

    @Test
    void readsAFormatOfTheUsersAndColours() {
        assertThat(gunicorn(
                        "\u001b[32m2026-11-22 10:00:00,123\u001b[0m | INFO     | gunicorn.error | Starting gunicorn 23.0.0",
                        "2026-11-22 10:00:00,125 | INFO     | gunicorn.error | Listening at: http://0.0.0.0:8000 (1)",
                        "2026-11-22 10:00:00,130 | INFO     | gunicorn.error | Booting worker with pid: 7",
                        "2026-11-22 10:00:00,150 | ERROR    | gunicorn.error | Exception in worker process",
                        "2026-11-22 10:00:00,170 | ERROR    | gunicorn.error | Worker (pid:7) exited with code 3"))
                .containsExactly(
                        new ServerStarting(line(1), "gunicorn", "23.0.0", OptionalInt.empty()),
                        new ServerBound(line(2), List.of("http://0.0.0.0:8000"), OptionalInt.of(1)),
                        new WorkerBooting(line(3), 7),
                        new WorkerFailed(line(4), 7),
                        new WorkerEnded(line(5), 7, OptionalInt.of(3), Optional.empty()));
    }

    @Test
    void doesNotBelieveWordsInAnotherFormatThanTheServersOwn() {
        assertThat(after(
                        "Listening at: http://0.0.0.0:9999 (1)",
                        "app says: Listening at: http://0.0.0.0:9999 (1)",
                        "INFO: Starting gunicorn 23.0.0 and more",
                        "WORKER TIMEOUT (pid:7)",
                        "Worker (pid:7) was sent SIGKILL! Perhaps out of memory?",
                        "Reason: Worker failed to boot."))
                .isEmpty();
    }

    @Test
    void doesNotBelieveStandardOutput() {
        assertThat(read(Server.GUNICORN.reader(), Stream.STDOUT, BANNER)).isEmpty();
    }

    @Test
    void believesStandardOutputWhereTheCommandSendsStandardErrorThere() {
        LogReader merged =
                Server.GUNICORN.reader(List.of("sh", "-c", "gunicorn app:app 2>&1 | tee /tmp/log"), Map.of());

        assertThat(read(merged, Stream.STDOUT, BANNER)).hasSize(4);
    }

    private static List<ServerEvent> gunicorn(String... lines) {
        return stderr(Server.GUNICORN, String.join("\n", lines));
    }

    /** What lines mean that follow a healthy banner of four lines. */
    private static List<ServerEvent> after(String... lines) {
        List<ServerEvent> all = gunicorn(BANNER, String.join("\n", lines));
        return all.subList(4, all.size());
    }

    private static String signed(int pid, String message) {
        return "[2026-11-22 10:00:01 +0000] [" + pid + "] [INFO] " + message;
    }
}
