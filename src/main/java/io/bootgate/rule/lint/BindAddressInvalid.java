package io.bootgate.rule.lint;

import io.bootgate.rule.cause.CauseId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A fixed address that a container does not have, or a port that there is not. */
final class BindAddressInvalid implements LintRule {
    private static final int HIGHEST_PORT = 65535;

    @Override
    public String id() {
        return "BIND_ADDRESS_INVALID";
    }

    @Override
    public String title() {
        return "The address cannot be bound in a container";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of(CauseId.ADDRESS_INVALID, CauseId.SERVER_MISCONFIGURED, CauseId.EXITED);
    }

    @Override
    public List<LintFinding> check(LintProject project) {
        return FutureStart.of(project)
                .flatMap(start -> FutureBind.of(start).flatMap(bind -> check(start, bind)))
                .map(List::of)
                .orElse(List.of());
    }

    private Optional<LintFinding> check(FutureStart start, FutureBind bind) {
        for (FutureBind.Address address : bind.addresses()) {
            String port = address.port();
            boolean noPort = !port.isEmpty() && Integer.parseInt(port) > HIGHEST_PORT;
            boolean foreign = address.written().matches("\\d{1,3}(?:\\.\\d{1,3}){3}(?::\\d+)?")
                    && !address.written().startsWith("0.0.0.0")
                    && !address.isLoopback();
            if (noPort || foreign) {
                String detail = noPort
                        ? "There is no port %s: the highest is 65535.".formatted(port)
                        : "%s is no address that a container gets.".formatted(address.written());
                String fix = "Bind all interfaces: %s.".formatted(bind.advice(noPort ? "" : port));
                return Optional.of(
                        bind.isSure() && start.known()
                                ? error(bind.place(), detail, fix)
                                : warning(bind.place(), detail, fix));
            }
        }
        return Optional.empty();
    }
}
