package io.bootgate.rule.lint;

import io.bootgate.rule.cause.CauseId;
import java.util.List;
import java.util.Set;

/** No port is bound, so no platform can send a request. */
final class BindSocketOnly implements LintRule {
    @Override
    public String id() {
        return "BIND_SOCKET_ONLY";
    }

    @Override
    public String title() {
        return "The server listens on a Unix socket only";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of(CauseId.UNREACHABLE_BIND);
    }

    @Override
    public List<LintFinding> check(LintProject project) {
        return FutureStart.of(project)
                .flatMap(start -> FutureBind.of(start)
                        .filter(bind -> !bind.addresses().isEmpty()
                                && bind.addresses().stream().allMatch(FutureBind.Address::isSocket))
                        .map(bind -> finding(start, bind)))
                .map(List::of)
                .orElse(List.of());
    }

    private LintFinding finding(FutureStart start, FutureBind bind) {
        String detail = "%s is a Unix socket, which nothing outside of the container reaches."
                .formatted(bind.addresses().get(0).written());
        String fix = "Bind a port: %s.".formatted(bind.advice(""));
        return bind.isSure() && start.known() && !FutureBind.hasProxy(start)
                ? error(bind.place(), detail, fix)
                : warning(bind.place(), detail, fix);
    }
}
