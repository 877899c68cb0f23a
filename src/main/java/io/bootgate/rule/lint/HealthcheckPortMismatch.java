package io.bootgate.rule.lint;

import io.bootgate.rule.cause.CauseId;
import io.bootgate.source.dockerfile.Instruction;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The HEALTHCHECK asks a port that the server does not bind. */
final class HealthcheckPortMismatch implements LintRule {
    private static final Pattern ASKED =
            Pattern.compile("https?://(?:localhost|127\\.0\\.0\\.1|0\\.0\\.0\\.0|\\[::1]):(\\d{1,5})\\b");

    @Override
    public String id() {
        return "HEALTHCHECK_PORT_MISMATCH";
    }

    @Override
    public String title() {
        return "The HEALTHCHECK asks another port than the one that is bound";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of(CauseId.UNHEALTHY);
    }

    @Override
    public List<LintFinding> check(LintProject project) {
        return FutureStart.of(project)
                .filter(start -> !FutureBind.hasProxy(start))
                .flatMap(start -> start.stage()
                        .healthcheck()
                        .flatMap(check -> FutureBind.of(start).flatMap(bind -> check(start, check, bind))))
                .map(List::of)
                .orElse(List.of());
    }

    private Optional<LintFinding> check(FutureStart start, Instruction healthcheck, FutureBind bind) {
        Matcher asked = ASKED.matcher(healthcheck.arguments());
        List<Integer> bound = bind.ports();
        if (bound.isEmpty() || bound.size() < bind.addresses().size() || !asked.find()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(asked.group(1));
        if (bound.contains(port) || asked.find()) {
            return Optional.empty();
        }
        String detail = "The check asks port %d, and the server binds %d.".formatted(port, bound.get(0));
        String fix = "Let it ask port %d.".formatted(bound.get(0));
        return start.dockerfile()
                .map(source -> Texts.at(source, healthcheck, ":" + port))
                .map(place -> bind.isSure() && start.known() ? error(place, detail, fix) : warning(place, detail, fix));
    }
}
