package io.bootgate.judge;

import io.bootgate.judge.Verdict.Reason;
import io.bootgate.timeline.BootEvent.NeighbourEnded;
import io.bootgate.timeline.BootEvent.PlatformProbed;
import io.bootgate.timeline.Group;
import io.bootgate.timeline.Group.PlatformProbe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What its deployment asks of a container: its platform's probes, and the containers beside it. */
record DeployedTogether(Seen seen) {
    /** What stays wrong for that long, and can't get better by waiting, is decided. */
    private static final Duration FOR_GOOD = Duration.ofMillis(1500);

    /** A probe may say "not yet" this long after the service answers. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final int FEW = 3;

    /** What decided, and when. */
    record Decision(Duration at, Reason reason) {}

    /**
     * Evidence against it.
     *
     * @param serves since when the service answers: before that it is the service that fails, and why is another rule's to say
     */
    Optional<Decision> against(Optional<Duration> serves) {
        return seen.neighbours()
                .lost()
                .map(lost -> new Decision(lost.at(), Reason.NEIGHBOUR_LOST))
                .or(() -> serves.flatMap(this::againstProbes));
    }

    private Optional<Decision> againstProbes(Duration serves) {
        return seen.boot().group().probes().stream()
                .flatMap(probe -> against(probe, serves).stream())
                .findFirst()
                .map(at -> new Decision(at, Reason.PROBE_FAILED));
    }

    private Optional<Duration> against(PlatformProbe probe, Duration serves) {
        Optional<Duration> passed = seen.platform().firstPass(probe.kind());
        if (probe.kills() && passed.isPresent() && passed.get().compareTo(deadline(probe)) > 0) {
            return passed;
        }
        List<PlatformProbed> failures = seen.platform().failures(probe.kind()).stream()
                .filter(failure -> failure.at().compareTo(serves) > 0)
                .toList();
        if (failures.size() < FEW) {
            return Optional.empty();
        }
        PlatformProbed last = failures.get(failures.size() - 1);
        Duration span = last.at().minus(failures.get(0).at());
        boolean late = probe.kills() && passed.isEmpty() && last.at().compareTo(deadline(probe)) > 0;
        boolean decided = span.compareTo(last.forGood() ? FOR_GOOD : PATIENCE) >= 0;
        return decided || (late && span.compareTo(FOR_GOOD) >= 0) ? Optional.of(last.at()) : Optional.empty();
    }

    /** Liveness is not asked before the startup probe has passed. */
    private Duration deadline(PlatformProbe probe) {
        Duration from = probe.kind().equals("liveness")
                ? seen.platform().firstPass("startup").orElse(Duration.ZERO)
                : Duration.ZERO;
        return from.plus(probe.deadline());
    }

    /** What is still to come, one sentence each. */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        for (Group.Neighbour neighbour : seen.boot().group().neighbours()) {
            if (neighbour.awaited() && !seen.neighbours().isSettled(neighbour.name())) {
                missing.add("the container %s beside it is not up yet".formatted(neighbour.name()));
            }
        }
        for (PlatformProbe probe : seen.boot().group().probes()) {
            List<PlatformProbed> failures = seen.platform().failures(probe.kind());
            if (seen.platform().firstPass(probe.kind()).isEmpty() || !failures.isEmpty()) {
                missing.add("the %s probe (%s) has not passed yet".formatted(probe.kind(), probe.asked())
                        + Stream.ofNullable(failures.isEmpty() ? null : failures.get(failures.size() - 1))
                                .map(last -> ": " + last.outcome())
                                .findFirst()
                                .orElse(""));
            }
        }
        return missing;
    }

    /** What its platform gets over. */
    List<String> warnings() {
        return seen.neighbours().ended().stream()
                .filter(end -> !end.lost())
                .map(DeployedTogether::told)
                .toList();
    }

    private static String told(NeighbourEnded end) {
        return "The container %s beside it ended with exit code %d; its platform lets that be."
                .formatted(end.name(), end.exitCode());
    }
}
