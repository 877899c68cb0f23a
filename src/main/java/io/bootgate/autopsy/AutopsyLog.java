package io.bootgate.autopsy;

import io.bootgate.engine.ContainerListener;
import io.bootgate.engine.LogStream;
import io.bootgate.watch.LineAssembler;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** Writes the log of an autopsy down, masked, and knows when its container ended. */
final class AutopsyLog implements ContainerListener {
    private final Writer writer;
    private final UnaryOperator<String> mask;
    private final Map<LogStream, LineAssembler> assemblers =
            new EnumMap<>(Map.of(LogStream.STDOUT, new LineAssembler(), LogStream.STDERR, new LineAssembler()));
    private final CountDownLatch end = new CountDownLatch(1);

    AutopsyLog(Writer writer, UnaryOperator<String> mask) {
        this.writer = writer;
        this.mask = mask;
    }

    /** Whether the container ended within this time. */
    boolean awaitEnd(Duration patience) throws InterruptedException {
        return end.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void logged(LogStream stream, Instant at, byte[] bytes) {
        Objects.requireNonNull(assemblers.get(stream)).add(bytes).forEach(this::write);
    }

    @Override
    public synchronized void logEnded() {
        assemblers.values().forEach(assembler -> assembler.end().ifPresent(this::write));
    }

    private void write(String line) {
        try {
            writer.write(mask.apply(line));
            writer.write('\n');
            writer.flush();
        } catch (IOException e) {
            // It is closed as soon as enough is known; what comes after is not missed.
        }
    }

    @Override
    public void exited(Instant at, int exitCode) {
        end.countDown();
    }

    @Override
    public void lost(String why) {
        end.countDown();
    }

    @Override
    public void started(Instant at) {}

    @Override
    public void outOfMemory(Instant at) {}

    @Override
    public void memory(Instant at, long usedBytes, long limitBytes) {}
}
