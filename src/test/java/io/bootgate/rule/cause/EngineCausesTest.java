package io.bootgate.rule.cause;

import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.judge.Verdict.Reason;
import io.bootgate.rule.Certainty;
import io.bootgate.rule.Finding;
import io.bootgate.rule.Location;
import io.bootgate.timeline.Boot;
import io.bootgate.timeline.BootEvent;
import io.bootgate.timeline.BootEvent.BindFailed;
import io.bootgate.timeline.BootEvent.EngineSeen;
import io.bootgate.timeline.BootEvent.Exited;
import io.bootgate.timeline.BootEvent.MemorySampled;
import io.bootgate.timeline.BootEvent.OutOfMemory;
import io.bootgate.timeline.BootEvent.ProbeAnswered;
import io.bootgate.timeline.BootEvent.ProbeFailed;
import io.bootgate.timeline.BootEvent.ProbeFailure;
import io.bootgate.timeline.BootEvent.ProcessesSeen;
import io.bootgate.timeline.BootEvent.RunningProcess;
import io.bootgate.timeline.BootEvent.ScriptSeen;
import io.bootgate.timeline.BootEvent.ServerBound;
import io.bootgate.timeline.BootEvent.Socket;
import io.bootgate.timeline.BootEvent.SocketsSeen;
import io.bootgate.timeline.BootEvent.StartRefused;
import io.bootgate.timeline.BootEvent.WorkerEnded;
import io.bootgate.timeline.BootEvent.WorkerTimedOut;
import io.bootgate.timeline.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What the findings of engine and server causes say, and the traps in which the loudest line is not the cause. */
class EngineCausesTest {

    // ---- the start command

    @Test
    void namesTheScriptLineThatWantedAMissingCommand() {
        Finding finding = first("docker/command-missing-in-bash-script");

        assertThat(finding.location()).contains(Location.inImage("/app/notfound.sh", 3));
        assertThat(finding.certainty()).isEqualTo(Certainty.CERTAIN);
    }

    @Test
    void saysHowToWriteACommandThatIsOneWordByMistake() {
        Finding finding = refused("exec: \"gunicorn app:app\": executable file not found in $PATH: unknown");

        assertThat(finding.id()).isEqualTo("COMMAND_NOT_FOUND");
        assertThat(finding.fix()).contains("[\"gunicorn\", \"app:app\"]");
    }

    @Test
    void understandsCrun() {
        assertThat(refused("crun: executable file `gunicorn` not found in $PATH: No such file or directory: OCI runtime"
                                + " attempted to invoke a command that was not found")
                        .id())
                .isEqualTo("COMMAND_NOT_FOUND");
        assertThat(refused("crun: open executable: Permission denied: OCI permission denied")
                        .id())
                .isEqualTo("COMMAND_NOT_EXECUTABLE");
    }

    @Test
    void aMissingServerGoesIntoTheRequirements() {
        assertThat(refused("exec: \"gunicorn\": executable file not found in $PATH: unknown")
                        .fix())
                .startsWith("Add gunicorn to requirements.txt");
    }

    @Test
    void aToolThatTheAppDoesNotFindIsNotTheStartCommand() {
        List<String> ids = ids(Logs.symptoms("""
                [2026-11-22 10:00:00 +0000] [1] [INFO] Starting gunicorn 23.0.0
                /bin/sh: 1: git: not found
                Traceback (most recent call last):
                  File "/app/app.py", line 3, in <module>
                    raise ValueError("no version")
                ValueError: no version
                """));

        assertThat(ids).doesNotContain("COMMAND_NOT_FOUND");
    }

    @Test
    void aScriptThatIsThereAndNotFoundIsCrlfOrItsInterpreter() {
        RecordedBoot crlf = RecordedBoot.of("docker/crlf-script");

        assertThat(first("docker/crlf-script").detail()).contains("./crlf.sh is there");
        assertThat(first("docker/crlf-script").certainty()).isEqualTo(Certainty.CERTAIN);
        assertThat(crlf.without(ScriptSeen.class).first().orElseThrow())
                .extracting(Finding::id, Finding::certainty)
                .containsExactly("CRLF_LINE_ENDINGS", Certainty.LIKELY);
        assertThat(first("docker/interpreter-missing").detail()).contains("#!/opt/nosuch/bin/bash");
    }

