package io.bootgate.engine.docker;

import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Request.Method;
import io.bootgate.engine.ContainerListener;
import io.bootgate.engine.LogStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Both log streams of one container, complete. Docker's log is followed from the start on, and read once more at its end:
 * following misses a last line that has no newline (20.10). Podman's is attached to before the start: following it tears
 * and drops lines of a fast log, tells time to the second and is late by up to 0.3 s (4.3).
 */
final class ContainerLog implements AutoCloseable {
    private final EngineConnection engine;
    private final Supplier<Instant> engineClock;
    private final String id;
    private final ContainerListener listener;
    private final CountDownLatch startTold;
    private final Consumer<Optional<Throwable>> onEnd;
    private final Map<LogStream, Delivered> delivered = new EnumMap<>(LogStream.class);
    private volatile @Nullable FrameStream stream;
    private volatile @Nullable String refusal;
    private boolean finishing;
    private volatile boolean closed;

    /** How far a stream was handed over: {@code pieces} with the time stamp {@code at}, and all before. */
    private record Delivered(Instant at, int pieces) {}

    /** Nothing is handed over before {@code startTold}; {@code onEnd} comes last, empty if the log is complete. */
    ContainerLog(
            EngineConnection engine,
            Supplier<Instant> engineClock,
            String id,
            ContainerListener listener,
            CountDownLatch startTold,
            Consumer<Optional<Throwable>> onEnd) {
        this.engine = engine;
        this.engineClock = engineClock;
        this.id = id;
        this.listener = listener;
        this.startTold = startTold;
        this.onEnd = onEnd;
    }

    /** Before the start, where the engine's log is to be attached to. */
    void prepare() {
        if (!engine.info().isPodman()) {
            return;
        }
        String path = "/containers/" + id + "/attach?stream=1&stdout=1&stderr=1";
        FrameStream attached = new FrameStream(engine, request(Method.POST, path), this::attached, thrown -> {
            if (thrown.isPresent() && startTold.getCount() > 0) {
                refusal = Answers.rootMessage(thrown.get());
            } else {
                awaitStartTold();
                onEnd.accept(thrown);
            }
        });
        stream = attached;
        engine.ask("attach to the container's output", () -> {
            attached.open().awaitAnswer();
            return true;
        });
        if (refusal != null) {
            stream = null;
        }
    }

    /**
     * Why Podman did not attach: attaching prepares the container, and fails for what the start is about to fail for. That may
     * be told here alone, as the port that the preparation had opened is then in the way of the start.
     */
    Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** After the start. */
    void begin() {
        if (stream == null) {
            Request request = request(Method.GET, logPath() + "&follow=1");
            stream = new FrameStream(engine, request, this::followed, this::followedToEnd).open();
        }
    }

    private String logPath() {
        return "/containers/" + id + "/logs?stdout=1&stderr=1&timestamps=1";
    }

    private Request request(Method method, String path) {
        return Request.builder().method(method).path(engine.path(path)).build();
    }

    /** Attached to, a container's output comes as it was written: of several lines at once, or of a part of one. */
    private void attached(LogStream which, byte[] bytes) {
        Instant arrived = engineClock.get();
        awaitStartTold();
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n' || i == bytes.length - 1) {
                deliver(which, arrived, Arrays.copyOfRange(bytes, from, i + 1));
                from = i + 1;
            }
        }
    }

    private void awaitStartTold() {
        try {
            startTold.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void followed(LogStream which, byte[] frame) {
        if (!finishing) {
            handOver(which, frame);
        }
    }

    private void handOver(LogStream which, byte[] frame) {
        LogPiece piece = LogPiece.of(frame, engineClock.get());
        delivered.merge(
                which,
                new Delivered(piece.at(), 1),
                (before, now) -> before.at().equals(now.at()) ? new Delivered(now.at(), before.pieces() + 1) : now);
        deliver(which, piece.at(), Arrays.copyOfRange(frame, piece.start(), frame.length));
    }

    private void followedToEnd(Optional<Throwable> thrown) {
        if (beginsToFinish()) {
            onEnd.accept(thrown.isPresent() || closed ? thrown : deliverRest());
        }
    }

    /**
     * The container ended, and the engine has said so: Docker tells it when it has written the log to its end, and ends the
     * followed stream some 0.1 s later only.
     */
    void finish() {
        FrameStream followed = stream;
        if (!engine.info().isPodman() && followed != null && beginsToFinish()) {
            followed.close();
            onEnd.accept(deliverRest());
        }
    }

    private synchronized boolean beginsToFinish() {
        boolean first = !finishing;
        finishing = true;
        return first;
    }

    /** Reads the end of the log again and hands over what was not told yet. */
    private Optional<Throwable> deliverRest() {
        Map<LogStream, Delivered> told = new EnumMap<>(delivered);
        Map<LogStream, Integer> again = new EnumMap<>(LogStream.class);
        BiConsumer<LogStream, byte[]> each = (which, frame) -> {
            Instant at = LogPiece.of(frame, engineClock.get()).at();
            Delivered before = told.get(which);
            boolean known = before != null
                    && (at.isBefore(before.at())
                            || (at.equals(before.at()) && again.merge(which, 1, Integer::sum) <= before.pieces()));
            if (!known) {
                handOver(which, frame);
            }
        };
        String since = told.values().stream()
                .map(Delivered::at)
                .min(Instant::compareTo)
                .map(at -> "&since=" + at.getEpochSecond())
                .orElse("");
        CompletableFuture<Optional<Throwable>> ended = new CompletableFuture<>();
        Request request = request(Method.GET, logPath() + since);
        try (FrameStream rest = new FrameStream(engine, request, each, ended::complete)) {
            rest.open();
            return ended.get(Calls.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(e);
        } catch (ExecutionException | TimeoutException e) {
            return Optional.of(e);
        }
    }

    private void deliver(LogStream which, Instant at, byte[] bytes) {
        if (!closed) {
            listener.logged(which, at, bytes);
        }
    }

    @Override
    public void close() {
        closed = true;
        FrameStream open = stream;
        if (open != null) {
            open.close();
        }
    }
}
