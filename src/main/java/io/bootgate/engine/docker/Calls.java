package io.bootgate.engine.docker;

import com.github.dockerjava.api.exception.DockerException;
import io.bootgate.engine.EngineException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Calls to the engine, each with a deadline of its own: docker-java's response timeout has no effect on unix sockets. What
 * docker-java throws becomes an {@link EngineException} here.
 */
final class Calls implements AutoCloseable {
    /** Long enough for a machine that is swapping, short enough to say that an engine hangs. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String engine;
    private final ExecutorService threads;

    /** {@code engine} is its name and address, for messages. */
    Calls(String engine) {
        this.engine = engine;
        AtomicInteger count = new AtomicInteger();
        threads = Executors.newCachedThreadPool(call -> {
            Thread thread = new Thread(call, "bootgate-engine-call-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** {@code task} completes "failed to ...". */
    <T> T within(Duration patience, String task, Callable<T> call) {
        Future<T> answer;
        try {
            answer = threads.submit(call);
        } catch (RejectedExecutionException e) {
            throw new EngineException("The connection to " + engine + " is closed: cannot " + task + ".", e);
        }
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new EngineException(
                    "%s gave no answer within %d s when asked to %s. Is it overloaded or hanging? Restart it and run again."
                            .formatted(engine, patience.toSeconds(), task),
                    e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new EngineException("Interrupted while " + engine + " was asked to " + task + ".", e);
        } catch (ExecutionException e) {
            throw translated(task, e.getCause() == null ? e : e.getCause());
        }
    }

    /** As {@link #within}, also on a thread that was interrupted: what cleans up must not be skipped. */
    <T> T evenIfInterrupted(Duration patience, String task, Callable<T> call) {
        boolean interrupted = Thread.interrupted();
        try {
            return within(patience, task, call);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private RuntimeException translated(String task, Throwable cause) {
        if (cause instanceof EngineException ours) {
            return ours;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof DockerException refused) {
            return new EngineException("%s failed to %s: %s".formatted(engine, task, Answers.message(refused)), cause);
        }
        return new EngineException(
                "The connection to %s broke when it was asked to %s: %s. Is the engine still running?"
                        .formatted(engine, task, Answers.rootMessage(cause)),
                cause);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
