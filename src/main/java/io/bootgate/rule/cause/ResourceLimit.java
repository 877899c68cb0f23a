package io.bootgate.rule.cause;

import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.timeline.BootEvent.StartRefused;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** A limit on processes, threads or open files was reached. */
final class ResourceLimit implements CauseRule {
    private static final Pattern PROCESSES = Pattern.compile(
            "BlockingIOError: \\[Errno 11\\] Resource temporarily unavailable$|can't start new thread|fork: (?:retry: )?Resource temporarily"
                    + "|[Cc]annot fork|pthread_create failed|unable to create (?:native )?thread|fork\\(\\): Resource temporarily");
    private static final Pattern FILES = Pattern.compile(
            "(?:\\[Errno 2[34]\\] )?Too many open files|inotify (?:watch|instance) limit reached|EMFILE");
    private static final Pattern ENGINE =
            Pattern.compile("pids(?:\\.max| limit)|resource temporarily unavailable|setrlimit");

    @Override
    public CauseId id() {
        return CauseId.RESOURCE_LIMIT;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        return refused(symptoms)
                .or(() -> symptoms.last(PROCESSES).map(match -> processes(symptoms, match.line())))
                .or(() -> symptoms.last(FILES).map(match -> files(symptoms, match.line())));
    }

    private Optional<Finding> refused(Symptoms symptoms) {
        return symptoms.timeline()
                .first(StartRefused.class)
                .filter(refusal -> ENGINE.matcher(refusal.message()).find())
                .map(refusal -> likely(
                        "The engine could not start the container within its limits%s.".formatted(pids(symptoms)),
                        List.of(Sightings.engine(refusal.at(), refusal.message())),
                        Optional.empty(),
                        fix(symptoms)));
    }

    private Finding processes(Symptoms symptoms, Line line) {
        return found(
                symptoms,
                line,
                "No more processes or threads could be started%s.".formatted(pids(symptoms)),
                fix(symptoms));
    }

    private Finding files(Symptoms symptoms, Line line) {
        return found(
                symptoms,
                line,
                "The limit on open files was reached.",
                "Raise the limit on open files where the container runs (--ulimit nofile=65536:65536), and close what is no longer needed.");
    }

    private Finding found(Symptoms symptoms, Line line, String detail, String fix) {
        List<Evidence> evidence = List.of(line.evidence());
        return certain(
                detail,
                evidence,
                symptoms.tracebacks().all().stream()
                        .filter(traceback -> traceback.last().equals(line))
                        .findFirst()
                        .flatMap(Traceback::place),
                fix);
    }

    private static String pids(Symptoms symptoms) {
        OptionalLong limit = symptoms.boot().pidsLimit();
        return limit.isPresent() ? " (limit %d, threads count too)".formatted(limit.getAsLong()) : "";
    }

    private static String fix(Symptoms symptoms) {
        OptionalLong limit = symptoms.boot().pidsLimit();
        return limit.isPresent()
                ? "Raise the limit, here and where it is deployed: <limits><pids>%d</pids></limits>; or start fewer workers and threads."
                        .formatted(Math.max(64, limit.getAsLong() * 4))
                : "Raise the limit on processes where the container runs (--pids-limit, ulimit -u), or start fewer workers and threads.";
    }
}
