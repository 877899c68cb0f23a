package io.bootgate.engine.docker;

import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import io.bootgate.engine.LogStream;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A stream of container output, frame by frame as the engine wrote them. docker-java's own reader hands frames over in
 * shreds of up to 1 KiB: where a time stamp stands cannot be told from them.
 */
final class FrameStream implements AutoCloseable {
    private static final int OK = 200;
    private static final int STDERR = 2;
    private static final int LONGEST_FRAME = 64 * 1024 * 1024;

    private final EngineConnection engine;
    private final Request request;
    private final BiConsumer<LogStream, byte[]> each;
    private final Consumer<Optional<Throwable>> end;
    private final CountDownLatch answered = new CountDownLatch(1);
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile @Nullable Response response;

    /** {@code end} is told once, empty if the engine ended the stream in order; not at all after {@link #close()}. */
    FrameStream(
            EngineConnection engine,
            Request request,
            BiConsumer<LogStream, byte[]> each,
            Consumer<Optional<Throwable>> end) {
        this.engine = engine;
        this.request = request;
        this.each = each;
        this.end = end;
    }

    FrameStream open() {
        Thread thread = new Thread(this::read, "bootgate-container-output");
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    /** Waits for the engine's first word, be it a refusal. */
    void awaitAnswer() throws InterruptedException {
        answered.await();
    }

    private void read() {
        Optional<Throwable> thrown = Optional.empty();
        try (Response open = engine.http().execute(request)) {
            response = open;
            if (open.getStatusCode() != OK) {
                String body = new String(open.getBody().readNBytes(10_000), StandardCharsets.UTF_8);
                throw new IOException(Answers.message(body));
            }
            answered.countDown();
            if (!over.get()) {
                readFrames(new DataInputStream(new BufferedInputStream(open.getBody(), 64 * 1024)));
            }
        } catch (IOException | RuntimeException e) {
            thrown = Optional.of(e);
        }
        if (over.compareAndSet(false, true)) {
            end.accept(thrown);
        }
        answered.countDown();
    }

    private void readFrames(DataInputStream in) throws IOException {
        while (true) {
            int stream = in.read();
            if (stream < 0) {
                return;
            }
            in.readFully(new byte[3]);
            int length = in.readInt();
            if (length < 0 || length > LONGEST_FRAME) {
                throw new IOException("not a stream of container output: a frame of " + length + " bytes");
            }
            byte[] bytes = new byte[length];
            in.readFully(bytes);
            if (over.get()) {
                return;
            }
            each.accept(stream == STDERR ? LogStream.STDERR : LogStream.STDOUT, bytes);
        }
    }

    @Override
    public void close() {
        over.set(true);
        Response open = response;
        if (open != null) {
            open.close();
        }
    }
}
