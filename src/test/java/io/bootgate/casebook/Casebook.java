package io.bootgate.casebook;

import io.bootgate.rule.cause.CauseId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
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

    /** The part that every build boots: the first case of each cause, a third of the healthy ones, and all that are for both engines. */
    static List<Case> everyday() {
        Set<CauseId> causes = EnumSet.noneOf(CauseId.class);
        AtomicInteger healthy = new AtomicInteger();
        return ALL.stream()
                .filter(one -> one.isHealthy()
                        ? healthy.getAndIncrement() % 3 == 0 || one.isOnPodman()
                        : causes.add(one.causes().get(0)) || one.isOnPodman())
                .toList();
    }

    private Casebook() {}
}
