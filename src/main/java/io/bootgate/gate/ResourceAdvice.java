package io.bootgate.gate;

import io.bootgate.engine.ContainerEngine;
import io.bootgate.engine.EngineException;
import io.bootgate.engine.Machine;
import io.bootgate.gate.GateRequest.MemoryLimit;
import io.bootgate.judge.Policy;
import io.bootgate.judge.Verdict.NotReady;
import io.bootgate.judge.Verdict.Reason;
import io.bootgate.resource.MemoryAdvice;
import io.bootgate.resource.MemorySearch;
import io.bootgate.resource.Trial;
import io.bootgate.resource.Trial.Outcome;
import io.bootgate.resource.WorkerLoad;
import io.bootgate.rule.Finding;
import io.bootgate.rule.cause.CauseId;
import io.bootgate.timeline.BootEvent.ProcessorsCounted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Adds to a result what there is to say about memory and processors, and boots again to find out how much memory is needed. The
 * verdict stays as it is.
 */
final class ResourceAdvice {
    /** Of a memory limit; beyond it a boot is ready, but only just. */
    private static final double TIGHT = 0.9;

    /** Of the machine's memory: the engine and others need some too. */
    private static final double FOR_TRIALS = 0.5;

    /** A service whose memory grows without end must not take all there is; no boot needs so many times what it was given. */
    private static final int MOST_TIMES = 16;

    private static final long ALWAYS_ALLOWED = 4L << 30;
    /** All trials together, in times of what one boot may take. */
    private static final int PATIENCE = 2;

    private final GateRequest request;
    private final ContainerEngine engine;
    private final Function<GateRequest, GateResult> boot;
    private final GateLog log;

    /** @param boot boots the image anew, on its own */
    ResourceAdvice(GateRequest request, ContainerEngine engine, Function<GateRequest, GateResult> boot, GateLog log) {
        this.request = request;
        this.engine = engine;
        this.boot = boot;
        this.log = log;
    }

    GateResult on(GateResult result) {
        List<String> warnings = new ArrayList<>(result.warnings());
        if (!result.isReady()) {
            throttled(result).ifPresent(warnings::add);
            return isOutOfMemory(result)
                    ? outOfMemory(result, warnings)
                    : result.advised(result.causes(), warnings, Optional.empty());
        }
        Optional<MemorySearch> search = Optional.empty();
        OptionalLong peak = result.container().peakMemoryBytes();
        OptionalLong limit = result.container().memoryLimitBytes();
        if (peak.isPresent() && limit.isPresent() && peak.getAsLong() > limit.getAsLong() * TIGHT) {
            search = Optional.of(search(MemorySearch.afterTightBoot(limit.getAsLong(), most(limit.getAsLong()))));
            warnings.add(
                    new MemoryAdvice(search.get(), from(), Optional.of(load(result, limit))).warning(peak.getAsLong()));
        }
        load(result, limit).tooManyForCpu().ifPresent(warnings::add);
        return result.advised(
                result.causes(), warnings, search.filter(done -> !done.trials().isEmpty()));
    }

    private GateResult outOfMemory(GateResult result, List<String> warnings) {
        OptionalLong limit = result.container().memoryLimitBytes();
        if (limit.isEmpty() || !isSearched() || !cameNear(result, limit.getAsLong())) {
            return result.advised(result.causes(), warnings, Optional.empty());
        }
        log.info(
                "%s is NOT_READY: OUT_OF_MEMORY. Booting again to find how much memory it needs (bootgate.memorySearch)"
                        .formatted(result.name()));
        Trials trials = new Trials();
        MemorySearch search = trials.run(MemorySearch.afterKill(limit.getAsLong(), most(limit.getAsLong())));
        MemoryAdvice advice = new MemoryAdvice(search, from(), trials.load(search, limit));
        List<Finding> causes = new ArrayList<>(result.causes());
        Finding told = causes.get(0);
        causes.set(
                0,
                told.saying(
                        advice.detail().map(more -> told.detail() + " " + more).orElse(told.detail()),
                        advice.fix().orElse(told.fix())));
        return result.advised(
                causes,
                warnings,
                Optional.of(search).filter(done -> !done.trials().isEmpty()));
    }

    /** An allocation that was refused far below the limit, or another container that was killed, is no matter of this limit. */
    private static boolean cameNear(GateResult result, long limit) {
        return result.container().peakMemoryBytes().orElse(limit) >= limit / 2;
    }

    private MemorySearch search(MemorySearch search) {
        return isSearched() ? new Trials().run(search) : search;
    }

    private boolean isSearched() {
        return request.memoryLimit().map(MemoryLimit::searched).orElse(false);
    }

    private String from() {
        return request.memoryLimit().map(MemoryLimit::from).orElse("<limits><memory>");
    }

