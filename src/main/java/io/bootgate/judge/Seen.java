package io.bootgate.judge;

import io.bootgate.timeline.Boot;
import io.bootgate.timeline.BootEvent;
import io.bootgate.timeline.BootEvent.AppFailed;
import io.bootgate.timeline.BootEvent.BindFailed;
import io.bootgate.timeline.BootEvent.Created;
import io.bootgate.timeline.BootEvent.Exited;
import io.bootgate.timeline.BootEvent.HealthChecked;
import io.bootgate.timeline.BootEvent.NeighbourEnded;
import io.bootgate.timeline.BootEvent.NeighbourSettled;
import io.bootgate.timeline.BootEvent.OutOfMemory;
import io.bootgate.timeline.BootEvent.PlatformProbed;
import io.bootgate.timeline.BootEvent.ProbeAnswered;
import io.bootgate.timeline.BootEvent.ProbeFailed;
import io.bootgate.timeline.BootEvent.ProcessesSeen;
import io.bootgate.timeline.BootEvent.RequestFailed;
import io.bootgate.timeline.BootEvent.ServerBound;
import io.bootgate.timeline.BootEvent.ServerStarting;
import io.bootgate.timeline.BootEvent.ServerStopping;
import io.bootgate.timeline.BootEvent.SocketsSeen;
import io.bootgate.timeline.BootEvent.StartRefused;
import io.bootgate.timeline.BootEvent.Started;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The facts of a boot that decide it, gathered so that the order in which events of one instant are told makes no
 * difference: sets, earliest and latest times, never "the last one told".
 */
