package io.bootgate.casebook;

import io.bootgate.rule.cause.CauseId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** All cases, in the order of the table. */
final class Casebook {
    static final List<Case> ALL = Stream.of(
                    Healthy.cases(),
                    HealthyAnswers.cases(),
                    BrokenStart.cases(),
                    BrokenApp.cases(),
                    BrokenRun.cases(),
                    OtherServers.cases())
            .flatMap(List::stream)
            .toList();

    /** The part that every build boots: the first case of each cause, and all that are booted on both engines. */
    static List<Case> everyday() {
        Set<CauseId> causes = EnumSet.noneOf(CauseId.class);
        return ALL.stream()
                .filter(one -> one.isOnPodman()
                        || (!one.isHealthy() && causes.add(one.causes().get(0))))
                .toList();
    }

    private Casebook() {}
}
