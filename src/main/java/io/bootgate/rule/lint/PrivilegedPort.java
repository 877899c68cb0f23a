package io.bootgate.rule.lint;

import io.bootgate.rule.cause.CauseId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Engines permit it by default, other platforms don't. */
final class PrivilegedPort implements LintRule {
    @Override
    public String id() {
        return "PRIVILEGED_PORT";
    }

    @Override
    public String title() {
        return "A user without privileges binds a port below 1024";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of(CauseId.PORT_NOT_PERMITTED);
    }

    private static final String FIRST_FREE = "net.ipv4.ip_unprivileged_port_start";

    @Override
    public List<LintFinding> check(LintProject project) {
        return FutureStart.of(project)
                .filter(FutureStart::isSurelyNotRoot)
                .flatMap(start -> FutureBind.of(start).flatMap(bind -> check(start, bind)))
                .map(List::of)
                .orElse(List.of());
    }

    private Optional<LintFinding> check(FutureStart start, FutureBind bind) {
        return bind.ports().stream().filter(port -> port < 1024).findFirst().map(port -> {
            String first = start.project().request().run().sysctls().getOrDefault(FIRST_FREE, "");
            boolean denied = first.matches("\\d{1,5}") && Integer.parseInt(first) > port;
            String detail =
                    "Port %d is bound by user %s, who may do so only where the platform permits it to everybody."
                            .formatted(port, start.user().orElse(""));
            String fix = "Bind a port from 1024 on, 8000 for instance, and let the platform publish it as %d."
                    .formatted(port);
            return denied ? error(bind.place(), detail, fix) : warning(bind.place(), detail, fix);
        });
    }
}