record Seen(
        Duration now,
        Boot boot,
        Optional<Duration> started,
        Optional<StartRefused> refused,
        Optional<Exited> exited,
        Optional<Duration> outOfMemory,
        Optional<String> serverName,
        Set<String> addresses,
        Optional<Duration> bound,
        Optional<BindFailed> bindFailed,
        boolean refusedBind,
        Optional<AppFailed> appFailed,
        Optional<ServerStopping> stopping,
        int requestsFailed,
        Workers workers,
        Processes processes,
        Optional<SocketsSeen> sockets,
        Probes probes,
        Health health,
        Neighbours neighbours,
        PlatformProbes platform) {

    static Seen nothing() {
        return new Seen(
                Duration.ZERO,
                Boot.unknown("unknown"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                0,
                Workers.NONE,
                Processes.NONE,
                Optional.empty(),
                Probes.NONE,
                Health.NONE,
                Neighbours.NONE,
                PlatformProbes.NONE);
    }

    Seen with(BootEvent event) {
        Draft draft = new Draft(this);
        draft.add(event);
        return draft.toSeen();
    }

    /** The configured or detected server; where the command told none, the one that said its name. */
    String server() {
        return boot.server().equals("unknown") ? serverName.orElse("unknown") : boot.server();
    }

    /** What the HEALTHCHECK said, run by the gate. */
    record Health(Optional<HealthChecked> firstFailure, Optional<HealthChecked> last, int failures) {
        static final Health NONE = new Health(Optional.empty(), Optional.empty(), 0);

        Health with(HealthChecked checked) {
            boolean latest =
                    last.map(before -> before.at().compareTo(checked.at()) <= 0).orElse(true);
            return new Health(
                    checked.passed() ? firstFailure : earlier(firstFailure, checked),
                    latest ? Optional.of(checked) : last,
                    checked.passed() ? failures : failures + 1);
        }
    }

    private static <E extends BootEvent> Optional<E> earlier(Optional<E> known, E event) {
        Comparator<E> order = Comparator.<E, Duration>comparing(BootEvent::at).thenComparing(Object::toString);
        return known.filter(before -> order.compare(before, event) <= 0).or(() -> Optional.of(event));
    }

    private static Optional<Duration> earlier(Optional<Duration> known, Duration at) {
        return known.filter(before -> before.compareTo(at) <= 0).or(() -> Optional.of(at));
    }

    /** The mutable copy while one event is added. */
    private static final class Draft {
        private Duration now;
        private Boot boot;
        private Optional<Duration> started;
        private Optional<StartRefused> refused;
        private Optional<Exited> exited;
        private Optional<Duration> outOfMemory;
        private Optional<String> serverName;
        private Set<String> addresses;
        private Optional<Duration> bound;
        private Optional<BindFailed> bindFailed;
        private boolean refusedBind;
        private Optional<AppFailed> appFailed;
        private Optional<ServerStopping> stopping;
        private int requestsFailed;
        private Processes processes;
        private Optional<SocketsSeen> sockets;
        private Probes probes;
        private Health health;
        private Neighbours neighbours;
        private PlatformProbes platform;
        private Workers workers;

        Draft(Seen before) {
            now = before.now;
            boot = before.boot;
            started = before.started;
            refused = before.refused;
            exited = before.exited;
            outOfMemory = before.outOfMemory;
            serverName = before.serverName;
            addresses = before.addresses;
            bound = before.bound;
            bindFailed = before.bindFailed;
            refusedBind = before.refusedBind;
            appFailed = before.appFailed;
            stopping = before.stopping;
            requestsFailed = before.requestsFailed;
            workers = before.workers;
            processes = before.processes;
            sockets = before.sockets;
            probes = before.probes;
            health = before.health;
            neighbours = before.neighbours;
            platform = before.platform;
        }

        void add(BootEvent event) {
            if (event.at().compareTo(now) > 0) {
                now = event.at();
            }
            if (event instanceof BootEvent.ServerEvent server) {
                add(server);
            } else if (event instanceof Created created) {
                boot = created.boot();
            } else if (event instanceof Started start) {
                started = earlier(started, start.at());
            } else if (event instanceof StartRefused refusal) {
                refused = earlier(refused, refusal);
            } else if (event instanceof Exited exit) {
                exited = earlier(exited, exit);
            } else if (event instanceof OutOfMemory kill) {
                outOfMemory = earlier(outOfMemory, kill.at());
            } else if (event instanceof ProcessesSeen table) {
                processes = processes.with(table);
            } else if (event instanceof SocketsSeen table) {
                sockets = sockets.filter(known -> known.at().compareTo(table.at()) > 0)
                        .or(() -> Optional.of(table));
            } else if (event instanceof ProbeAnswered answer) {
                probes = probes.with(answer);
            } else if (event instanceof ProbeFailed failure) {
                probes = probes.with(failure);
            } else if (event instanceof HealthChecked checked) {
                health = health.with(checked);
            } else if (event instanceof NeighbourSettled || event instanceof NeighbourEnded) {
                neighbours = neighbours.with(event);
            } else if (event instanceof PlatformProbed probed) {
                platform = platform.with(probed);
            }
        }

        private void add(BootEvent.ServerEvent event) {
            workers = workers.with(event);
            if (event instanceof ServerStarting starting) {
                serverName = serverName
                        .filter(known -> known.compareTo(starting.server()) <= 0)
                        .or(() -> Optional.of(starting.server()));
            } else if (event instanceof ServerBound binding) {
                Set<String> more = new TreeSet<>(addresses);
                more.addAll(binding.addresses());
                addresses = more;
                bound = earlier(bound, binding.at());
            } else if (event instanceof BindFailed failure) {
                if (failure.last()) {
                    bindFailed = earlier(bindFailed, failure);
                }
                refusedBind = true;
            } else if (event instanceof AppFailed failure) {
                appFailed = earlier(appFailed, failure);
            } else if (event instanceof ServerStopping stop) {
                // The reason is what counts: a server that was asked to stop may give none.
                Predicate<ServerStopping> hasReason = known -> known.reason().isPresent();
                stopping = stopping.filter(hasReason.or(known -> stop.reason().isEmpty()))
                        .or(() -> Optional.of(stop));
            } else if (event instanceof RequestFailed) {
                requestsFailed++;
            }
        }

        Seen toSeen() {
            return new Seen(
                    now,
                    boot,
                    started,
                    refused,
                    exited,
                    outOfMemory,
                    serverName,
                    addresses,
                    bound,
                    bindFailed,
                    refusedBind,
                    appFailed,
                    stopping,
                    requestsFailed,
                    workers,
                    processes,
                    sockets,
                    probes,
                    health,
                    neighbours,
                    platform);
        }
    }
}
