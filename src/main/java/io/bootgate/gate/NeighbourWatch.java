package io.bootgate.gate;

import io.bootgate.deployment.DeployedContainer;
import io.bootgate.engine.Container;
import io.bootgate.engine.ContainerEngine;
import io.bootgate.engine.ContainerSpec;
import io.bootgate.engine.ImageFacts;
import io.bootgate.judge.Policy;
import io.bootgate.server.Server;
import io.bootgate.timeline.Boot;
import io.bootgate.timeline.BootEvent;
import io.bootgate.timeline.BootEvent.EngineSeen;
import io.bootgate.timeline.Group;
import io.bootgate.watch.ProbePlan;
import io.bootgate.watch.Watch;
import io.bootgate.watch.Watched;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Watches a container that is not the one under test: whether it runs is all that is asked of it. */
record NeighbourWatch(ContainerEngine engine, GateRequest request, DeployedService service, Secrets secrets) {
    private static final Duration ALIVE = Duration.ofSeconds(5);

    /**
     * Until it has ended.
     *
     * @param whenUp told once it has held for the settle window, and its health check passes if it has one
     */
    Watched beside(
            Container container,
            DeployedContainer described,
            ContainerSpec spec,
            ImageFacts image,
            Group group,
            Runnable whenUp) {
        return watch(
                container,
                described,
                spec,
                image,
                group,
                longer(request.policy().settle()),
                whenUp);
    }

    /** Nothing is asked of it, so that only time tells whether it came up: a port that is taken is noticed late by a slow one. */
    private static Duration longer(Duration settle) {
        return settle.compareTo(ALIVE) < 0 ? ALIVE : settle;
    }

    /** Until it has ended. */
    Watched toItsEnd(Container container, DeployedContainer described, ContainerSpec spec, ImageFacts image) {
        Duration never = request.policy().timeout().plusSeconds(60);
        return watch(container, described, spec, image, Group.NONE, never, () -> {});
    }

    private Watched watch(
            Container container,
            DeployedContainer described,
            ContainerSpec spec,
            ImageFacts image,
            Group group,
            Duration settle,
            Runnable whenUp) {
        Policy policy = new Policy(request.policy().timeout(), settle, 100, 599, false);
        GateRequest alone = new GateRequest(
                request.name() + "." + described.name(),
                spec,
                service.port(described),
                Optional.of(Server.NONE),
                ProbePlan.DEFAULT,
                policy,
                Set.of(),
                Set.of(),
                request.baseDirectory(),
                request.outputDirectory());
        StartPlan plan = StartPlan.of(alone, image).read(container);
        Boot boot = plan.boot(engine.info()).with(group);
        Boot checked = service.healthcheck(described).map(boot::withHealthcheck).orElse(boot);
        List<BootEvent> before = new java.util.ArrayList<>();
        before.add(new EngineSeen(
                Duration.ZERO, engine.info().name(), engine.info().version()));
        before.addAll(plan.seen(container));
        Path file = request.outputDirectory().resolve(alone.name() + ".log");
        try {
            Files.createDirectories(request.outputDirectory());
            try (Writer writer = Files.newBufferedWriter(file)) {
                return new Watch(
                                engine,
                                container,
                                checked,
                                policy,
                                ProbePlan.DEFAULT,
                                Server.UNKNOWN.reader(plan.command(), plan.scripts()),
                                secrets::mask,
                                writer)
                        .runToTheEnd(before, whenUp);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The log %s can't be written".formatted(file), e);
        }
    }
}
