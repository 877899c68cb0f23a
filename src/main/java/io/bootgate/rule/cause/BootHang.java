package io.bootgate.rule.cause;

import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.timeline.BootEvent.AppFailed;
import io.bootgate.timeline.BootEvent.AppLoaded;
import io.bootgate.timeline.BootEvent.ProbeFailed;
import io.bootgate.timeline.BootEvent.ProbeFailure;
import io.bootgate.timeline.BootEvent.ProcessesSeen;
import io.bootgate.timeline.BootEvent.ServerBound;
import io.bootgate.timeline.BootEvent.ServerStarting;
import io.bootgate.timeline.BootEvent.SocketsSeen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The server runs and no process ever took a connection: the application is still being loaded. Connections that wait in the
 * kernel's queue have no owner, which tells this from an application that does not answer.
 */
final class BootHang implements CauseRule {
    @Override
    public CauseId id() {
        return CauseId.BOOT_HANG;
    }

    @Override
    public boolean isLastResort() {
        return true;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        if (Sightings.exit(symptoms).isPresent()
                || Sightings.answered(symptoms).isPresent()
                || symptoms.timeline().has(AppLoaded.class)
                || symptoms.timeline().has(AppFailed.class)
                || !runs(symptoms)
                || Sightings.isLoop(symptoms)
                || !WorkerDeath.in(symptoms.timeline()).isEmpty()) {
            return Optional.empty();
        }
        boolean bound = symptoms.timeline().has(ServerBound.class)
                || !Sightings.listeners(symptoms).isEmpty();
        OptionalInt port = Sightings.port(symptoms);
        boolean taken = port.isPresent() && Sightings.wasAccepted(symptoms, port.getAsInt());
        if (taken || (bound && !isQueueing(symptoms))) {
            return Optional.empty();
        }
        return Optional.of(finding(symptoms, bound));
    }

    private static boolean runs(Symptoms symptoms) {
        return Sightings.serverRan(symptoms)
                || symptoms.timeline()
                        .last(ProcessesSeen.class)
                        .map(table -> !table.processes().isEmpty())
                        .orElse(false);
    }

    private static boolean isQueueing(Symptoms symptoms) {
        return symptoms.timeline()
                .last(ProbeFailed.class)
                .map(failed -> failed.failure() == ProbeFailure.TIMED_OUT)
                .orElse(false);
    }

    private Finding finding(Symptoms symptoms, boolean bound) {
        List<Evidence> evidence = new ArrayList<>();
        Sightings.lastLine(symptoms).ifPresent(line -> evidence.add(line.evidence()));
        symptoms.timeline().last(ProbeFailed.class).map(Sightings::probe).ifPresent(evidence::add);
        if (evidence.isEmpty()) {
            evidence.add(new Evidence(
                    "processes", 0, symptoms.verdict().at(), "The processes run, and nothing is logged or answered."));
        }
        String waited = Sightings.time(symptoms.verdict().at());
        String detail = bound
                ? "The port is open and no worker takes a connection: the application was still being loaded after %s."
                        .formatted(waited)
                : "The process runs and has opened no port after %s: the application hangs while it is loaded."
                        .formatted(waited);
        String note = isUntimed(symptoms) ? " (Gunicorn 22 and later never end a hanging import by --timeout.)" : "";
        String fix =
                "Look for what the application waits for at import: a connection without a time limit, a lock, input, a download or a"
                        + " model; PYTHONFAULTHANDLER=1 and kill -ABRT show the line. If it only needs longer, raise <timeout>."
                        + note;
        boolean proven = bound && symptoms.timeline().has(SocketsSeen.class);
        return proven
                ? certain(detail, evidence, Optional.empty(), fix)
                : likely(detail, evidence, Optional.empty(), fix);
    }

    private static boolean isUntimed(Symptoms symptoms) {
        return symptoms.timeline()
                .first(ServerStarting.class)
                .map(server ->
                        server.server().equals("gunicorn") && server.version().matches("2[2-9]\\..*"))
                .orElse(false);
    }
}