    @Test
    void aForeignImageIsToldByItsConfigurationAlone() {
        Timeline timeline = with(
                RecordedBoot.of("docker/wrong-architecture").without(ScriptSeen.class),
                event -> event instanceof BootEvent.Created created
                        ? new BootEvent.Created(created.at(), Boots.withArchitecture(created.boot(), "arm64"))
                        : event);
        Finding finding = Diagnosis.of(Logs.symptoms(timeline, Reason.EXITED)).get(0);

        assertThat(finding.id()).isEqualTo("WRONG_ARCHITECTURE");
        assertThat(finding.detail()).contains("arm64", "amd64");
        assertThat(finding.fix()).contains("<platform>linux/amd64</platform>");
    }

    @Test
    void theEntryScriptThatFailedIsNamedWithItsExitCode() {
        Finding finding = first("docker/migration-fails");

        assertThat(finding.detail()).contains("./migrate.sh", "exit code 1", "Operations to perform:");
        assertThat(finding.location().flatMap(Location::inImage)).contains("/app/migrate.sh");
    }

    // ---- where it listens

    @Test
    void aDeniedPortIsConcludedWhereGunicornDoesNotTellTheReason() {
        assertThat(first("docker/port-denied-22.0.0").certainty()).isEqualTo(Certainty.LIKELY);
        assertThat(first("docker/port-denied-23.0.0").certainty()).isEqualTo(Certainty.CERTAIN);
        assertThat(first("docker/port-denied-22.0.0").detail()).contains("nobody", "0.0.0.0:80");
    }

    @Test
    void saysThatLoopbackIsGunicornsDefault() {
        assertThat(first("docker/loopback-default").detail()).contains("without -b");
        assertThat(first("docker/loopback").detail()).doesNotContain("without -b");
        assertThat(first("docker/loopback").fix()).contains("-b 0.0.0.0:8000");
        assertThat(first("docker/uvicorn-loopback").fix()).contains("--host 0.0.0.0 --port 8000");
    }

    @Test
    void aQuietServerOnLoopbackIsToldByItsSockets() {
        assertThat(first("docker/loopback-quiet").evidence().get(0).source()).isEqualTo("sockets");
    }

    @Test
    void aWrongPortIsToldWithBothPorts() {
        assertThat(first("docker/port-mismatch").detail()).contains("5000", "8000");
    }

    @Test
    void aProxyThatAnswersMakesABackendOnLoopbackRight() {
        RecordedBoot loopback = RecordedBoot.of("docker/loopback");
        Timeline answered = loopback.timeline()
                .with(new ProbeAnswered(Duration.ofSeconds(3), 8000, 500, "nginx/1.27", Duration.ofMillis(5)));

        assertThat(ids(Logs.symptoms(answered, Reason.HTTP_ERROR))).containsExactly("HTTP_ERROR");
    }

    // ---- how processes ended

    @Test
    void sigkillWithoutAKillForMemoryIsNotOutOfMemory() {
        Finding finding = first("docker/self-kill-25.3.0");

        assertThat(finding.evidence().get(0).text()).contains("Perhaps out of memory?");
        assertThat(finding.id()).isEqualTo("KILLED");
    }

    @Test
    void theSameWordsWithAKillForMemoryAre() {
        assertThat(first("docker/oom-25.3.0").detail()).contains("killed for memory", "limit 96 MiB");
        assertThat(first("docker/oom-25.3.0").fix()).contains("<memory>192m</memory>");
    }

    @Test
    void theSameWordsInALogFromElsewhereAreOutOfMemoryAtBestLikely() {
        Finding finding = Diagnosis.of(Logs.symptoms("""
                        [2020-09-12 05:37:48 +0000] [18] [INFO] Booting worker with pid: 21
                        [2020-09-12 05:37:52 +0000] [18] [ERROR] Worker (pid:21) was sent SIGKILL! Perhaps out of memory?
                        """)).get(0);

        assertThat(finding.id()).isEqualTo("OUT_OF_MEMORY");
        assertThat(finding.certainty()).isEqualTo(Certainty.LIKELY);
    }

