package io.bootgate.gate;

import io.bootgate.deployment.DeployedContainer;
import io.bootgate.deployment.Deployment.RestartPolicy;
import io.bootgate.engine.Container;
import io.bootgate.engine.EngineException;
import io.bootgate.judge.Verdict;
import io.bootgate.judge.Verdict.NotReady;
import io.bootgate.rule.Finding;
import io.bootgate.rule.cause.Diagnosis;
import io.bootgate.rule.cause.Symptoms;
import io.bootgate.timeline.BootEvent;
import io.bootgate.timeline.BootEvent.Exited;
import io.bootgate.timeline.BootEvent.NeighbourEnded;
import io.bootgate.timeline.BootEvent.NeighbourSettled;
import io.bootgate.watch.Watched;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** One container beside the one under test: kept running as its platform would, until the verdict is given. */
final class Neighbour implements Runnable {
    /** A container that ends is started again, as by the platform, but not for ever; the last time is late enough to find the others up. */
    private static final List<Duration> PAUSES = List.of(Duration.ofSeconds(1), Duration.ofSeconds(4));

    private final DeployedContainer described;
    private final RestartPolicy policy;
    private final boolean needed;
    private final Supplier<Container> creation;
    private final BiFunction<Container, Runnable, Watched> watch;
    private final Consumer<Function<Duration, BootEvent>> told;

    private final CompletableFuture<Boolean> started = new CompletableFuture<>();
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private final CompletableFuture<Boolean> settled = new CompletableFuture<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile Optional<Watched> last = Optional.empty();

    /**
     * A neighbour that is not started yet.
     *
     * @param needed whether the one under test is not deployed without it
     */
    Neighbour(
            DeployedContainer described,
            RestartPolicy policy,
            boolean needed,
            Supplier<Container> creation,
            BiFunction<Container, Runnable, Watched> watch,
            Consumer<Function<Duration, BootEvent>> told) {
        this.described = described;
        this.policy = policy;
        this.needed = needed;
        this.creation = creation;
        this.watch = watch;
        this.told = told;
    }

    String name() {
        return described.name();
    }

    /** Completes when it was started for the first time. */
    CompletableFuture<Boolean> started() {
        return started;
    }

    /** Completes with its exit code when it has ended for good. */
    CompletableFuture<Integer> ended() {
        return ended;
    }

    /** Completes with whether it came up and held. */
    CompletableFuture<Boolean> settled() {
        return settled;
    }

    @Override
    public void run() {
        try {
            for (int boots = 0; over.getCount() > 0; boots++) {
                int code = boot();
                if (over.getCount() == 0) {
                    return;
                }
                boolean done = code == 0 && policy != RestartPolicy.ALWAYS;
                boolean again = policy == RestartPolicy.ALWAYS || (policy == RestartPolicy.ON_FAILURE && code != 0);
                if (done || !again || boots == PAUSES.size() || isHopeless()) {
                    end(code, done, again);
                    return;
                }
                over.await(PAUSES.get(boots).toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (EngineException e) {
            // The boot is over and its containers are removed, or the engine is lost, which the watch tells.
            started.completeExceptionally(e);
        } finally {
            started.complete(false);
            settled.complete(false);
            ended.complete(-1);
        }
    }

    /** Its exit code, when it ends; -1 if it was never started, or did not come up in time. */
    private int boot() {
        try (Container container = creation.get()) {
            started.complete(true);
            Watched watched = watch.apply(container, this::settle);
            last = Optional.of(watched);
            return watched.timeline().first(Exited.class).map(Exited::exitCode).orElse(-1);
        }
    }

    private void settle() {
        settled.complete(true);
        told.accept(at -> new NeighbourSettled(at, name()));
    }

    private void end(int code, boolean done, boolean again) {
        ended.complete(code);
        settled.complete(done);
        if (done) {
            told.accept(at -> new NeighbourSettled(at, name()));
        } else {
            boolean lost = needed && (again || code != 0);
            told.accept(at -> new NeighbourEnded(at, name(), code, lost));
        }
    }

    /** A port that another one has is not free the next time either. */
    private boolean isHopeless() {
        return causes().stream()
                .anyMatch(cause ->
                        cause.id().equals("PORT_COLLISION") || cause.id().equals("COMMAND_NOT_FOUND"));
    }

    /** What was seen of its last boot. */
    Optional<Watched> watched() {
        return last;
    }

    /** Why it ended, as if it were the one under test; empty if it did not. */
    List<Finding> causes() {
        return last.flatMap(Neighbour::against)
                .map(symptoms -> Diagnosis.of(symptoms))
                .orElse(List.of());
    }

    private static Optional<Symptoms> against(Watched watched) {
        Verdict verdict = watched.verdict();
        return verdict instanceof NotReady no ? Optional.of(new Symptoms(watched.timeline(), no)) : Optional.empty();
    }

    /** Lets it end. */
    void stop() {
        over.countDown();
    }
}
