package io.bootgate.watch;

import io.bootgate.engine.ContainerListener;
import io.bootgate.engine.LogStream;
import io.bootgate.timeline.BootEvent;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The queue between whoever sees something and the loop. Bounded: a flood of log lines waits in the engine, not in our heap. */
final class Signals implements ContainerListener {
    private final BlockingQueue<Signal> queue = new ArrayBlockingQueue<>(4096);
    private volatile boolean closed;

    /** Waits at most that long for the first, then takes what else is there. */
    List<Signal> take(Duration wait) throws InterruptedException {
        List<Signal> taken = new ArrayList<>();
        Signal first = queue.poll(Math.max(0, wait.toNanos()), TimeUnit.NANOSECONDS);
        if (first != null) {
            taken.add(first);
            queue.drainTo(taken, 2000);
        }
        return taken;
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    void happened(Instant instant, Function<Duration, BootEvent> event) {
        put(new Signal.Happened(instant, event));
    }

    @Override
    public void started(Instant at) {
        // The time of the start comes with the answer to the start itself.
    }

    @Override
    public void logged(LogStream stream, Instant at, byte[] bytes) {
        put(new Signal.Piece(at, stream, ByteBuffer.wrap(bytes)));
    }

    @Override
    public void logEnded() {
        put(new Signal.LogEnd());
    }

    @Override
    public void outOfMemory(Instant at) {
        happened(at, BootEvent.OutOfMemory::new);
    }

    @Override
    public void exited(Instant at, int exitCode) {
        put(new Signal.End(at, exitCode));
    }

    @Override
    public void memory(Instant at, long usedBytes, long limitBytes) {
        happened(at, since -> new BootEvent.MemorySampled(since, usedBytes, limitBytes));
    }

    @Override
    public void lost(String why) {
        put(new Signal.Lost(why));
    }

    /** Lets go of whoever waits for room; what is told from now on is dropped. */
    void close() {
        closed = true;
        queue.clear();
    }

    private void put(Signal signal) {
        try {
            while (!closed && !queue.offer(signal, 50, TimeUnit.MILLISECONDS)) {
                // The loop is busy: wait for it, but not beyond its end.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
