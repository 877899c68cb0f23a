package io.bootgate.rule.cause;

import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.rule.Location;
import io.bootgate.timeline.BootEvent;
import io.bootgate.timeline.BootEvent.AppFailed;
import io.bootgate.timeline.BootEvent.BindFailed;
import io.bootgate.timeline.BootEvent.Exited;
import io.bootgate.timeline.BootEvent.Logged;
import io.bootgate.timeline.BootEvent.ServerBound;
import io.bootgate.timeline.BootEvent.ServerStarting;
import io.bootgate.timeline.BootEvent.ServerStopping;
import io.bootgate.timeline.BootEvent.WorkerBooting;
import io.bootgate.timeline.BootEvent.WorkerEnded;
import io.bootgate.timeline.BootEvent.WorkerExiting;
import io.bootgate.timeline.BootEvent.WorkerFailed;
import io.bootgate.timeline.BootEvent.WorkerTimedOut;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The application ends its own process with {@code sys.exit} or {@code os._exit}. Python prints no traceback for either, so this is
 * told by what is missing: workers that leave with a code of their own and no exception.
 */
final class SystemExitCalled implements CauseRule {
    private static final Set<String> IMPORT_BEFORE_BIND = Set.of("uvicorn", "hypercorn", "waitress", "flask", "django");
    private static final Pattern COMPLAINT = Pattern.compile("^\\w*Error: |^ERROR: |^[Uu]sage: |: error: ");
    private static final String DOUBT =
            " If it does not, native code crashes: run once with PYTHONFAULTHANDLER=1 and --log-level info to see it.";
    private static final int SIGNALS_FROM = 126;
    private static final int GUNICORN_WORKER_FAILED = 3;
    private static final int GUNICORN_APP_NOT_LOADED = 4;
    private static final String NOT_LOADED = "App failed to load.";

    @Override
    public CauseId id() {
        return CauseId.SYSTEM_EXIT;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        boolean explained = symptoms.timeline()
                .all(AppFailed.class)
                .anyMatch(failed -> !failed.reason().equals(NOT_LOADED));
        if (symptoms.timeline().has(WorkerFailed.class) || explained) {
            return Optional.empty();
        }
        return inWorkers(symptoms)
                .or(() -> asGunicornsOwnCode(symptoms))
                .or(() -> withoutWords(symptoms))
                .or(() -> inMain(symptoms));
    }

    private Optional<Finding> inWorkers(Symptoms symptoms) {
        List<WorkerDeath> left = WorkerDeath.in(symptoms.timeline()).stream()
                .filter(death ->
                        !death.timedOut() && !death.failed() && death.signal().isEmpty())
                .toList();
        if (left.isEmpty() || (left.size() < 2 && !Sightings.isLoop(symptoms))) {
            return Optional.empty();
        }
        WorkerDeath first = left.get(0);
        if (!first.lastWords() && first.exitCode().isEmpty()) {
            return ofUnknownKind(symptoms, first, left.size());
        }
        Optional<Logged> words = lastWords(symptoms, first);
        String how = first.lastWords() ? "sys.exit" : "os._exit";
        String code = first.exitCode().isPresent()
                ? " with exit code " + first.exitCode().getAsInt()
                : first.lastWords() && saysCodes(symptoms) ? " with exit code 0" : "";
        List<Evidence> evidence = new ArrayList<>();
        words.ifPresent(line -> evidence.add(Sightings.evidence(line)));
        evidence.add(Sightings.told(symptoms.timeline(), first.told()));
        String detail = "The application calls %s%s while it is loaded%s: %d workers ended, none with an exception."
                .formatted(
                        how,
                        code,
                        words.map(line -> " (" + line.text().strip() + ")").orElse(""),
                        left.size());
        return Optional.of(
                Sightings.answered(symptoms).isPresent()
                        ? likely(
                                detail.replace("while it is loaded", "while it runs"), evidence, place(symptoms), fix())
                        : certain(detail, evidence, place(symptoms), fix()));
    }

    /** Uvicorn's supervisor tells neither code nor signal; an exception would have left a traceback. */
    private Optional<Finding> ofUnknownKind(Symptoms symptoms, WorkerDeath first, int deaths) {
        boolean otherwise = symptoms.timeline().has(BootEvent.OutOfMemory.class)
                || !symptoms.tracebacks().all().isEmpty();
        return otherwise
                ? Optional.empty()
                : Optional.of(likely(
                        "%d workers ended without an exception: the application calls sys.exit or os._exit while it is loaded."
                                .formatted(deaths),
                        List.of(Sightings.told(symptoms.timeline(), first.told())),
                        Optional.empty(),
                        fix() + DOUBT));
    }

