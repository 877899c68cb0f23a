package io.bootgate.rule.cause;

import io.bootgate.judge.Verdict.Reason;
import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.timeline.BootEvent;
import io.bootgate.timeline.BootEvent.Created;
import io.bootgate.timeline.BootEvent.Exited;
import io.bootgate.timeline.BootEvent.MemorySampled;
import io.bootgate.timeline.BootEvent.ProcessesSeen;
import io.bootgate.timeline.BootEvent.RunningProcess;
import io.bootgate.timeline.BootEvent.StartRefused;
import io.bootgate.timeline.BootEvent.WorkerBooting;
import io.bootgate.timeline.BootEvent.WorkerTimedOut;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** The kernel killed the server, or a worker of it, for exceeding its memory limit; or an allocation was refused. */
final class OutOfMemory implements CauseRule {
    private static final Pattern REFUSED = Pattern.compile(
            "^MemoryError\\b|^(?:\\S+\\.)?_?ArrayMemoryError: |\\[Errno 12\\] Cannot allocate memory|std::bad_alloc"
                    + "|fork: Cannot allocate memory|^(?:\\S+: )?(?:memory exhausted|out of memory)\\b");
    private static final Pattern KERNEL = Pattern.compile(
            "Memory cgroup out of memory|Out of memory: Kill|oom-kill:|\\bOOMKilled\\b|Memory quota vastly exceeded");
    private static final Pattern GUESS = Pattern.compile("Perhaps out of memory\\?");
    private static final int SIGKILLED = 137;

    @Override
    public CauseId id() {
        return CauseId.OUT_OF_MEMORY;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        return tooSmallToStart(symptoms)
                .or(() -> toldByTheEngine(symptoms))
                .or(() -> allocationRefused(symptoms))
                .or(() -> notToldByTheEngine(symptoms))
                .or(() -> toldByTheLogAlone(symptoms));
    }

    private Optional<Finding> tooSmallToStart(Symptoms symptoms) {
        return symptoms.timeline()
                .first(StartRefused.class)
                .filter(refused -> refused.message().toLowerCase(Locale.ROOT).contains("oom-killed"))
                .map(refused -> certain(
                        "The memory limit%s is too small to start the container at all.".formatted(limit(symptoms)),
                        List.of(Sightings.engine(refused.at(), refused.message())),
                        Optional.empty(),
                        fix(symptoms)));
    }

    private Optional<Finding> toldByTheEngine(Symptoms symptoms) {
        Optional<BootEvent.OutOfMemory> told = symptoms.timeline().first(BootEvent.OutOfMemory.class);
        Optional<Exited> exit = Sightings.exit(symptoms);
        boolean ended = exit.map(Exited::outOfMemory).orElse(false);
        if (told.isEmpty() && !ended) {
            return Optional.empty();
        }
        boolean main = exit.map(e -> e.exitCode() == SIGKILLED).orElse(false);
        List<WorkerDeath> killed = killed(symptoms);
        boolean certain = main
                || symptoms.verdict().reason() == Reason.OUT_OF_MEMORY
                || (!killed.isEmpty() && Sightings.answered(symptoms).isEmpty());
        List<Evidence> evidence = new ArrayList<>();
        if (!killed.isEmpty()) {
            evidence.add(Sightings.told(symptoms.timeline(), killed.get(0).told()));
        }
        told.ifPresent(event -> evidence.add(Sightings.engine(
                event.at(),
                "The kernel killed a process of the container for memory%s.".formatted(Sightings.after(event.at())))));
        exit.ifPresent(e -> evidence.add(Sightings.ended(e)));
        peak(symptoms).ifPresent(evidence::add);
        String who = main
                ? "The container"
                : killed.isEmpty() && !repeated(symptoms) ? "A process" : workers(killed, symptoms);
        String detail = "%s was killed for memory%s.".formatted(who, limit(symptoms));
        return Optional.of(
                certain
                        ? certain(detail, evidence, Optional.empty(), fix(symptoms))
                        : likely(detail, evidence, Optional.empty(), fix(symptoms)));
    }

    private Optional<Finding> allocationRefused(Symptoms symptoms) {
        return symptoms.last(REFUSED).map(match -> {
            List<Evidence> evidence = new ArrayList<>(List.of(match.line().evidence()));
            peak(symptoms).ifPresent(evidence::add);
            return certain(
                    "An allocation was refused%s: %s."
                            .formatted(limit(symptoms), match.line().text().strip()),
                    evidence,
                    symptoms.tracebacks().all().stream()
                            .filter(traceback -> traceback.last().equals(match.line()))
                            .findFirst()
                            .flatMap(Traceback::place),
                    fix(symptoms));
        });
    }

