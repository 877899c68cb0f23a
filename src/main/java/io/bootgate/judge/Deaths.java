package io.bootgate.judge;

import io.bootgate.judge.Workers.Worker;
import io.bootgate.timeline.BootEvent.ProbeAnswered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Ends of workers that have no legitimate reason, earliest first: those that the log tells, and those that no line tells
 * (Gunicorn 19.9 and 20.0 do not log a killed worker, and a quiet log level tells nothing at all).
 */
record Deaths(List<Death> list) {

    /** Workers started this long before a process table was seen must be in it. */
    private static final Duration TABLE_LAG = Duration.ofMillis(250);

    /**
     * A worker that leaves after a request is gone from the table this long after the answer, at the latest. As long, a table
     * may take from being asked for to being read.
     */
    private static final Duration AFTER_ANSWER = Duration.ofMillis(500);

    /**
     * One of them.
     *
     * @param killed whether a signal ended it, as far as anybody can tell
     */
    record Death(Duration at, Duration lifetime, boolean killed) {}

    static Deaths of(Seen seen) {
        List<Death> deaths = new ArrayList<>();
        for (Worker worker : seen.workers().dead()) {
            deaths.add(new Death(worker.ended().orElseThrow(), worker.lifetime(), worker.killed()));
        }
        deaths.addAll(seen.workers().byPid().isEmpty() ? withoutLog(seen) : withoutLine(seen));
        deaths.sort(Comparator.comparing(Death::at));
        return new Deaths(List.copyOf(deaths));
    }

    int count() {
        return list.size();
    }

    Optional<Death> last() {
        return list.isEmpty() ? Optional.empty() : Optional.of(list.get(list.size() - 1));
    }

    boolean anyKilled() {
        return list.stream().anyMatch(Death::killed);
    }

    /** The log told of more starts than there are workers and ends: each later start replaced one that died. */
    private static List<Death> withoutLine(Seen seen) {
        Processes processes = seen.processes();
        Optional<Integer> alive = processes.workers(seen.server()).map(pids -> pids.size());
        if (alive.isEmpty()) {
            return List.of();
        }
        Duration before = processes.latest().orElseThrow().at().minus(TABLE_LAG);
        List<Duration> starts = seen.workers().starts().stream()
                .filter(start -> start.compareTo(before) <= 0)
                .toList();
        long missing = starts.size() - alive.get() - seen.workers().ended();
        List<Death> deaths = new ArrayList<>();
        for (int i = 0; i < missing; i++) {
            Duration replaced = starts.get(starts.size() - 1 - i);
            deaths.add(new Death(replaced, replaced.minus(starts.get(0)), true));
        }
        return deaths;
    }

    /** Nothing is logged: a worker that is in one table and not in the next died, unless it had just served a request. */
    private static List<Death> withoutLog(Seen seen) {
        List<Death> deaths = new ArrayList<>();
        for (Processes.Loss loss : seen.processes().losses(seen.server())) {
            boolean afterRequest =
                    seen.probes().answers().stream().map(ProbeAnswered::at).anyMatch(at -> isBetween(at, loss))
                            || seen.health()
                                    .last()
                                    .filter(checked -> isBetween(checked.at(), loss))
                                    .isPresent();
            if (!afterRequest) {
                deaths.add(new Death(loss.goneAt(), loss.goneAt().minus(loss.firstSeen()), true));
            }
        }
        return deaths;
    }

    private static boolean isBetween(Duration at, Processes.Loss loss) {
        return at.compareTo(loss.lastSeen().minus(AFTER_ANSWER)) >= 0
                && at.compareTo(loss.goneAt().plus(AFTER_ANSWER)) <= 0;
    }
}
