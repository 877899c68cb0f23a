package io.bootgate.rule.lint;

import io.bootgate.rule.cause.CauseId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An address of the loopback interface, given or by default. */
final class BindLoopback implements LintRule {
    @Override
    public String id() {
        return "BIND_LOOPBACK";
    }

    @Override
    public String title() {
        return "The server listens where only the container itself reaches it";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of(CauseId.LOOPBACK_BIND);
    }

    @Override
    public List<LintFinding> check(LintProject project) {
        return FutureStart.of(project)
                .flatMap(start -> FutureBind.of(start).flatMap(bind -> check(start, bind)))
                .map(List::of)
                .orElse(List.of());
    }

    private Optional<LintFinding> check(FutureStart start, FutureBind bind) {
        List<FutureBind.Address> addresses = bind.addresses();
        if (addresses.isEmpty() || !addresses.stream().allMatch(FutureBind.Address::isLoopback)) {
            return Optional.empty();
        }
        FutureBind.Address address = addresses.get(0);
        String detail = bind.isDefault()
                ? "No address is given, and the default of %s is %s: nothing outside of the container reaches it."
                        .formatted(bind.server().id(), address.written())
                : "%s is reached from inside the container only.".formatted(address.written());
        String fix = bind.isDefault()
                ? "Give it the address of all interfaces: %s.".formatted(bind.advice(address.port()))
                : "Bind all interfaces instead: %s.".formatted(bind.advice(address.port()));
        return Optional.of(
                bind.isSure() && start.known() && !FutureBind.hasProxy(start)
                        ? error(bind.place(), detail, fix)
                        : warning(bind.place(), detail, fix));
    }
}
