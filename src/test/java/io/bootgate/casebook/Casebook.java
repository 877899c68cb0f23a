package io.bootgate.casebook;

import java.util.List;
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

    private Casebook() {}
}
