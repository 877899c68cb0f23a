package io.bootgate.watch;

import io.bootgate.engine.Container;
import io.bootgate.engine.Container.ExecOutcome;
import io.bootgate.engine.EngineException;
import io.bootgate.timeline.BootEvent.HealthChecked;
import io.bootgate.timeline.BootEvent.ProcessesSeen;
import io.bootgate.timeline.BootEvent.RunningProcess;
import io.bootgate.timeline.BootEvent.Socket;
import io.bootgate.timeline.BootEvent.SocketsSeen;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

/** Looks at what the engine does not push: processes, sockets, the HEALTHCHECK. One look of a kind at a time. */
final class Looker {
    private enum Kind {
        PROCESSES,
        SOCKETS,
        HEALTH
    }

    private static final Duration EXEC = Duration.ofSeconds(5);
    private static final Duration HEALTH = Duration.ofSeconds(30);

    private final Container container;
    private final ExecutorService threads;
    private final EngineTime clock;
    private final Signals signals;
    private final Map<Kind, Boolean> underWay = new EnumMap<>(Kind.class);
    private final Map<Kind, Duration> lastLook = new EnumMap<>(Kind.class);

    Looker(Container container, ExecutorService threads, EngineTime clock, Signals signals) {
        this.container = container;
        this.threads = threads;
        this.clock = clock;
        this.signals = signals;
    }

    /** False if it is too early for another look. */
    boolean processes(Duration atLeastApart) {
        return look(Kind.PROCESSES, atLeastApart, () -> {
            // The time of asking: who was started before it must be in the answer, however long that takes.
            Instant asked = clock.now();
            List<RunningProcess> rows = container.processes().stream()
                    .map(row -> new RunningProcess(row.pid(), row.parent(), row.command()))
                    .toList();
            if (!rows.isEmpty()) {
                signals.happened(asked, at -> new ProcessesSeen(at, rows));
            }
        });
    }

    void sockets(Duration atLeastApart) {
        look(Kind.SOCKETS, atLeastApart, () -> {
            ExecOutcome table = container.exec(List.of("cat", "/proc/net/tcp", "/proc/net/tcp6"), EXEC);
            List<Socket> sockets = SocketTable.parse(table.output());
            if (table.exitCode() == 0 || !sockets.isEmpty()) {
                signals.happened(clock.now(), at -> new SocketsSeen(at, sockets));
            }
        });
    }

    void health(List<String> test, Duration atLeastApart) {
        look(Kind.HEALTH, atLeastApart, () -> {
            ExecOutcome outcome = container.exec(test, HEALTH);
            boolean passed = outcome.exitCode() == 0 && !outcome.timedOut();
            signals.happened(
                    clock.now(),
                    at -> new HealthChecked(
                            at, passed, outcome.exitCode(), outcome.output().strip()));
        });
    }

    private synchronized boolean look(Kind kind, Duration atLeastApart, Runnable look) {
        Duration now = clock.sinceStart();
        Duration last = lastLook.get(kind);
        if (underWay.getOrDefault(kind, false)
                || (last != null && now.minus(last).compareTo(atLeastApart) < 0)) {
            return false;
        }
        underWay.put(kind, true);
        try {
            threads.execute(() -> {
                try {
                    look.run();
                } catch (EngineException e) {
                    // The container ended in the meantime, or the engine did: both are told on their own ways.
                } finally {
                    done(kind);
                }
            });
        } catch (RejectedExecutionException e) {
            done(kind); // the watch is over
        }
        return true;
    }

    private synchronized void done(Kind kind) {
        underWay.put(kind, false);
        lastLook.put(kind, clock.sinceStart());
    }
}
