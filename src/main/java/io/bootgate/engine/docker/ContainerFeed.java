package io.bootgate.engine.docker;

import com.github.dockerjava.api.model.CpuStatsConfig;
import com.github.dockerjava.api.model.CpuUsageConfig;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventType;
import com.github.dockerjava.api.model.MemoryStatsConfig;
import com.github.dockerjava.api.model.Statistics;
import com.github.dockerjava.api.model.StatsConfig;
import com.github.dockerjava.api.model.ThrottlingDataConfig;
import com.github.dockerjava.api.model.WaitResponse;
import io.bootgate.engine.Container.State;
import io.bootgate.engine.ContainerListener;
import io.bootgate.engine.EngineException;
import io.bootgate.engine.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All that the engine pushes about one container, told to its listener: events from before the start on, log, end and
 * memory from the start on. Whichever stream hears of the end first tells it.
 */
final class ContainerFeed implements AutoCloseable {
    /** Signals that do not ask a process to end. */
    private static final int MOST_EVENT_STREAMS = 10;

    private static final Set<String> HARMLESS_SIGNALS =
            Set.of("1", "10", "12", "17", "28", "HUP", "USR1", "USR2", "CHLD", "WINCH", "SIGHUP", "SIGUSR1", "SIGUSR2");

    private final EngineConnection engine;
    private final Supplier<Instant> engineClock;
    private final String id;
    private final ContainerListener listener;
    private final Supplier<State> state;
    private final ContainerLog log;
    private final ConcurrentLinkedQueue<AutoCloseable> open = new ConcurrentLinkedQueue<>();
    private final CountDownLatch startTold = new CountDownLatch(1);
    private final AtomicBoolean endTold = new AtomicBoolean();
    private volatile @Nullable MemoryKills memoryKills;
    private volatile UsageMeter meter = new UsageMeter(new ControlGroup(List.of()));
    private volatile boolean memoryKillSeen;
    private volatile Instant newestEvent = Instant.EPOCH;
    private final AtomicInteger eventStreams = new AtomicInteger(1);
    private volatile @Nullable String signalFromOutside;
    private volatile boolean closed;

    ContainerFeed(
            EngineConnection engine,
            Supplier<Instant> engineClock,
            String id,
            ContainerListener listener,
            Supplier<State> state) {
        this.engine = engine;
        this.engineClock = engineClock;
        this.id = id;
        this.listener = listener;
        this.state = state;
        log = new ContainerLog(engine, engineClock, id, listener, startTold, this::logEnded);
        open.add(log);
    }

    /** Returns when the engine has answered; nothing after {@code since} (its clock) is missed. */
    void subscribe(Instant since) {
        follow(since);
        log.prepare();
    }

    private void follow(Instant since) {
        newestEvent = since;
        Subscription<Event> events = new Subscription<>(this::heard, this::eventsEnded);
        open.add(events);
        engine.ask("push events", () -> {
            engine.client()
                    .eventsCmd()
                    .withEventTypeFilter(EventType.CONTAINER)
                    .withContainerFilter(id)
                    // Docker answers before it has subscribed: without a moment to begin at, a first event can be
                    // missed.
                    .withSince("%d.%09d".formatted(since.getEpochSecond(), since.getNano()))
                    .exec(events);
            events.awaitBegun();
            return true;
        });
    }

    /** The main process was started: tells it, then follows log, end and memory. */
    void begin(Instant startedAt, long pid) {
        listener.started(startedAt);
        startTold.countDown();
        UsageMeter counting = new UsageMeter(ControlGroup.of(id, pid));
        meter = counting;
        // Podman tells of no such kill, and Docker misses one if the cgroup is gone by the time it looks.
        MemoryKills.watch(id, pid, () -> killedForMemory(engineClock.get()), counting::look)
                .ifPresent(kills -> {
                    memoryKills = kills;
                    open.add(kills);
                });
        log.begin();
        follow(
                new Subscription<WaitResponse>(this::waited, end -> {}),
                stream -> engine.client().waitContainerCmd(id).exec(stream));
        follow(
                new Subscription<Statistics>(this::measured, end -> {}),
                stream -> engine.client().statsCmd(id).exec(stream));
    }

    /** The main process could not be started: there will be nothing to tell. */
    void refused() {
        close();
    }

    /** Why the engine did not prepare the container, where it was asked to before the start. */
    Optional<String> refusal() {
        return log.refusal();
    }

    Usage usage() {
        UsageMeter counting = meter;
        counting.look();
        return counting.usage();
    }

    boolean sawMemoryKill() {
        return memoryKillSeen;
    }

    private <T> void follow(Subscription<T> stream, Consumer<Subscription<T>> start) {
        open.add(stream);
        start.accept(stream);
        if (closed) {
            stream.close();
        }
    }

    private void heard(Event event) {
        newestEvent = at(event);
        String action = String.valueOf(event.getAction());
        switch (action) {
            case "oom" -> {
                awaitStartTold();
                killedForMemory(at(event));
            }
            case "kill" -> {
                String signal = attributes(event).getOrDefault("signal", "");
                if (!HARMLESS_SIGNALS.contains(signal)) {
                    signalFromOutside = signal.isEmpty() ? "KILL" : signal;
                }
            }
            case "die" -> {
                awaitStartTold();
                died(event);
                log.finish();
            }
            default -> {
                // create, start, exec_*, top, archive-path, cleanup: known already, or of the gate's own making.
            }
        }
    }

