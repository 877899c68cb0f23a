package io.bootgate.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.judge.Verdict.NotReady;
import io.bootgate.judge.Verdict.Ready;
import io.bootgate.judge.Verdict.Reason;
import io.bootgate.timeline.Boot;
import io.bootgate.timeline.BootEvent;
import io.bootgate.timeline.BootEvent.AppFailed;
import io.bootgate.timeline.BootEvent.BindFailed;
import io.bootgate.timeline.BootEvent.Created;
import io.bootgate.timeline.BootEvent.Exited;
import io.bootgate.timeline.BootEvent.HealthChecked;
import io.bootgate.timeline.BootEvent.OutOfMemory;
import io.bootgate.timeline.BootEvent.ProbeAnswered;
import io.bootgate.timeline.BootEvent.ProbeFailed;
import io.bootgate.timeline.BootEvent.ProbeFailure;
import io.bootgate.timeline.BootEvent.ProcessesSeen;
import io.bootgate.timeline.BootEvent.RunningProcess;
import io.bootgate.timeline.BootEvent.ServerBound;
import io.bootgate.timeline.BootEvent.ServerReloading;
import io.bootgate.timeline.BootEvent.ServerStopping;
import io.bootgate.timeline.BootEvent.Socket;
import io.bootgate.timeline.BootEvent.SocketsSeen;
import io.bootgate.timeline.BootEvent.StartRefused;
import io.bootgate.timeline.BootEvent.Started;
import io.bootgate.timeline.BootEvent.Ticked;
import io.bootgate.timeline.BootEvent.WorkerBooting;
import io.bootgate.timeline.BootEvent.WorkerEnded;
import io.bootgate.timeline.BootEvent.WorkerExiting;
import io.bootgate.timeline.BootEvent.WorkerFailed;
import io.bootgate.timeline.BootEvent.WorkerRecycling;
import io.bootgate.timeline.BootEvent.WorkerTimedOut;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JudgeTest {

    // ---- ready

    @Test
    void isReadyWhenTheFirstAnswerHeldForTheSettleWindow() {
        assertThat(judge(bound(300), answer(400, 200), tick(2399))).isEmpty();
        assertThat(judge(bound(300), answer(400, 200), tick(2400))).contains(new Ready(ms(2400), List.of()));
    }

    @Test
    void isTakenBackForADeathThatIsToldLate() {
        BootEvent died = new WorkerEnded(ms(1900), 7, OptionalInt.of(1), Optional.empty());

        assertThat(judge(bound(300), booting(310, 7), answer(400, 200), tick(2400), tick(2500), died))
                .isEmpty();
        assertThat(verdict(
                        bound(300),
                        booting(310, 7),
                        answer(400, 200),
                        tick(2400),
                        tick(2500),
                        new ServerStopping(ms(1900), Optional.of("Worker failed to boot.")),
                        tick(2600)))
                .isInstanceOf(NotReady.class);
    }

    @Test
    void staysWhateverHappensAfterIt() {
        assertThat(verdict(
                                bound(300),
                                answer(400, 200),
                                tick(2400),
                                tick(2500),
                                new ServerStopping(ms(2450), Optional.of("Worker failed to boot.")))
                        .isReady())
                .isTrue();
    }

    @Test
    void isReadyOnNotFoundBecauseItProvesThatTheAppIsLoaded() {
        assertThat(verdict(bound(300), answer(400, 404), tick(2400)).isReady()).isTrue();
    }

    @Test
    void isNotReadyOnABindLineAlone() {
        assertThat(reason(bound(300), booting(310, 7), tick(60_000))).isEqualTo(Reason.TIMED_OUT);
    }

    @Test
    void aSilentServerIsReadyByItsAnswerAndItsProcesses() {
        assertThat(verdict(master(300, 11), answer(400, 200), tick(2400)).isReady())
                .isTrue();
        assertThat(judge(answer(400, 200), tick(2400))).isEmpty();
    }

    @Test
    void aSilentServerIsReadyByItsOwnServerHeader() {
        assertThat(verdict(new ProbeAnswered(ms(400), 8000, 200, "gunicorn/20.1.0", ms(3)), tick(2400))
                        .isReady())
                .isTrue();
    }

    @Test
    void anAnswerOfAnotherProgramIsNoProof() {
        BootEvent stranger = new ProbeAnswered(ms(400), 8000, 200, "SimpleHTTP/0.6 Python/3.11.2", ms(3));
        assertThat(judge(master(300, 11), stranger, tick(2400))).isEmpty();
        assertThat(reason(master(300, 11), stranger, tick(60_000))).isEqualTo(Reason.TIMED_OUT);
    }

    @Test
    void aProbeThatFailsWithinTheSettleWindowStartsItAnew() {
        assertThat(judge(bound(300), answer(400, 200), failed(1500), answer(1600, 200), tick(2500)))
                .isEmpty();
        assertThat(verdict(bound(300), answer(400, 200), failed(1500), answer(1600, 200), tick(3600))
                        .at())
                .isEqualTo(ms(3600));
    }

    @Test
    void aWorkerThatIsRecycledIsNotDead() {
        assertThat(verdict(
                        bound(300),
                        booting(310, 7),
                        answer(400, 200),
                        new WorkerRecycling(ms(400), 7),
                        new WorkerExiting(ms(410), 7),
                        failed(420),
                        booting(900, 9),
                        new WorkerRecycling(ms(1000), 9),
                        new WorkerExiting(ms(1010), 9),
                        booting(1500, 11),
                        answer(1600, 200),
                        tick(2400)))
                .isEqualTo(new Ready(ms(2400), List.of()));
    }

    @Test
    void workersThatAreReplacedByAReloadAreNotDead() {
        assertThat(verdict(
                                bound(300),
                                booting(310, 7),
                                booting(310, 8),
                                answer(400, 200),
                                new ServerReloading(ms(500)),
                                booting(520, 9),
                                booting(521, 10),
                                ended(530, 7, "SIGTERM"),
                                ended(531, 8, "SIGTERM"),
                                tick(2400))
                        .isReady())
                .isTrue();
    }

    @Test
    void oneDeathThatHealsIsReadyWithAWarning() {
        Verdict verdict =
                verdict(bound(300), booting(310, 7), ended(500, 7, 1), booting(510, 9), answer(700, 200), tick(2700));
        assertThat(verdict).isInstanceOf(Ready.class);
        assertThat(((Ready) verdict).warnings()).singleElement().asString().contains("died 500 ms after");
    }

    @Test
    void afterADeathTheNextWorkerMustOutliveTheOneThatDied() {
        BootEvent[] start = {
            bound(300), booting(310, 7), answer(400, 200), ended(2310, 7, 1), booting(2320, 9), answer(2400, 200)
        };
        assertThat(judge(append(start, tick(4400)))).isEmpty();
        assertThat(reason(append(start, ended(4330, 9, 1), tick(4400)))).isEqualTo(Reason.WORKERS_DYING);
        assertThat(verdict(append(start, tick(6310))).isReady()).isTrue();
    }

    @Test
    void aHealthcheckMustPassToo() {
        Boot boot = boot("gunicorn", OptionalInt.of(8000), List.of("/bin/sh", "-c", "check"));
        assertThat(judge(boot, Policy.DEFAULT, bound(300), answer(400, 200), tick(2400)))
                .isEmpty();
        assertThat(judge(
                        boot,
                        Policy.DEFAULT,
                        bound(300),
                        answer(400, 200),
                        new HealthChecked(ms(500), false, 1, "starting"),
                        new HealthChecked(ms(3000), true, 0, ""),
                        tick(3001)))
                .get()
                .extracting(Verdict::isReady)
                .isEqualTo(true);
    }

    @Test
    void withoutAServerAnAnswerOnThePortIsEnough() {
        assertThat(judge(
                        boot("none", OptionalInt.of(80), List.of()),
                        Policy.DEFAULT,
                        new ProbeAnswered(ms(100), 80, 200, "anything", ms(1)),
                        tick(2100)))
                .get()
                .extracting(Verdict::isReady)
                .isEqualTo(true);
    }

    @Test
    void withoutHttpTheBindLineIsEnoughButOnlyThen() {
        Policy policy = new Policy(Duration.ofSeconds(60), Duration.ofSeconds(2), 100, 499, false);
        Boot boot = boot("gunicorn", OptionalInt.of(8000), List.of());
        assertThat(judge(boot, policy, tick(5000))).isEmpty();
        assertThat(judge(boot, policy, bound(300), tick(2300)))
                .get()
                .extracting(Verdict::isReady)
                .isEqualTo(true);
    }

    // ---- not ready, at once

    @Test
    void aStartThatIsRefusedDecides() {
        assertThat(reason(new StartRefused(ms(0), 127, "not found"))).isEqualTo(Reason.START_REFUSED);
    }

    @Test
    void anExitDecidesEvenWithCodeZero() {
        assertThat(verdict(bound(300), new Exited(ms(500), 0, false)).at()).isEqualTo(ms(500));
        assertThat(reason(new Exited(ms(500), 0, false))).isEqualTo(Reason.EXITED);
    }

    @Test
    void aKillForMemoryThatEndsTheContainerIsToldAsSuch() {
        assertThat(reason(new Exited(ms(500), 137, true))).isEqualTo(Reason.OUT_OF_MEMORY);
        assertThat(reason(new Exited(ms(500), 137, false))).isEqualTo(Reason.EXITED);
    }

    @Test
    void aServerThatGivesUpDecides() {
        assertThat(reason(bound(300), new ServerStopping(ms(500), Optional.of("Worker failed to boot."))))
                .isEqualTo(Reason.SERVER_GAVE_UP);
        assertThat(reason(bound(300), booting(310, 7), new WorkerFailed(ms(400), 7), new WorkerExiting(ms(410), 7)))
                .isEqualTo(Reason.SERVER_GAVE_UP);
        assertThat(reason(bound(300), new AppFailed(ms(500), "no app"))).isEqualTo(Reason.APP_FAILED);
        assertThat(reason(new BindFailed(ms(5000), "('', 80)", "in use", true))).isEqualTo(Reason.BIND_FAILED);
        assertThat(judge(new BindFailed(ms(5000), "('', 80)", "in use", false))).isEmpty();
    }

    @Test
    void twoDeathsAreALoop() {
        assertThat(judge(bound(300), booting(310, 7), new WorkerExiting(ms(400), 7)))
                .isEmpty();
        assertThat(verdict(
                        bound(300),
                        booting(310, 7),
                        new WorkerExiting(ms(400), 7),
                        booting(410, 8),
                        new WorkerExiting(ms(500), 8)))
                .isEqualTo(new NotReady(ms(500), Reason.WORKERS_DYING, missing(bound(300))));
    }

    @Test
    void aLoopThatNoLineTellsIsSeenInTheProcessTable() {
        assertThat(reason(master(200, 11), master(600, 12), master(1000, 13))).isEqualTo(Reason.WORKERS_DYING);
    }

    @Test
    void aSilentServerThatRecyclesAfterEachRequestIsNotInALoop() {
        assertThat(verdict(
                                master(200, 11),
                                answer(300, 200),
                                master(600, 12),
                                answer(700, 200),
                                master(1000, 13),
                                answer(1100, 200),
                                master(1500, 14),
                                tick(2300))
                        .isReady())
                .isTrue();
    }

    @Test
    void workersThatWereStartedAndAreNotThereAreDead() {
        assertThat(reason(bound(200), booting(210, 7), booting(300, 9), booting(400, 11), master(900, 31)))
                .isEqualTo(Reason.WORKERS_DYING);
        assertThat(judge(bound(200), booting(210, 7), booting(300, 9), master(900, 31, 32)))
                .isEmpty();
    }

    @Test
    void aDeathThatNoLineTellsHoldsReadyBackToo() {
        BootEvent[] start = {
            bound(200), booting(210, 7), answer(300, 200), booting(1300, 9), master(1700, 31), answer(1800, 200)
        };
        assertThat(judge(append(start, tick(3800)))).isEmpty();
        assertThat(reason(append(start, booting(2400, 11), master(2800, 32)))).isEqualTo(Reason.WORKERS_DYING);
        assertThat(verdict(append(start, tick(4390))).isReady()).isTrue();
    }

    @Test
    void aQuietWorkerThatDiesWithoutARequestIsSeenInTheProcessTable() {
        BootEvent[] start = {master(200, 11), answer(300, 200), master(1000, 11), master(1400, 12)};
        assertThat(judge(append(start, tick(2300)))).isEmpty();
        assertThat(reason(append(start, answer(2300, 200), master(2900, 12), master(3300, 13))))
                .isEqualTo(Reason.WORKERS_DYING);
    }

    @Test
    void aWorkerKilledForMemoryDecidesAtTheFirstTime() {
        assertThat(reason(bound(300), booting(310, 7), new OutOfMemory(ms(500)), ended(510, 7, "SIGKILL")))
                .isEqualTo(Reason.OUT_OF_MEMORY);
    }

    @Test
    void aChildKilledForMemoryThatTheAppCopesWithDecidesNothing() {
        assertThat(verdict(bound(300), booting(310, 7), answer(400, 200), new OutOfMemory(ms(500)), tick(2400))
                        .isReady())
                .isTrue();
    }

    @Test
    void aTimeoutBeforeTheFirstAnswerDecides() {
        assertThat(reason(bound(300), booting(310, 7), new WorkerTimedOut(ms(3300), 7)))
                .isEqualTo(Reason.WORKER_TIMED_OUT);
    }

    @Test
    void aBindToLoopbackDecidesOnceTheSocketsBearItOut() {
        BootEvent loopback = new ServerBound(ms(300), List.of("http://127.0.0.1:8000"), OptionalInt.of(1));
        assertThat(judge(loopback, tick(310))).isEmpty();
        assertThat(verdict(loopback, listening(350, "127.0.0.1", 8000))).isInstanceOfSatisfying(NotReady.class, no -> {
            assertThat(no.reason()).isEqualTo(Reason.UNREACHABLE);
            assertThat(no.at()).isEqualTo(ms(300));
        });
        assertThat(reason(loopback, tick(1800))).isEqualTo(Reason.UNREACHABLE);
    }

    @Test
    void aBindLineThatTheAppMadeUpDecidesNothing() {
        assertThat(verdict(
                                new ServerBound(ms(300), List.of("http://127.0.0.1:5000"), OptionalInt.of(99)),
                                listening(350, "10.0.0.9", 22),
                                tick(2500),
                                bound(2600),
                                answer(2700, 200),
                                tick(4700))
                        .isReady())
                .isTrue();
    }

    @Test
    void aBindToAnotherPortWaitsForAServerThatMayTakeTheRightOne() {
        BootEvent other = new ServerBound(ms(300), List.of("http://0.0.0.0:9000"), OptionalInt.of(1));
        BootEvent table = listening(350, "0.0.0.0", 9000);
        assertThat(judge(other, table, tick(700))).isEmpty();
        assertThat(reason(other, table, tick(1800))).isEqualTo(Reason.WRONG_PORT);
        assertThat(reason(other, table, directMaster(350, 11))).isEqualTo(Reason.WRONG_PORT);
    }

    @Test
    void aScriptMayRehearseAServerOnLoopbackAndThenStartTheRealOne() {
        BootEvent loopback = new ServerBound(ms(300), List.of("http://127.0.0.1:8000"), OptionalInt.of(7));
        assertThat(verdict(
                                loopback,
                                master(350, 11),
                                listening(360, "127.0.0.1", 8000),
                                bound(1500),
                                answer(1600, 200),
                                tick(3600))
                        .isReady())
                .isTrue();
        assertThat(reason(loopback, master(350, 11), listening(360, "127.0.0.1", 8000), tick(3300)))
                .isEqualTo(Reason.UNREACHABLE);
    }

    @Test
    void aServerBehindAProxyInTheSameContainerMayListenOnLoopback() {
        BootEvent loopback = new ServerBound(ms(300), List.of("unix:/run/app.sock"), OptionalInt.of(7));
        ProcessesSeen table = new ProcessesSeen(
                ms(350),
                List.of(
                        new RunningProcess(1, 0, "/bin/sh /start.sh"),
                        new RunningProcess(10, 1, "python gunicorn app:app"),
                        new RunningProcess(11, 10, "python gunicorn app:app"),
                        new RunningProcess(20, 1, "nginx: master process nginx")));
        assertThat(verdict(loopback, table, new ProbeAnswered(ms(400), 8000, 200, "nginx/1.22.1", ms(2)), tick(2400))
                        .isReady())
                .isTrue();
    }

    @Test
    void aSilentServerOnLoopbackIsSeenInTheSocketTable() {
        assertThat(reason(new SocketsSeen(ms(1500), List.of(new Socket("127.0.0.1", 8000, true, true)))))
                .isEqualTo(Reason.UNREACHABLE);
        assertThat(judge(new SocketsSeen(ms(1500), List.of(new Socket("127.0.0.1", 9999, true, true)))))
                .isEmpty();
    }

    @Test
    void errorsDecideOnlyAfterAWhile() {
        BootEvent[] errors = {bound(300), answer(400, 500), answer(1400, 500), answer(2400, 500), answer(5400, 500)};
        assertThat(judge(append(errors, tick(5401)))).isEmpty();
        assertThat(reason(append(errors, tick(6400)))).isEqualTo(Reason.HTTP_ERROR);
    }

    @Test
    void aServiceThatSaysNotYetIsWaitedFor() {
        assertThat(verdict(
                                bound(300),
                                answer(400, 503),
                                answer(5000, 503),
                                answer(15_000, 503),
                                answer(20_000, 200),
                                tick(22_000))
                        .isReady())
                .isTrue();
    }

    @Test
    void aHealthcheckThatCannotBeRunDecides() {
        Boot boot = boot("gunicorn", OptionalInt.of(8000), List.of("curl", "-f", "http://localhost"));
        assertThat(judge(
                        boot,
                        Policy.DEFAULT,
                        bound(300),
                        answer(400, 200),
                        new HealthChecked(ms(500), false, 127, "curl: not found")))
                .get()
                .extracting(verdict -> ((NotReady) verdict).reason())
                .isEqualTo(Reason.UNHEALTHY);
    }

    @Test
    void theDeadlineTellsWhatWasStillMissing() {
        NotReady verdict = (NotReady) verdict(bound(300), failed(59_000), tick(60_000));
        assertThat(verdict.reason()).isEqualTo(Reason.TIMED_OUT);
        assertThat(verdict.missing()).anyMatch(text -> text.contains("HTTP was not answered"));
    }

    @Test
    void aVerdictStays() {
        BootState state = state(Boot.unknown("gunicorn"), Policy.DEFAULT);
        for (BootEvent event :
                List.of(new Exited(ms(500), 1, false), tick(600), bound(700), answer(800, 200), tick(9000))) {
            state = state.after(event);
        }
        assertThat(state.verdict()).get().extracting(Verdict::at).isEqualTo(ms(500));
    }

    // ---- input

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    private static BootEvent tick(long at) {
        return new Ticked(ms(at));
    }

    private static BootEvent bound(long at) {
        return new ServerBound(ms(at), List.of("http://0.0.0.0:8000"), OptionalInt.of(1));
    }

    private static BootEvent answer(long at, int status) {
        return new ProbeAnswered(ms(at), 8000, status, "", ms(2));
    }

    private static BootEvent failed(long at) {
        return new ProbeFailed(ms(at), 8000, ProbeFailure.CLOSED, "closed");
    }

    private static BootEvent booting(long at, int pid) {
        return new WorkerBooting(ms(at), pid);
    }

    private static BootEvent ended(long at, int pid, int code) {
        return new WorkerEnded(ms(at), pid, OptionalInt.of(code), Optional.empty());
    }

    private static BootEvent ended(long at, int pid, String signal) {
        return new WorkerEnded(ms(at), pid, OptionalInt.empty(), Optional.of(signal));
    }

    private static BootEvent master(long at, int... children) {
        List<RunningProcess> table = new ArrayList<>();
        table.add(new RunningProcess(1, 0, "/bin/sh -c gunicorn app:app"));
        table.add(new RunningProcess(10, 1, "/usr/bin/python3 /usr/bin/gunicorn app:app"));
        for (int child : children) {
            table.add(new RunningProcess(child, 10, "/usr/bin/python3 /usr/bin/gunicorn app:app"));
        }
        return new ProcessesSeen(ms(at), table);
    }

    private static BootEvent directMaster(long at, int child) {
        return new ProcessesSeen(
                ms(at),
                List.of(
                        new RunningProcess(10, 1, "/usr/bin/python3 /usr/bin/gunicorn app:app"),
                        new RunningProcess(child, 10, "/usr/bin/python3 /usr/bin/gunicorn app:app")));
    }

    private static BootEvent listening(long at, String address, int port) {
        return new SocketsSeen(ms(at), List.of(new Socket(address, port, true, true)));
    }

    private static BootEvent[] append(BootEvent[] events, BootEvent... more) {
        List<BootEvent> all = new ArrayList<>(List.of(events));
        all.addAll(List.of(more));
        return all.toArray(BootEvent[]::new);
    }

    private static List<String> missing(BootEvent... events) {
        return ((NotReady) verdict(append(events, tick(60_000)))).missing();
    }

    private static Verdict verdict(BootEvent... events) {
        return judge(events).orElseThrow();
    }

    private static Reason reason(BootEvent... events) {
        return ((NotReady) verdict(events)).reason();
    }

    private static Optional<Verdict> judge(BootEvent... events) {
        return judge(boot("gunicorn", OptionalInt.of(8000), List.of()), Policy.DEFAULT, events);
    }

    private static Optional<Verdict> judge(Boot boot, Policy policy, BootEvent... events) {
        BootState state = state(boot, policy);
        for (BootEvent event : events) {
            state = state.after(event);
        }
        return state.verdict();
    }

    private static BootState state(Boot boot, Policy policy) {
        return BootState.initial(policy)
                .after(new Created(Duration.ZERO, boot))
                .after(new Started(Duration.ZERO, Instant.EPOCH));
    }

    static Boot boot(String server, OptionalInt port, List<String> healthcheck) {
        return new Boot(
                "acme/orders:1",
                List.of("gunicorn", "app:app"),
                "/app",
                "",
                Set.of(),
                List.of(8000),
                port,
                server,
                healthcheck,
                "amd64",
                "amd64",
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                false);
    }
}
