package io.bootgate.rule.cause;

import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.timeline.BootEvent.ProbeFailed;
import io.bootgate.timeline.BootEvent.ProbeFailure;
import io.bootgate.timeline.BootEvent.ServerBound;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Connections are taken and no HTTP answer comes. */
final class HttpNoAnswer implements CauseRule {
    @Override
    public CauseId id() {
        return CauseId.HTTP_NO_ANSWER;
    }

    @Override
    public boolean isLastResort() {
        return true;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        if (Sightings.exit(symptoms).isPresent() || Sightings.answered(symptoms).isPresent()) {
            return Optional.empty();
        }
        return symptoms.timeline()
                .last(ProbeFailed.class)
                .filter(failed -> failed.failure() != ProbeFailure.REFUSED)
                .filter(failed -> listens(symptoms, failed.port()))
                .map(failed -> finding(symptoms, failed));
    }

    /** By the socket table where one was seen after the bind line: anybody can print that line. */
    private static boolean listens(Symptoms symptoms, int port) {
        return Sightings.isBindSeenThrough(symptoms)
                ? Sightings.listeners(symptoms).stream().anyMatch(socket -> socket.port() == port)
                : symptoms.timeline().has(ServerBound.class)
                        || !Sightings.listeners(symptoms).isEmpty();
    }

    private Finding finding(Symptoms symptoms, ProbeFailed failed) {
        boolean taken = Sightings.wasAccepted(symptoms, failed.port());
        List<Evidence> evidence = new ArrayList<>(List.of(Sightings.probe(failed)));
        if (taken) {
            evidence.add(new Evidence(
                    "sockets",
                    0,
                    failed.at(),
                    "A process of the container took the connection to port %d.".formatted(failed.port())));
        }
        String detail = switch (failed.failure()) {
            case NOT_HTTP -> "Port %d answers with something that is not HTTP.";
            case CLOSED -> "Port %d closes connections without an answer.";
            default -> "Port %d takes requests and does not answer them in time.";
        };
        String fix = switch (failed.failure()) {
            case NOT_HTTP ->
                "Set <http><scheme>https</scheme></http> if it speaks TLS, or <http><skip>true</skip></http> if it is no HTTP"
                        + " service.";
            case CLOSED -> "See what listens on that port; if it speaks TLS, set <http><scheme>https</scheme></http>.";
            default ->
                "Find what the request waits for (a lock, a backend without a time limit), probe a path that is quick"
                        + " (<http><path>/healthz</path></http>), or give it longer: <http><timeout>30s</timeout></http>.";
        };
        return taken
                ? certain(detail.formatted(failed.port()), evidence, Optional.empty(), fix)
                : likely(detail.formatted(failed.port()), evidence, Optional.empty(), fix);
    }
}
