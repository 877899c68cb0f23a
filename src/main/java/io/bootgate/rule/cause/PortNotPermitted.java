package io.bootgate.rule.cause;

import io.bootgate.rule.Finding;
import java.util.Optional;

/** The container's user may not bind a port below 1024. */
final class PortNotPermitted implements CauseRule {
    @Override
    public CauseId id() {
        return CauseId.PORT_NOT_PERMITTED;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        return BindFailure.in(symptoms)
                .filter(failure -> failure.kind() == BindFailure.Kind.NOT_PERMITTED)
                .map(failure -> {
                    String user = symptoms.boot().user();
                    String detail = "%s may not bind %s: ports below 1024 are for root."
                            .formatted(user.isEmpty() ? "The container's user" : "The user " + user, failure.address());
                    String fix = "Bind a port from 1024 on (-b 0.0.0.0:8000) and publish it as the low one; or set"
                            + " <sysctls><net.ipv4.ip_unprivileged_port_start>0</net.ipv4.ip_unprivileged_port_start></sysctls>, here and where it"
                            + " is deployed.";
                    return failure.isReasonTold()
                            ? certain(detail, failure.evidence(symptoms), Optional.empty(), fix)
                            : likely(detail, failure.evidence(symptoms), Optional.empty(), fix);
                });
    }
}
