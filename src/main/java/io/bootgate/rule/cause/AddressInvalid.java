package io.bootgate.rule.cause;

import io.bootgate.rule.Finding;
import java.util.Optional;

/** The address to bind is not one that the container has. */
final class AddressInvalid implements CauseRule {
    @Override
    public CauseId id() {
        return CauseId.ADDRESS_INVALID;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        return BindFailure.in(symptoms)
                .filter(failure -> failure.kind() == BindFailure.Kind.INVALID)
                .map(failure -> certain(
                        "%s is not an address of the container.".formatted(failure.address()),
                        failure.evidence(symptoms),
                        Optional.empty(),
                        "Bind all addresses of the container: -b 0.0.0.0:%d."
                                .formatted(failure.port()
                                        .orElse(symptoms.boot().expectedPort().orElse(8000)))));
    }
}
