package io.bootgate.rule.cause;

import io.bootgate.resource.WorkerLoad;
import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.timeline.BootEvent.ProcessorsCounted;
import io.bootgate.timeline.BootEvent.RequestFailed;
import io.bootgate.timeline.BootEvent.WorkerBooting;
import io.bootgate.timeline.BootEvent.WorkerTimedOut;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The master killed a worker that was silent for longer than its time limit: at import, or in the first request. */
final class WorkerTimeout implements CauseRule {
    @Override
    public CauseId id() {
        return CauseId.WORKER_TIMEOUT;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        List<WorkerTimedOut> all = symptoms.timeline().all(WorkerTimedOut.class).toList();
        if (all.isEmpty()) {
            return Optional.empty();
        }
        boolean request = inRequest(symptoms);
        String limit = CommandLine.of(symptoms.boot()).option("-t", "--timeout").orElse("30");
        Evidence evidence = Sightings.told(symptoms.timeline(), all.get(0));
        String detail = "Gunicorn killed a worker that %s for longer than --timeout (%s s)%s."
                        .formatted(
                                request ? "worked on one request" : "was loading the application",
                                limit,
                                all.size() > 1 ? ", %d workers so far".formatted(all.size()) : "")
                + load(symptoms)
                        .flatMap(WorkerLoad::inShort)
                        .map(told -> "; " + told)
                        .orElse("");
        String fix = request
                ? "Find what the request waits for (a lock, a backend without a time limit), or raise the limit: --timeout %d; for slow"
                                .formatted(twice(limit))
                        + " requests use -k gthread --threads 4."
                : "Raise the limit: --timeout %d; or load the heavy part (models, migrations, remote data) later, or once with --preload."
                        .formatted(twice(limit));
        String fewer = load(symptoms)
                .filter(load -> load.inShort().isPresent())
                .map(load -> " Or start fewer workers, so that each gets more of the CPU. " + load.remedy())
                .orElse("");
        return Optional.of(certain(
                detail,
                List.of(evidence),
                symptoms.tracebacks().all().stream()
                        .filter(traceback -> traceback.type().equals("SystemExit"))
                        .findFirst()
                        .flatMap(Traceback::place),
                fix + fewer));
    }

    /** The workers that were started before the first was replaced. */
    private static Optional<WorkerLoad> load(Symptoms symptoms) {
        Duration first = symptoms.timeline()
                .first(WorkerTimedOut.class)
                .map(WorkerTimedOut::at)
                .orElse(Duration.ZERO);
        int workers = (int) symptoms.timeline()
                .all(WorkerBooting.class)
                .filter(booting -> booting.at().compareTo(first) < 0)
                .count();
        return Optional.of(new WorkerLoad(
                symptoms.boot().server(),
                workers,
                symptoms.timeline().has(ProcessorsCounted.class),
                symptoms.boot().milliCpus(),
                0,
                OptionalLong.empty(),
                OptionalLong.empty()));
    }

    /** Without other signs: a worker that timed out while a process had taken a probe's connection was at work on it. */
    private static boolean inRequest(Symptoms symptoms) {
        Duration first = symptoms.timeline()
                .first(WorkerTimedOut.class)
                .map(WorkerTimedOut::at)
                .orElse(Duration.ZERO);
        OptionalInt port = Sightings.port(symptoms);
        return symptoms.timeline().has(RequestFailed.class)
                || Sightings.answered(symptoms)
                        .filter(answer -> answer.at().compareTo(first) < 0)
                        .isPresent()
                || (port.isPresent() && Sightings.wasAccepted(symptoms, port.getAsInt()));
    }

    private static long twice(String seconds) {
        return seconds.matches("\\d{1,6}") ? Math.max(60, Long.parseLong(seconds) * 4) : 120;
    }
}