    @Test
    void signalNineOfAWorkerThatTimedOutIsTheTimeout() {
        List<BootEvent> events = new ArrayList<>(
                RecordedBoot.of("docker/import-timeout-20.1.0").timeline().events());
        int timeout = events.indexOf(events.stream()
                .filter(WorkerTimedOut.class::isInstance)
                .findFirst()
                .orElseThrow());
        WorkerTimedOut silent = (WorkerTimedOut) events.get(timeout);
        events.add(
                timeout + 1, new WorkerEnded(silent.at(), silent.pid(), OptionalInt.empty(), Optional.of("SIGKILL")));

        assertThat(ids(Logs.symptoms(new Timeline(events), Reason.WORKER_TIMED_OUT)))
                .containsExactly("WORKER_TIMEOUT");
    }

    @Test
    void systemExitInHandleAbortIsTheTimeoutAndItsPlaceIsTheRequest() {
        Finding finding = first("docker/request-timeout-26.2.0");

        assertThat(finding.detail()).contains("worked on one request", "2 s");
        assertThat(finding.location()).hasValueSatisfying(place -> {
            assertThat(place.inImage()).contains("/app/slowreq.py");
            assertThat(place.line()).isEqualTo(OptionalInt.of(3));
        });
        assertThat(first("docker/import-timeout-21.2.0").detail()).contains("loading the application");
    }

    @Test
    void anEndBySignalNineUnderALimitIsMemoryWhereTheEngineTellsNothing() {
        RecordedBoot podman = RecordedBoot.of("podman/oom-preload");
        Timeline untold = with(
                RecordedBoot.of("docker/oom-preload").without(OutOfMemory.class),
                event -> event instanceof Exited exited ? new Exited(exited.at(), exited.exitCode(), false) : event);

        assertThat(podman.first().orElseThrow().certainty()).isEqualTo(Certainty.LIKELY);
        assertThat(ids(Logs.symptoms(untold, Reason.EXITED))).containsExactly("OUT_OF_MEMORY");
    }

    @Test
    void aShellThatPassesOnSignalNineOfItsChildProvesNoLackOfMemory() {
        Timeline limited = with(
                RecordedBoot.of("docker/killed-main"),
                event -> event instanceof BootEvent.Created created
                        ? new BootEvent.Created(created.at(), Boots.withMemory(created.boot(), 512L << 20))
                        : event);

        assertThat(ids(Logs.symptoms(limited, Reason.EXITED))).containsExactly("KILLED");
        Timeline full = limited.with(new MemorySampled(Duration.ofMillis(10), 500L << 20, 512L << 20));
        assertThat(ids(Logs.symptoms(full, Reason.EXITED))).containsExactly("OUT_OF_MEMORY");
    }

    @Test
    void sysExitIsToldWithItsCodeAndItsWords() {
        assertThat(first("docker/sys-exit-1-23.0.0").detail()).contains("sys.exit with exit code 1");
        assertThat(first("docker/sys-exit-0-26.2.0").detail()).contains("sys.exit with exit code 0");
        assertThat(first("docker/sys-exit-message-20.1.0").detail()).contains("FATAL: no licence");
        assertThat(first("docker/os-exit-1-26.2.0").detail()).contains("os._exit with exit code 1");
    }

    @Test
    void aNativeCrashIsToldBySignalAndCount() {
        assertThat(first("docker/segv-22.0.0").detail()).contains("SIGSEGV", "workers in all");
        assertThat(first("docker/segv-main").detail()).contains("exit code 139");
    }

    // ---- silence

    @Test
    void aConnectionThatNobodyTookIsAHangAtBootAndOneThatWasTakenIsNot() {
        assertThat(first("docker/import-hang-26.2.0").fix()).contains("never end a hanging import");
        assertThat(first("docker/request-hang").evidence())
                .anyMatch(evidence -> evidence.source().equals("sockets"));
    }