    private void died(Event event) {
        String code =
                attributes(event).getOrDefault("exitCode", attributes(event).get("containerExitCode"));
        if (code != null && !code.isEmpty()) {
            ended(at(event), Integer.parseInt(code));
        } else {
            endedByState(true);
        }
    }

    private static Map<String, String> attributes(Event event) {
        Map<String, String> attributes =
                event.getActor() == null ? null : event.getActor().getAttributes();
        return attributes == null ? Map.of() : attributes;
    }

    private Instant at(Event event) {
        Long nanos = event.getTimeNano();
        return nanos == null || nanos == 0 ? engineClock.get() : Instant.EPOCH.plusNanos(nanos);
    }

    /** An event may be read while the call that starts the container has not returned yet. */
    private void awaitStartTold() {
        try {
            startTold.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void waited(WaitResponse answer) {
        endedByState(true);
    }

    /** Asks how the container ended, after a stream said that it did; {@code sure} if that was no mere end of the log. */
    private void endedByState(boolean sure) {
        try {
            State now = state.get();
            // A signal may have come from outside, and that event of Podman's comes later than the end of the log.
            boolean wait = !sure && engine.info().isPodman() && now.exitCode() > 128 && !memoryKillSeen;
            if (!now.running() && now.finishedAt().isPresent() && !wait) {
                ended(now.finishedAt().get(), now.exitCode());
            }
        } catch (EngineException e) {
            lost(String.valueOf(e.getMessage()));
        }
    }

    private void ended(Instant at, int exitCode) {
        if (closed || endTold.get()) {
            return;
        }
        MemoryKills kills = memoryKills;
        if (kills != null) {
            kills.check();
        }
        String signal = signalFromOutside;
        if (signal != null) {
            lost("the container was stopped from outside (signal %s): by the engine shutting down, or by somebody else"
                    .formatted(signal));
        } else if (endTold.compareAndSet(false, true)) {
            listener.exited(at, exitCode);
        }
    }

    /** Told once, by whichever tells it first: the engine's event or the kernel's count. */
    private synchronized void killedForMemory(Instant at) {
        if (!closed && !memoryKillSeen) {
            memoryKillSeen = true;
            listener.outOfMemory(at);
        }
    }

    private void logEnded(Optional<Throwable> thrown) {
        if (closed) {
            return;
        }
        if (thrown.isPresent()) {
            lost("the log stream broke: " + Answers.rootMessage(thrown.get()));
        }
        listener.logEnded();
        if (thrown.isEmpty()) {
            endedByState(false);
        }
    }

    /** Podman ends the stream when its file of events is rotated: it is followed again from the newest event on. */
    private void eventsEnded(Optional<Throwable> thrown) {
        if (thrown.isEmpty() && !closed && eventStreams.incrementAndGet() <= MOST_EVENT_STREAMS) {
            try {
                follow(newestEvent);
                return;
            } catch (EngineException e) {
                lost(String.valueOf(e.getMessage()));
            }
        }
        lost(thrown.map(cause -> "the event stream broke: " + Answers.rootMessage(cause))
                .orElse("the engine ended the event stream"));
    }

    private void lost(String why) {
        if (!closed && endTold.compareAndSet(false, true)) {
            listener.lost(engine.info().name() + " at " + engine.info().address() + ": " + why);
        }
    }

    private void measured(Statistics statistics) {
        MemoryStatsConfig memory = statistics.getMemoryStats();
        if (closed || memory == null || memory.getUsage() == null || memory.getUsage() == 0) {
            return;
        }
        long droppable = Optional.ofNullable(memory.getStats())
                .flatMap(ContainerFeed::inactiveFile)
                .orElse(0L);
        long used = Math.max(0, memory.getUsage() - droppable);
        long limit = memory.getLimit() == null ? 0 : memory.getLimit();
        meter.sampled(used, cpuNanos(statistics), throttledNanos(statistics));
        listener.memory(Answers.instant(statistics.getRead()).orElseGet(engineClock), used, limit);
    }

    private static long cpuNanos(Statistics statistics) {
        CpuStatsConfig cpu = statistics.getCpuStats();
        CpuUsageConfig usage = cpu == null ? null : cpu.getCpuUsage();
        return usage == null || usage.getTotalUsage() == null ? -1 : usage.getTotalUsage();
    }

    private static long throttledNanos(Statistics statistics) {
        CpuStatsConfig cpu = statistics.getCpuStats();
        ThrottlingDataConfig data = cpu == null ? null : cpu.getThrottlingData();
        return data == null || data.getThrottledTime() == null ? -1 : data.getThrottledTime();
    }

    /** total_inactive_file of cgroup v1 counts children too; v2 has inactive_file alone. */
    private static Optional<Long> inactiveFile(StatsConfig stats) {
        return Optional.ofNullable(stats.getTotalInactiveFile()).or(() -> Optional.ofNullable(stats.getInactiveFile()));
    }

    @Override
    public void close() {
        closed = true;
        startTold.countDown();
        for (AutoCloseable each : List.copyOf(open)) {
            try {
                each.close();
            } catch (Exception e) {
                // A stream that is given up has nothing to say.
            }
        }
    }
}