    /** With 3 or 4, Gunicorn's own codes for a worker that failed to boot and an app that was not loaded, and no word of why. */
    private Optional<Finding> asGunicornsOwnCode(Symptoms symptoms) {
        Optional<ServerStopping> stopping = symptoms.timeline()
                .first(ServerStopping.class)
                .filter(stop -> stop.reason()
                        .filter(r -> r.contains("Worker failed to boot") || r.equals(NOT_LOADED))
                        .isPresent());
        boolean explained = !symptoms.tracebacks().all().isEmpty()
                || (symptoms.timeline().has(AppFailed.class)
                        && symptoms.lines().stream()
                                .anyMatch(
                                        line -> !line.isBlank() && !line.text().startsWith("[")));
        if (stopping.isEmpty() || explained) {
            return Optional.empty();
        }
        int code = symptoms.timeline().has(AppFailed.class) ? GUNICORN_APP_NOT_LOADED : GUNICORN_WORKER_FAILED;
        String how = symptoms.timeline().has(WorkerExiting.class) ? "sys.exit" : "os._exit";
        return Optional.of(likely(
                "The application ends its worker with exit code %d and no exception: it calls %s(%1$d) while it is loaded."
                        .formatted(code, how),
                List.of(Sightings.told(symptoms.timeline(), stopping.get())),
                Optional.empty(),
                fix()));
    }

    /**
     * Gunicorn ends itself when a worker raises an exception, logs a timeout at every level and a signal from 20.1 on; the kernel
     * tells kills for memory. What is left for workers that vanish in silence is an exit of their own.
     */
    private Optional<Finding> withoutWords(Symptoms symptoms) {
        boolean gunicorn = symptoms.boot().server().equals("gunicorn");
        boolean mute = symptoms.timeline()
                .first(ServerStarting.class)
                .map(server -> server.version().matches("(?:19\\.|20\\.0).*"))
                .orElse(false);
        if (!gunicorn
                || mute
                || !Sightings.isLoop(symptoms)
                || symptoms.timeline().has(BootEvent.OutOfMemory.class)
                || symptoms.timeline().has(WorkerEnded.class)
                || symptoms.timeline().has(WorkerTimedOut.class)
                || !symptoms.tracebacks().all().isEmpty()) {
            return Optional.empty();
        }
        Optional<WorkerBooting> booting = symptoms.timeline().last(WorkerBooting.class);
        Evidence evidence = booting.map(event -> Sightings.told(symptoms.timeline(), event))
                .orElseGet(() -> new Evidence(
                        "processes",
                        0,
                        symptoms.verdict().at(),
                        "Worker processes are replaced again and again, and nothing is logged about it."));
        String doubt = booting.isPresent() ? "" : DOUBT;
        return Optional.of(likely(
                "Workers end again and again without an exception: the application calls %s while it is loaded."
                        .formatted(booting.isPresent() ? "os._exit" : "sys.exit or os._exit"),
                List.of(evidence),
                Optional.empty(),
                fix() + doubt));
    }

    /** The app is imported by the main process: under {@code --preload}, and by servers that import before they bind. */
    private Optional<Finding> inMain(Symptoms symptoms) {
        CommandLine command = CommandLine.of(symptoms.boot());
        String server = symptoms.boot().server();
        boolean imports = (server.equals("gunicorn") && command.has("--preload"))
                || (IMPORT_BEFORE_BIND.contains(server) && command.runsDirectly(server));
        return Sightings.exit(symptoms)
                .filter(exited -> imports && exited.exitCode() < SIGNALS_FROM)
                .filter(exited -> !symptoms.timeline().has(ServerBound.class)
                        && !symptoms.timeline().has(BindFailed.class))
                .filter(exited -> symptoms.tracebacks().all().isEmpty()
                        && symptoms.first(COMPLAINT).isEmpty())
                .map(exited -> ended(symptoms, exited));
    }

    private Finding ended(Symptoms symptoms, Exited exited) {
        List<Evidence> evidence = new ArrayList<>();
        Optional<Line> last = Sightings.lastLine(symptoms);
        last.ifPresent(line -> evidence.add(line.evidence()));
        evidence.add(Sightings.ended(exited));
        return likely(
                "The server ended with exit code %d while it loaded the application, without an exception: the application calls sys.exit%s."
                        .formatted(
                                exited.exitCode(),
                                last.map(line -> " (" + line.text().strip() + ")")
                                        .orElse("")),
                evidence,
                Optional.empty(),
                fix());
    }

    /** {@code sys.exit("text")} prints the text after the worker's last line, outside of the server's log format. */
    private static Optional<Logged> lastWords(Symptoms symptoms, WorkerDeath death) {
        if (!death.lastWords()) {
            return Optional.empty();
        }
        List<Logged> log = symptoms.timeline().log();
        String exiting = "Worker exiting (pid: %d)".formatted(death.pid());
        for (int i = 0; i + 1 < log.size(); i++) {
            if (log.get(i).text().contains(exiting)) {
                return Optional.of(log.get(i + 1))
                        .filter(line -> !line.text().startsWith("[")
                                && !line.text().startsWith("{")
                                && !line.text().isBlank());
            }
        }
        return Optional.empty();
    }

    private static boolean saysCodes(Symptoms symptoms) {
        return symptoms.timeline()
                .first(ServerStarting.class)
                .map(server -> server.version().matches("2[1-9]\\..*"))
                .orElse(false);
    }

    private static Optional<Location> place(Symptoms symptoms) {
        return symptoms.tracebacks().all().stream()
                .filter(traceback -> traceback.type().equals("SystemExit"))
                .findFirst()
                .flatMap(Traceback::place);
    }

    private static String fix() {
        return "Search the application for sys.exit, exit( and os._exit on the way of its import; raise an exception that says what is"
                + " missing instead, or give it what it asks for.";
    }
}