    @Test
    void withoutSocketsAHangAtBootIsOnlyLikely() {
        Finding finding = RecordedBoot.of("docker/import-hang-26.2.0")
                .without(SocketsSeen.class)
                .first()
                .orElseThrow();

        assertThat(finding.certainty()).isEqualTo(Certainty.LIKELY);
    }

    @Test
    void theProcessesThatRunInsteadOfAServerAreNamed() {
        assertThat(first("docker/sleeps").detail()).contains("sleep infinity");
        assertThat(RecordedBoot.of("docker/sleeps").without(ProcessesSeen.class).ids())
                .doesNotContain("SERVER_NOT_STARTED");
    }

    @Test
    void aBindLineThatNoOpenPortBearsOutIsAnyProgramsText() {
        Timeline timeline = Timeline.of(
                created("python3", "fake.py"),
                bound("http://0.0.0.0:8000"),
                new ProbeFailed(Duration.ofSeconds(1), 8000, ProbeFailure.CLOSED, "closed"),
                processes(2, "python3 fake.py"),
                new SocketsSeen(Duration.ofSeconds(3), List.of()));

        assertThat(ids(Logs.symptoms(timeline, Reason.TIMED_OUT))).containsExactly("SERVER_NOT_STARTED");
    }

    @Test
    void aPortThatIsOpenCountsForMoreThanTheOneThatABindLineNames() {
        Timeline timeline = Timeline.of(
                created("gunicorn", "app:app"),
                bound("http://0.0.0.0:8000"),
                new ProbeFailed(Duration.ofSeconds(1), 8000, ProbeFailure.CLOSED, "closed"),
                new SocketsSeen(Duration.ofSeconds(3), List.of(new Socket("0.0.0.0", 9000, true, false))));

        assertThat(ids(Logs.symptoms(timeline, Reason.TIMED_OUT))).startsWith("PORT_MISMATCH");
    }

    @Test
    void aQuietServerWhosePortAnotherProgramAnswersHasAnAddressInUse() {
        ProbeAnswered other = new ProbeAnswered(
                Duration.ofSeconds(1), 8000, 200, "SimpleHTTP/0.6 Python/3.11.2", Duration.ofMillis(2));
        Timeline quiet = Timeline.of(
                created("sh", "start.sh"), other, processes(2, "/usr/bin/python3 /usr/local/bin/gunicorn app:app"));
        Timeline onASocketFile = Timeline.of(
                created("sh", "start.sh"),
                other,
                bound("unix:/tmp/app.sock"),
                processes(2, "/usr/bin/python3 /usr/local/bin/gunicorn app:app"));

        assertThat(ids(Logs.symptoms(quiet, Reason.TIMED_OUT))).startsWith("ADDRESS_IN_USE");
        assertThat(ids(Logs.symptoms(onASocketFile, Reason.TIMED_OUT))).startsWith("UNREACHABLE_BIND");
    }

    @Test
    void aConsoleScriptWithoutItsPythonIsNoMatterOfLineEnds() {
        Finding finding = first(Logs.symptoms("exec /usr/local/bin/gunicorn: no such file or directory"));

        assertThat(finding.id()).isEqualTo("BAD_INTERPRETER");
        assertThat(finding.fix()).contains("python -m pip install gunicorn");
    }

    @Test
    void aServerThatASupervisorDoesNotFindIsACommandThatIsMissing() {
        assertThat(first(Logs.symptoms("2026-11-22 20:31:15,517 INFO spawnerr: can't find command 'gunicorn'"))
                        .id())
                .isEqualTo("COMMAND_NOT_FOUND");
    }

    @Test
    void aHostNameThatDoesNotResolveIsNoAddressAlthoughGunicornTwentySaysNoReason() {
        Timeline timeline = Timeline.of(
                created("gunicorn", "-b", "orders.invalid:8000", "app:app"),
                new BindFailed(Duration.ofSeconds(6), "orders.invalid:8000", "", true));

        assertThat(first(Logs.symptoms(timeline, Reason.BIND_FAILED)).id()).isEqualTo("ADDRESS_INVALID");
    }

