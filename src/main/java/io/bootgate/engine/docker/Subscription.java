package io.bootgate.engine.docker;

import com.github.dockerjava.api.async.ResultCallback;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One stream that the engine pushes. Its end is told once, empty if it just ended, and not at all after {@link #close()}:
 * docker-java then reports an error of its own making.
 */
final class Subscription<T> implements ResultCallback<T>, AutoCloseable {
    private final Consumer<T> each;
    private final Consumer<Optional<Throwable>> end;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile @Nullable Closeable response;

    Subscription(Consumer<T> each, Consumer<Optional<Throwable>> end) {
        this.each = each;
        this.end = end;
    }

    @Override
    public void onStart(Closeable stream) {
        response = stream;
        begun.countDown();
        if (over.get()) {
            closeResponse();
        }
    }

    @Override
    public void onNext(T item) {
        if (!over.get()) {
            each.accept(item);
        }
    }

    @Override
    public void onError(Throwable thrown) {
        finish(Optional.of(thrown));
    }

    @Override
    public void onComplete() {
        finish(Optional.empty());
    }

    private void finish(Optional<Throwable> thrown) {
        begun.countDown();
        if (over.compareAndSet(false, true)) {
            end.accept(thrown);
        }
    }

    /** Waits until the engine has answered, be it with an error. */
    void awaitBegun() throws InterruptedException {
        begun.await();
    }

    @Override
    public void close() {
        over.set(true);
        closeResponse();
    }

    private void closeResponse() {
        Closeable stream = response;
        if (stream == null) {
            return;
        }
        try {
            stream.close();
        } catch (IOException e) {
            // The stream is given up: how it ends is of no interest.
        }
    }
}
