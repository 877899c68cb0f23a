package io.bootgate.rule.cause;

import io.bootgate.judge.Verdict.Reason;
import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.timeline.BootEvent.ProbeAnswered;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Requests are answered with an error, and no exception in the log says why. */
final class HttpError implements CauseRule {
    private static final int SERVER_ERROR = 500;

    @Override
    public CauseId id() {
        return CauseId.HTTP_ERROR;
    }

    @Override
    public boolean isLastResort() {
        return true;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        return Sightings.answered(symptoms)
                .filter(answer ->
                        answer.status() >= SERVER_ERROR || symptoms.verdict().reason() == Reason.HTTP_ERROR)
                .map(answer -> finding(symptoms, answer));
    }

    private Finding finding(Symptoms symptoms, ProbeAnswered answer) {
        int status = answer.status();
        long times = symptoms.timeline()
                .all(ProbeAnswered.class)
                .filter(other -> other.status() == status)
                .count();
        List<Evidence> evidence = new ArrayList<>(List.of(Sightings.answer(answer)));
        Sightings.lastLine(symptoms).ifPresent(line -> evidence.add(line.evidence()));
        String fix = switch (status) {
            case 502, 504 ->
                "A proxy in the container answers without its backend: see that the server behind it runs on the port"
                        + " that the proxy asks.";
            case 503 ->
                "The service says that it is not ready: give it what it waits for (a backend, a warm-up), or probe a path that"
                        + " tells only that it is up: <http><path>/healthz</path></http>.";
            default ->
                status < SERVER_ERROR
                        ? "Probe a path that is served (<http><path>/healthz</path></http>), or accept the answer: <http><status>200-499</status></http>."
                        : "The exception is not in the log: let the application log it (in Flask: app.logger, in Django: LOGGING), or probe"
                                + " another path: <http><path>/healthz</path></http>.";
        };
        return certain(
                "Port %d answers with status %d, %s."
                        .formatted(answer.port(), status, times > 1 ? times + " times" : "once"),
                evidence,
                Optional.empty(),
                fix);
    }
}