    @Test
    void aServerThatDaemonisedAndVanishedIsNoCrashLoop() {
        Timeline timeline = Timeline.of(
                created("sh", "-c", "gunicorn --daemon app:app && sleep 3600"),
                new ProcessesSeen(
                        Duration.ofMillis(100),
                        List.of(
                                new RunningProcess(2, 1, "gunicorn --daemon app:app"),
                                new RunningProcess(3, 2, "gunicorn --daemon app:app"))),
                processes(2, "sleep 3600"),
                new SocketsSeen(Duration.ofSeconds(3), List.of()));
        Finding finding = first(Logs.symptoms(timeline, Reason.TIMED_OUT));

        assertThat(finding.id()).isEqualTo("SERVER_NOT_STARTED");
        assertThat(finding.detail()).contains("--daemon");
    }

    @Test
    void aToolThatTheHealthcheckLacksIsNamed() {
        assertThat(first("docker/unhealthy-tool-missing").detail()).contains("needs curl");
        assertThat(first("docker/unhealthy-tool-missing-exec").detail()).contains("needs curl");
        assertThat(first("podman/unhealthy-tool-missing-exec").detail()).contains("needs curl");
        assertThat(first("docker/unhealthy").detail()).contains("HTTP Error 404");
    }

    @Test
    void aRefusalThatNobodyKnowsIsToldInTheEnginesWords() {
        Finding finding = refused("cannot frobnicate the widget");

        assertThat(finding.id()).isEqualTo("UNKNOWN");
        assertThat(finding.detail()).contains("cannot frobnicate the widget");
    }

    @Test
    void aLimitTooSmallToStartIsOutOfMemory() {
        Finding finding = refused("OCI runtime create failed: runc create failed: unable to start container process:"
                + " container init was OOM-killed (memory limit too low?): unknown");

        assertThat(finding.id()).isEqualTo("OUT_OF_MEMORY");
    }

    // ---- builds

    @Test
    void aFailedBuildPointsAtTheInstruction() {
        Finding finding = BuildFailed.of(
                "Dockerfile",
                OptionalInt.of(4),
                Optional.of("RUN pip install -r requirements.txt"),
                "The command returned a non-zero code: 1",
                Optional.empty(),
                List.of("ERROR: No matching distribution found for flsk==3.0"));

        assertThat(finding.id()).isEqualTo("BUILD_FAILED");
        assertThat(finding.location().orElseThrow().line()).isEqualTo(OptionalInt.of(4));
        assertThat(finding.evidence().get(0).text()).contains("flsk");
        assertThat(finding.fix()).contains("requirements.txt");
    }

    private static Finding first(String recording) {
        return RecordedBoot.of(recording).first().orElseThrow();
    }

    private static Finding first(Symptoms symptoms) {
        return Diagnosis.of(symptoms).get(0);
    }

    private static BootEvent created(String... command) {
        return new BootEvent.Created(Duration.ZERO, Boots.of(List.of(command), 8000));
    }

    private static BootEvent bound(String address) {
        return new ServerBound(Duration.ofMillis(500), List.of(address), OptionalInt.of(1));
    }

    private static BootEvent processes(int second, String command) {
        return new ProcessesSeen(Duration.ofSeconds(second), List.of(new RunningProcess(1, 0, command)));
    }

    private static Finding refused(String message) {
        Timeline timeline = Timeline.of(
                new BootEvent.Created(Duration.ZERO, Boot.unknown("gunicorn")),
                new EngineSeen(Duration.ZERO, "Podman", "5.0"),
                new StartRefused(Duration.ZERO, 0, message));
        return Diagnosis.of(Logs.symptoms(timeline, Reason.START_REFUSED)).get(0);
    }

    private static List<String> ids(Symptoms symptoms) {
        return Diagnosis.of(symptoms).stream().map(Finding::id).toList();
    }

    private static Timeline with(RecordedBoot boot, UnaryOperator<BootEvent> change) {
        return new Timeline(boot.timeline().events().stream().map(change).toList());
    }
}