    /** Podman has no event for it and forgets OOMKilled where cgroups are of version 1; Docker was seen to lose both. */
    private Optional<Finding> notToldByTheEngine(Symptoms symptoms) {
        OptionalLong limit = symptoms.boot().memoryLimitBytes();
        boolean killed =
                Sightings.exit(symptoms).map(e -> e.exitCode() == SIGKILLED).orElse(false)
                        || !killed(symptoms).isEmpty();
        if (limit.isEmpty() || !killed) {
            return Optional.empty();
        }
        boolean main = Sightings.exit(symptoms)
                .map(e -> e.exitCode() == SIGKILLED)
                .filter(isKilled -> isKilled && !aShellPassesItOn(symptoms))
                .isPresent();
        if (!isNear(symptoms, limit.getAsLong()) && !main) {
            return Optional.empty();
        }
        List<Evidence> evidence = new ArrayList<>();
        Sightings.exit(symptoms).ifPresent(e -> evidence.add(Sightings.ended(e)));
        killed(symptoms).stream()
                .findFirst()
                .ifPresent(death -> evidence.add(Sightings.told(symptoms.timeline(), death.told())));
        peak(symptoms).ifPresent(evidence::add);
        return Optional.of(likely(
                "A process was killed by signal 9%s, and only the kernel's memory limit explains that."
                        .formatted(limit(symptoms)),
                evidence,
                Optional.empty(),
                fix(symptoms)));
    }

    /**
     * Process 1 has no one inside who could kill it: a signal 9 sent to it from within its container is ignored. A shell that
     * stays passes on how its child ended, and the child can be killed by anyone.
     */
    private static boolean aShellPassesItOn(Symptoms symptoms) {
        Optional<RunningProcess> main = symptoms.timeline()
                .last(ProcessesSeen.class)
                .flatMap(table -> table.processes().stream().findFirst());
        CommandLine command = main.map(process -> CommandLine.split(process.command()))
                .orElseGet(() -> CommandLine.of(symptoms.boot()));
        return command.words().isEmpty() || command.isShell() || command.isScript();
    }

    private Optional<Finding> toldByTheLogAlone(Symptoms symptoms) {
        if (symptoms.timeline().has(Created.class)) {
            return Optional.empty();
        }
        // Gunicorn guesses so of every SIGKILL, its own for a time limit included.
        boolean guessed = !killed(symptoms).isEmpty() || !symptoms.timeline().has(WorkerTimedOut.class);
        return symptoms.first(KERNEL)
                .or(() -> guessed ? symptoms.first(GUESS) : Optional.empty())
                .map(match -> likely(
                        "A process was killed, and the log says for memory.",
                        List.of(match.line().evidence()),
                        Optional.empty(),
                        fix(symptoms)));
    }

    private static List<WorkerDeath> killed(Symptoms symptoms) {
        return WorkerDeath.in(symptoms.timeline()).stream()
                .filter(death -> death.signal().filter("SIGKILL"::equals).isPresent() && !death.timedOut())
                .toList();
    }

    private static boolean repeated(Symptoms symptoms) {
        return symptoms.verdict().reason() == Reason.OUT_OF_MEMORY
                || symptoms.verdict().reason() == Reason.WORKERS_DYING;
    }

    private static String workers(List<WorkerDeath> killed, Symptoms symptoms) {
        long booted = symptoms.timeline().all(WorkerBooting.class).count();
        if (killed.size() > 1) {
            return "A worker (%d in all)".formatted(killed.size());
        }
        return booted > 1 ? "A worker (%d were started)".formatted(booted) : "A worker";
    }

    private static boolean isNear(Symptoms symptoms, long limit) {
        return symptoms.timeline().all(MemorySampled.class).anyMatch(sample -> isNear(sample, OptionalLong.of(limit)));
    }

    private static boolean isNear(MemorySampled sample, OptionalLong limit) {
        return limit.isEmpty() || sample.usedBytes() >= limit.getAsLong() * 85 / 100;
    }

    /** Of samples taken once a second the highest one; a quick rise passes between two, and then none proves anything. */
    private static Optional<Evidence> peak(Symptoms symptoms) {
        return symptoms.timeline()
                .all(MemorySampled.class)
                .reduce((a, b) -> b.usedBytes() > a.usedBytes() ? b : a)
                .filter(sample -> isNear(sample, symptoms.boot().memoryLimitBytes()))
                .map(sample -> Sightings.engine(
                        sample.at(), "Memory in use reached %s.".formatted(Sightings.size(sample.usedBytes()))));
    }

    private static String limit(Symptoms symptoms) {
        OptionalLong limit = symptoms.boot().memoryLimitBytes();
        return limit.isPresent() ? " (limit " + Sightings.size(limit.getAsLong()) + ")" : "";
    }

    private static String fix(Symptoms symptoms) {
        OptionalLong limit = symptoms.boot().memoryLimitBytes();
        CommandLine command = CommandLine.of(symptoms.boot());
        String workers = command.option("-w", "--workers")
                .filter(number -> !number.equals("1"))
                .map(number -> "start fewer workers than " + number)
                .orElse("load less at start");
        return limit.isPresent()
                ? "Raise the limit, here and where it is deployed: <limits><memory>%dm</memory></limits>; or %s."
                        .formatted(Math.max(64, (limit.getAsLong() * 2) >> 20), workers)
                : "Give the machine or the container more memory: <limits><memory>1g</memory></limits>; or %s."
                        .formatted(workers);
    }
}
