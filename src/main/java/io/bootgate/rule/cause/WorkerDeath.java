package io.bootgate.rule.cause;

import io.bootgate.timeline.BootEvent;
import io.bootgate.timeline.BootEvent.ServerReloading;
import io.bootgate.timeline.BootEvent.ServerStopping;
import io.bootgate.timeline.BootEvent.WorkerBooting;
import io.bootgate.timeline.BootEvent.WorkerEnded;
import io.bootgate.timeline.BootEvent.WorkerExiting;
import io.bootgate.timeline.BootEvent.WorkerFailed;
import io.bootgate.timeline.BootEvent.WorkerRecycling;
import io.bootgate.timeline.BootEvent.WorkerTimedOut;
import io.bootgate.timeline.Timeline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A worker's end that nobody had asked for, as the log tells it.
 *
 * @param exitCode empty where the log does not tell it (before 21.2, and 0 is never told)
 * @param lastWords whether the worker's own Python code ran to its end
 * @param timedOut whether its master killed it for taking too long
 * @param failed whether it logged an exception while loading the app
 * @param told the event of the line that tells it best
 */
record WorkerDeath(
        int pid,
        OptionalInt exitCode,
        Optional<String> signal,
        boolean lastWords,
        boolean timedOut,
        boolean failed,
        BootEvent told) {

    /** In the order in which they were told. What follows on the server's own stop is none. */
    static List<WorkerDeath> in(Timeline timeline) {
        Map<Integer, Integer> current = new HashMap<>();
        List<WorkerDeath> deaths = new ArrayList<>();
        Set<Integer> leaving = new HashSet<>();
        Set<Integer> alive = new HashSet<>();
        Set<Integer> failed = new HashSet<>();
        Set<Integer> timedOut = new HashSet<>();
        for (BootEvent event : timeline.events()) {
            if (event instanceof WorkerBooting booting) {
                List.of(leaving, failed, timedOut).forEach(pids -> pids.remove(booting.pid()));
                current.remove(booting.pid());
                alive.add(booting.pid());
            } else if (event instanceof WorkerRecycling recycling) {
                leaving.add(recycling.pid());
            } else if (event instanceof ServerReloading) {
                leaving.addAll(alive);
            } else if (event instanceof ServerStopping) {
                break;
            } else if (event instanceof WorkerFailed failure) {
                failed.add(failure.pid());
            } else if (event instanceof WorkerTimedOut silent) {
                timedOut.add(silent.pid());
            } else if (event instanceof WorkerExiting exiting && !leaving.contains(exiting.pid())) {
                put(deaths, current, of(exiting.pid(), event, failed, timedOut));
            } else if (event instanceof WorkerEnded ended && !leaving.contains(ended.pid())) {
                put(deaths, current, of(ended.pid(), event, failed, timedOut));
            }
        }
        return deaths;
    }

    private static WorkerDeath of(int pid, BootEvent event, Set<Integer> failed, Set<Integer> timedOut) {
        OptionalInt code = event instanceof WorkerEnded ended ? ended.exitCode() : OptionalInt.empty();
        Optional<String> signal = event instanceof WorkerEnded ended ? ended.signal() : Optional.empty();
        return new WorkerDeath(
                pid, code, signal, event instanceof WorkerExiting, timedOut.contains(pid), failed.contains(pid), event);
    }

    private static void put(List<WorkerDeath> deaths, Map<Integer, Integer> current, WorkerDeath death) {
        Integer index = current.get(death.pid());
        if (index == null) {
            current.put(death.pid(), deaths.size());
            deaths.add(death);
        } else {
            WorkerDeath earlier = deaths.get(index);
            deaths.set(
                    index,
                    new WorkerDeath(
                            death.pid(),
                            death.exitCode().isPresent() ? death.exitCode() : earlier.exitCode(),
                            death.signal().or(earlier::signal),
                            death.lastWords() || earlier.lastWords(),
                            death.timedOut() || earlier.timedOut(),
                            death.failed() || earlier.failed(),
                            death.told() instanceof WorkerEnded ? death.told() : earlier.told()));
        }
    }
}
