package io.bootgate.judge;

import io.bootgate.timeline.BootEvent.ServerEvent;
import io.bootgate.timeline.BootEvent.ServerReloading;
import io.bootgate.timeline.BootEvent.WorkerBooting;
import io.bootgate.timeline.BootEvent.WorkerEnded;
import io.bootgate.timeline.BootEvent.WorkerExiting;
import io.bootgate.timeline.BootEvent.WorkerFailed;
import io.bootgate.timeline.BootEvent.WorkerRecycling;
import io.bootgate.timeline.BootEvent.WorkerTimedOut;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the server's log told of its workers, by pid. */
record Workers(Map<Integer, Worker> byPid, TreeSet<Duration> reloads) {

    static final Workers NONE = new Workers(Map.of(), new TreeSet<>());

    /**
     * One worker.
     *
     * @param ended when it left, by its own last words or its master's
     * @param killed whether a signal ended it
     */
    record Worker(
            Optional<Duration> booted,
            Optional<Duration> ended,
            boolean killed,
            Optional<Duration> failed,
            Optional<Duration> timedOut,
            boolean recycling) {
        static final Worker UNHEARD =
                new Worker(Optional.empty(), Optional.empty(), false, Optional.empty(), Optional.empty(), false);

        Duration lifetime() {
            return booted.flatMap(start -> ended.map(end -> end.minus(start))).orElse(Duration.ZERO);
        }
    }

    Workers with(ServerEvent event) {
        if (event instanceof WorkerBooting booting) {
            Worker worker = worker(booting.pid());
            return put(
                    booting.pid(),
                    new Worker(
                            min(worker.booted, event.at()),
                            worker.ended,
                            worker.killed,
                            worker.failed,
                            worker.timedOut,
                            worker.recycling));
        }
        if (event instanceof WorkerExiting exiting) {
            Worker worker = worker(exiting.pid());
            return put(
                    exiting.pid(),
                    new Worker(
                            worker.booted,
                            min(worker.ended, event.at()),
                            worker.killed,
                            worker.failed,
                            worker.timedOut,
                            worker.recycling));
        }
        if (event instanceof WorkerEnded end) {
            Worker worker = worker(end.pid());
            boolean killed = worker.killed || end.signal().isPresent();
            return put(
                    end.pid(),
                    new Worker(
                            worker.booted,
                            min(worker.ended, event.at()),
                            killed,
                            worker.failed,
                            worker.timedOut,
                            worker.recycling));
        }
        if (event instanceof WorkerTimedOut timeout) {
            Worker worker = worker(timeout.pid());
            return put(
                    timeout.pid(),
                    new Worker(
                            worker.booted,
                            worker.ended,
                            worker.killed,
                            worker.failed,
                            min(worker.timedOut, event.at()),
                            worker.recycling));
        }
        if (event instanceof WorkerFailed failure) {
            Worker worker = worker(failure.pid());
            return put(
                    failure.pid(),
                    new Worker(
                            worker.booted,
                            worker.ended,
                            worker.killed,
                            min(worker.failed, event.at()),
                            worker.timedOut,
                            worker.recycling));
        }
        if (event instanceof WorkerRecycling recycling) {
            Worker worker = worker(recycling.pid());
            return put(
                    recycling.pid(),
                    new Worker(worker.booted, worker.ended, worker.killed, worker.failed, worker.timedOut, true));
        }
        if (event instanceof ServerReloading) {
            TreeSet<Duration> more = new TreeSet<>(reloads);
            more.add(event.at());
            return new Workers(byPid, more);
        }
        return this;
    }

    /** Workers that ended without a legitimate reason, earliest first. */
    List<Worker> dead() {
        return byPid.values().stream()
                .filter(worker -> worker.ended.isPresent() && !isExpected(worker))
                .sorted((a, b) -> a.ended.orElseThrow().compareTo(b.ended.orElseThrow()))
                .toList();
    }

    /** Workers that ended, for whatever reason. */
    long ended() {
        return byPid.values().stream()
                .filter(worker -> worker.ended.isPresent())
                .count();
    }

    /** When workers were started, in order. */
    List<Duration> starts() {
        return byPid.values().stream()
                .flatMap(worker -> worker.booted.stream())
                .sorted()
                .toList();
    }

    Stream<Duration> timeouts() {
        return byPid.values().stream().flatMap(worker -> worker.timedOut.stream());
    }

    /** Failed while loading the app, and gone or about to go for it. */
    Stream<Worker> failedAndEnded() {
        return byPid.values().stream().filter(worker -> worker.failed.isPresent() && worker.ended.isPresent());
    }

    /** Whether a worker is being replaced around that time, so that a request may find nobody. */
    boolean recyclesNear(Duration time, Duration distance) {
        return byPid.values().stream()
                .filter(worker -> worker.recycling || (worker.ended.isPresent() && isExpected(worker)))
                .flatMap(worker -> Stream.concat(worker.ended.stream(), worker.booted.stream()))
                .anyMatch(at -> at.minus(time).abs().compareTo(distance) <= 0);
    }

    private boolean isExpected(Worker worker) {
        // A reload ends every worker that was there before it; the ones it starts must live.
        return worker.recycling
                || reloads.stream()
                        .anyMatch(reload -> worker.ended.orElseThrow().compareTo(reload) >= 0
                                && worker.booted
                                        .map(booted -> booted.compareTo(reload) <= 0)
                                        .orElse(true));
    }

    private Worker worker(int pid) {
        return byPid.getOrDefault(pid, Worker.UNHEARD);
    }

    private Workers put(int pid, Worker worker) {
        Map<Integer, Worker> more = new HashMap<>(byPid);
        more.put(pid, worker);
        return new Workers(more, reloads);
    }

    private static Optional<Duration> min(Optional<Duration> known, Duration at) {
        return known.filter(before -> before.compareTo(at) <= 0).or(() -> Optional.of(at));
    }
}
