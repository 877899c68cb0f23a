package io.bootgate.rule.cause;

import io.bootgate.rule.Finding;
import io.bootgate.timeline.BootEvent.SocketsSeen;
import java.util.Optional;

/** Another process in the container holds the port. */
final class AddressInUse implements CauseRule {
    @Override
    public CauseId id() {
        return CauseId.ADDRESS_IN_USE;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        return BindFailure.in(symptoms)
                .filter(failure -> failure.kind() == BindFailure.Kind.IN_USE)
                .map(failure -> certain(
                        "%s is already taken by another process inside the container.".formatted(failure.address()),
                        failure.evidence(symptoms),
                        Optional.empty(),
                        symptoms.timeline().has(SocketsSeen.class)
                                ? "Start the server once only: look for a second one in the entry script or in a supervisor's configuration, or"
                                        + " give one of them another port."
                                : "Stop the process that holds the port, or bind another one."));
    }
}
