package io.bootgate.judge;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every sequence of events. A failing seed is in the test's name and repeats the failure. */
class JudgePropertiesTest {

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theOrderOfSimultaneousEventsDoesNotChangeTheVerdict(long seed) {
        Random random = new Random(seed);
        List<BootEvent> events = events(random, 40);
        Optional<Verdict> verdict = judge(events);
        for (int round = 0; round < 5; round++) {
            assertThat(judge(shuffledWithinInstants(events, random))).isEqualTo(verdict);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingIsReadyWithoutAnAcceptedAnswer(long seed) {
        List<BootEvent> events = events(new Random(seed), 60).stream()
                .filter(event -> !(event instanceof ProbeAnswered answer && Policy.DEFAULT.accepts(answer.status())))
                .toList();
        assertThat(judge(events).filter(Verdict::isReady)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyBootEndsWithAVerdictAtTheDeadlineAtTheLatest(long seed) {
        List<BootEvent> events = new ArrayList<>(events(new Random(seed), 30));
        events.add(new Ticked(Policy.DEFAULT.timeout()));
        assertThat(judge(events))
                .get()
                .satisfies(verdict -> assertThat(verdict.at()).isBetween(Duration.ZERO, Policy.DEFAULT.timeout()));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aVerdictOnceGivenStaysWhateverFollows(long seed) {
        BootState state = BootState.initial(Policy.DEFAULT);
        Optional<Verdict> given = Optional.empty();
        for (BootEvent event : events(new Random(seed), 80)) {
            state = state.after(event);
            Optional<Verdict> decided = state instanceof Decided ? state.verdict() : Optional.empty();
            if (given.isPresent()) {
                assertThat(decided).isEqualTo(given);
            }
            given = given.or(() -> decided);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsToldLateDoesNotTurnTheClockBack(long seed) {
        Random random = new Random(seed);
        BootState state = BootState.initial(Policy.DEFAULT);
        Duration latest = Duration.ZERO;
        List<BootEvent> events = new ArrayList<>(events(random, 40));
        Collections.shuffle(events, random);
        for (BootEvent event : events) {
            latest = event.at().compareTo(latest) > 0 ? event.at() : latest;
            state = state.after(event);
            if (state instanceof Booting booting) {
                assertThat(booting.seen().now()).isEqualTo(latest);
            }
        }
    }

    private static Optional<Verdict> judge(List<BootEvent> events) {
        BootState state = BootState.initial(Policy.DEFAULT);
        for (BootEvent event : events) {
            state = state.after(event);
        }
        return state.verdict();
    }

    /** A boot in which anything may happen, several things at a time. */
    private static List<BootEvent> events(Random random, int most) {
        List<BootEvent> events = new ArrayList<>();
        events.add(new Created(Duration.ZERO, JudgeTest.boot("gunicorn", OptionalInt.of(8000), List.of())));
        events.add(new Started(Duration.ZERO, Instant.EPOCH));
        Duration at = Duration.ZERO;
        for (int i = random.nextInt(most); i >= 0; i--) {
            at = at.plusMillis(random.nextInt(3) == 0 ? random.nextInt(1500) : 0);
            events.add(event(random, at));
        }
        return events;
    }

    private static BootEvent event(Random random, Duration at) {
        int pid = 7 + random.nextInt(5);
        return switch (random.nextInt(24)) {
            case 0, 1, 2 -> new ServerBound(at, List.of(address(random)), OptionalInt.of(1));
            case 3, 4, 5, 6 -> new ProbeAnswered(at, 8000, random.nextInt(3) == 0 ? 500 : 200, "gunicorn", at);
            case 7, 8 -> new ProbeFailed(at, 8000, ProbeFailure.CLOSED, "closed");
            case 9, 10, 11 -> new WorkerBooting(at, pid);
            case 12 -> new WorkerExiting(at, pid);
            case 13 -> new WorkerEnded(at, pid, OptionalInt.of(1), Optional.empty());
            case 14 -> new WorkerRecycling(at, pid);
            case 15 -> new ServerReloading(at);
            case 16, 17 -> table(random, at);
            case 18 -> new OutOfMemory(at);
            case 19 -> new HealthChecked(at, random.nextBoolean(), 1, "");
            case 20 -> random.nextInt(4) == 0 ? new Exited(at, random.nextInt(3), false) : new Ticked(at);
            case 21 -> random.nextInt(4) == 0 ? new WorkerTimedOut(at, pid) : new Ticked(at);
            case 22 -> random.nextInt(4) == 0 ? rare(random, at, pid) : new Ticked(at);
            default -> new Ticked(at);
        };
    }

    private static BootEvent rare(Random random, Duration at, int pid) {
        return switch (random.nextInt(4)) {
            case 0 -> new AppFailed(at, "no app");
            case 1 -> new BindFailed(at, "('', 8000)", "in use", random.nextBoolean());
            case 2 -> new ServerStopping(at, random.nextBoolean() ? Optional.of("failed") : Optional.empty());
            default -> new WorkerFailed(at, pid);
        };
    }

    private static String address(Random random) {
        return List.of("http://0.0.0.0:8000", "http://127.0.0.1:8000", "unix:/run/a.sock", "http://[::]:9000")
                .get(random.nextInt(4));
    }

    private static BootEvent table(Random random, Duration at) {
        List<RunningProcess> rows = new ArrayList<>(List.of(new RunningProcess(10, 1, "python gunicorn app:app")));
        Stream.generate(() -> new RunningProcess(11 + random.nextInt(6), 10, "python gunicorn app:app"))
                .limit(random.nextInt(3))
                .forEach(rows::add);
        return new ProcessesSeen(at, rows);
    }

    private static List<BootEvent> shuffledWithinInstants(List<BootEvent> events, Random random) {
        List<BootEvent> shuffled = new ArrayList<>();
        int start = 0;
        for (int end = 1; end <= events.size(); end++) {
            if (end == events.size()
                    || !events.get(end).at().equals(events.get(start).at())) {
                List<BootEvent> instant = new ArrayList<>(events.subList(start, end));
                Collections.shuffle(instant, random);
                shuffled.addAll(instant);
                start = end;
            }
        }
        return shuffled;
    }
}