    private long most(long limit) {
        long memory = engine.machine().memoryBytes();
        long sane = Math.max(ALWAYS_ALLOWED, limit * MOST_TIMES);
        return memory > 0 ? Math.min(sane, (long) (memory * FOR_TRIALS)) : ALWAYS_ALLOWED;
    }

    private static boolean isOutOfMemory(GateResult result) {
        return !result.causes().isEmpty() && result.causes().get(0).id().equals(CauseId.OUT_OF_MEMORY.name());
    }

    private WorkerLoad load(GateResult result, OptionalLong memoryLimit) {
        int workers = result.server().workersBooted() - result.server().workersLost();
        // Asking for the machine takes a moment, and matters only where workers may be too many.
        Machine machine =
                workers > 2 && result.container().milliCpus().isPresent() ? engine.machine() : Machine.UNKNOWN;
        return new WorkerLoad(
                result.server().name(),
                workers,
                result.timeline().has(ProcessorsCounted.class),
                result.container().milliCpus(),
                machine.cpus(),
                result.container().peakMemoryBytes(),
                memoryLimit);
    }

    /** A boot that did not get ready in time may only be slow. */
    private static Optional<String> throttled(GateResult result) {
        Optional<Duration> lost = result.container().throttled();
        Optional<Duration> all = result.timings().map(GateResult.Timings::verdict);
        boolean late = result.verdict()
                .filter(verdict -> verdict instanceof NotReady no
                        && (no.reason() == Reason.TIMED_OUT || no.reason() == Reason.WORKER_TIMED_OUT))
                .isPresent();
        if (!late
                || lost.isEmpty()
                || all.isEmpty()
                || result.container().milliCpus().isEmpty()) {
            return Optional.empty();
        }
        return lost.get().multipliedBy(2).compareTo(all.get()) < 0
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "It may only be slow: its CPU limit kept processes from running for %.1f s in these %.1f s (counted for each of them); it used %.1f s of CPU.",
                        lost.get().toMillis() / 1000.0,
                        all.get().toMillis() / 1000.0,
                        result.container().cpu().orElse(Duration.ZERO).toMillis() / 1000.0));
    }

    /** One search's boots. */
    private final class Trials {
        private final long began = System.nanoTime();
        private Optional<GateResult> ready = Optional.empty();

        MemorySearch run(MemorySearch begun) {
            MemorySearch search = begun;
            Path folder = request.outputDirectory().resolve("memory-search");
            try {
                for (OptionalLong limit = search.next(); limit.isPresent(); limit = search.next()) {
                    Optional<Trial> trial = trial(limit.getAsLong(), folder);
                    if (trial.isEmpty()) {
                        break;
                    }
                    search = search.with(trial.get());
                }
            } catch (EngineException e) {
                // The verdict is known, and must not be lost with what would only have made it more helpful.
                log.warn("Could not find out how much memory is needed: " + e.getMessage());
            } finally {
                remove(folder);
            }
            return search;
        }

        /** Empty if there is no time left. */
        private Optional<Trial> trial(long limit, Path folder) {
            Policy policy = request.policy();
            Duration left = policy.timeout().multipliedBy(PATIENCE).minus(Duration.ofNanos(System.nanoTime() - began));
            boolean cut = left.compareTo(policy.timeout()) < 0;
            if (left.compareTo(policy.settle().plusSeconds(1)) < 0) {
                return Optional.empty();
            }
            GateResult result = boot.apply(request.trial(limit, policy.within(cut ? left : policy.timeout()), folder));
            boolean late = result.verdict()
                    .filter(verdict -> verdict instanceof NotReady no && no.reason() == Reason.TIMED_OUT)
                    .isPresent();
            if (late && cut) {
                return Optional.empty();
            }
            if (result.isReady()) {
                ready = Optional.of(result);
            }
            Trial trial = new Trial(
                    limit,
                    result.isReady() ? Outcome.READY : isOutOfMemory(result) ? Outcome.OUT_OF_MEMORY : Outcome.OTHER,
                    result.container().peakMemoryBytes(),
                    result.server().workersBooted(),
                    why(result));
            log.info(trial.inWords());
            return Optional.of(trial);
        }

        private String why(GateResult result) {
            return result.causes().stream()
                    .findFirst()
                    .map(cause -> cause.id() + ": " + cause.detail())
                    .orElse("");
        }

        Optional<WorkerLoad> load(MemorySearch search, OptionalLong limit) {
            return search.smallest().flatMap(found -> ready.map(result -> ResourceAdvice.this.load(result, limit)));
        }

        private void remove(Path folder) {
            if (!Files.exists(folder)) {
                return;
            }
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException | UncheckedIOException e) {
                log.debug("The folder %s could not be removed: %s".formatted(folder, e.getMessage()));
            }
        }
    }
}
