package io.bootgate.rule.cause;

import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.timeline.BootEvent.BindFailed;
import io.bootgate.timeline.BootEvent.ProbeAnswered;
import io.bootgate.timeline.BootEvent.ProcessesSeen;
import io.bootgate.timeline.BootEvent.ServerBound;
import io.bootgate.timeline.BootEvent.SocketsSeen;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Another process in the container holds the port. */
final class AddressInUse implements CauseRule {
    private static final Pattern OF_THE_MACHINE =
            Pattern.compile("(?i)response from daemon|ports are not available|already allocated|userland proxy");

    @Override
    public CauseId id() {
        return CauseId.ADDRESS_IN_USE;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        return told(symptoms).or(() -> answeredByAnother(symptoms));
    }

    /** A quiet server that was started while another program answers on its port: it ends, or tries for ever. */
    private Optional<Finding> answeredByAnother(Symptoms symptoms) {
        boolean started = symptoms.timeline()
                .all(ProcessesSeen.class)
                .anyMatch(table -> !Sightings.servers(table).isEmpty());
        Optional<ProbeAnswered> answer = Sightings.answered(symptoms);
        if (!started || symptoms.timeline().has(ServerBound.class) || !Sightings.isAnsweredByOthersOnly(symptoms)) {
            return Optional.empty();
        }
        return answer.map(other -> likely(
                "Port %d is answered by another program (%s): the server can't have it."
                        .formatted(other.port(), other.server()),
                List.of(Sightings.answer(other)),
                Optional.empty(),
                "Start the server alone, or give the other program another port."));
    }

    private Optional<Finding> told(Symptoms symptoms) {
        return BindFailure.in(symptoms)
                .filter(failure -> failure.kind() == BindFailure.Kind.IN_USE)
                .map(failure -> finding(failure, symptoms));
    }

    private Finding finding(BindFailure failure, Symptoms symptoms) {
        List<Evidence> evidence = failure.evidence(symptoms);
        boolean ofTheMachine = OF_THE_MACHINE.matcher(evidence.get(0).text()).find();
        String detail = "%s is already taken by another process %s."
                .formatted(failure.address(), ofTheMachine ? "on the machine" : "inside the container");
        String fix = ofTheMachine
                ? "Stop what holds the port on the machine (docker ps, ss -ltnp), or publish another one: -p 8001:8000."
                : symptoms.timeline().has(SocketsSeen.class)
                        ? "Start the server once only: look for a second one in the entry script or in a supervisor's configuration, or"
                                + " give one of them another port."
                        : "Stop the process that holds the port, or bind another one.";
        boolean told = symptoms.timeline().has(BindFailed.class)
                || Sightings.exit(symptoms).isPresent();
        return told
                ? certain(detail, evidence, Optional.empty(), fix)
                : likely(detail, evidence, Optional.empty(), fix);
    }
}
