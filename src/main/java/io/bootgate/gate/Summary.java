package io.bootgate.gate;

import io.bootgate.timeline.Boot;
import io.bootgate.timeline.BootEvent.Exited;
import io.bootgate.timeline.BootEvent.MemorySampled;
import io.bootgate.timeline.BootEvent.ProbeAnswered;
import io.bootgate.timeline.BootEvent.ResourcesUsed;
import io.bootgate.timeline.BootEvent.ServerBound;
import io.bootgate.timeline.BootEvent.ServerEvent;
import io.bootgate.timeline.BootEvent.ServerStarting;
import io.bootgate.timeline.BootEvent.WorkerBooting;
import io.bootgate.timeline.BootEvent.WorkerClassTold;
import io.bootgate.timeline.BootEvent.WorkerEnded;
import io.bootgate.timeline.BootEvent.WorkerExiting;
import io.bootgate.timeline.BootEvent.WorkerRecycling;
import io.bootgate.timeline.Timeline;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Numbers and names read off a timeline for the report. */
public record Summary(Timeline timeline) {

    public GateResult.Server server() {
        Optional<ServerStarting> starting = timeline.all(ServerStarting.class)
                .filter(event -> !event.version().isEmpty())
                .findFirst()
                .or(() -> timeline.first(ServerStarting.class));
        String name =
                starting.map(ServerStarting::server).orElse(timeline.boot().server());
        List<String> boundTo = timeline.all(ServerBound.class)
                .flatMap(bound -> bound.addresses().stream())
                .distinct()
                .toList();
        Set<Integer> booted =
                timeline.all(WorkerBooting.class).map(WorkerBooting::pid).collect(Collectors.toSet());
        return new GateResult.Server(
                name,
                starting.map(ServerStarting::version).orElse(""),
                timeline.last(WorkerClassTold.class).map(WorkerClassTold::workerClass),
                booted.size(),
                lost().size(),
                boundTo);
    }

    public GateResult.Container container(boolean oomKilled) {
        Boot boot = timeline.boot();
        Optional<Exited> exited = timeline.first(Exited.class);
        return new GateResult.Container(
                exited.map(end -> OptionalInt.of(end.exitCode())).orElse(OptionalInt.empty()),
                oomKilled,
                peak(oomKilled, boot.memoryLimitBytes()),
                boot.milliCpus(),
                boot.memoryLimitBytes(),
                used().flatMap(ResourcesUsed::cpu),
                used().flatMap(ResourcesUsed::throttled),
                Optional.empty());
    }

    private Optional<ResourcesUsed> used() {
        return timeline.last(ResourcesUsed.class);
    }

    /** The kernel's own peak; without it samples, which come once a second and miss a quick rise. A kill says that the limit was reached. */
    private OptionalLong peak(boolean oomKilled, OptionalLong limit) {
        OptionalLong counted = used().map(ResourcesUsed::peakMemoryBytes).orElseGet(OptionalLong::empty);
        OptionalLong peak = counted.isPresent()
                ? counted
                : timeline.all(MemorySampled.class)
                        .mapToLong(MemorySampled::usedBytes)
                        .max();
        return oomKilled && limit.isPresent() ? OptionalLong.of(Math.max(peak.orElse(0), limit.getAsLong())) : peak;
    }

    Optional<Duration> bound() {
        return timeline.first(ServerBound.class).map(ServerBound::at);
    }

    Optional<Duration> answered(int lowestStatus, int highestStatus) {
        return timeline.all(ProbeAnswered.class)
                .filter(answer -> lowestStatus <= answer.status() && answer.status() <= highestStatus)
                .map(ProbeAnswered::at)
                .findFirst();
    }

    private Set<Integer> lost() {
        Set<Integer> ended = new HashSet<>();
        timeline.all(ServerEvent.class).forEach(event -> {
            if (event instanceof WorkerExiting exiting) {
                ended.add(exiting.pid());
            } else if (event instanceof WorkerEnded end) {
                ended.add(end.pid());
            }
        });
        timeline.all(WorkerRecycling.class).forEach(recycling -> ended.remove(recycling.pid()));
        return ended;
    }
}
