package io.bootgate.rule.lint;

import io.bootgate.rule.cause.CauseId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The port that is bound is not the one of {@code <port>}, of the descriptor or of EXPOSE. */
final class BindPortMismatch implements LintRule {
    @Override
    public String id() {
        return "BIND_PORT_MISMATCH";
    }

    @Override
    public String title() {
        return "The server listens on another port than the one that is asked for";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of(CauseId.PORT_MISMATCH);
    }

    @Override
    public List<LintFinding> check(LintProject project) {
        return FutureStart.of(project)
                .flatMap(start -> FutureBind.of(start).flatMap(bind -> check(start, bind)))
                .map(List::of)
                .orElse(List.of());
    }

    private Optional<LintFinding> check(FutureStart start, FutureBind bind) {
        List<Integer> bound = bind.ports();
        List<Integer> exposed = FutureBind.exposed(start);
        if (bound.isEmpty() || bound.size() < bind.addresses().size() || FutureBind.hasProxy(start)) {
            return Optional.empty();
        }
        var asked = start.project().request().run().port();
        if (asked.isPresent() && !bound.contains(asked.getAsInt())) {
            return Optional.of(finding(
                    start,
                    bind,
                    true,
                    "<port> is %d, and the server binds %s.".formatted(asked.getAsInt(), told(bound)),
                    asked.getAsInt()));
        }
        if (exposed.isEmpty() || exposed.stream().anyMatch(bound::contains)) {
            return Optional.empty();
        }
        return Optional.of(finding(
                start,
                bind,
                asked.isEmpty() && exposed.size() == 1,
                "EXPOSE says %s, and the server binds %s.".formatted(told(exposed), told(bound)),
                exposed.get(0)));
    }

    private LintFinding finding(FutureStart start, FutureBind bind, boolean certain, String detail, int port) {
        String fix = "Bind port %d, or name the bound one there.".formatted(port);
        return certain && bind.isSure() && start.known()
                ? error(bind.place(), detail, fix)
                : warning(bind.place(), detail, fix);
    }

    private static String told(List<Integer> ports) {
        return String.join(", ", ports.stream().map(String::valueOf).toList());
    }
}
