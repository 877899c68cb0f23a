package io.bootgate.gate;

import io.bootgate.deployment.DeployedContainer;
import io.bootgate.deployment.Deployment;
import io.bootgate.deployment.Deployment.Format;
import io.bootgate.deployment.Deployment.RestartPolicy;
import io.bootgate.deployment.Ties.Condition;
import io.bootgate.deployment.Ties.Need;
import io.bootgate.engine.Container;
import io.bootgate.engine.ContainerEngine;
import io.bootgate.engine.ContainerSpec;
import io.bootgate.engine.EngineException;
import io.bootgate.engine.Resource;
import io.bootgate.judge.Verdict.NotReady;
import io.bootgate.rule.Finding;
import io.bootgate.timeline.Boot;
import io.bootgate.timeline.BootEvent;
import io.bootgate.timeline.BootEvent.Exited;
import io.bootgate.watch.Besides;
import io.bootgate.watch.PlatformProber;
import io.bootgate.watch.Watched;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * What is booted beside the image under test, for one boot: volumes, network, init containers, sidecars, and the platform's probes.
 * Nothing of it is there any more after {@link #close()}.
 */
final class Neighbourhood implements Besides, AutoCloseable {
    private final ContainerEngine engine;
    private final GateLog log;
    private final GateRequest request;
    private final DeployedService service;
    private final NeighbourImages images;
    private final NeighbourWatch watch;
    private final BootVolumes volumes;
    private final Optional<Resource> network;
    private final Map<String, Neighbour> neighbours = new LinkedHashMap<>();
    private final Set<String> begun = new LinkedHashSet<>();
    private final List<Function<Duration, BootEvent>> early = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "bootgate-neighbour");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Optional<Told> told = Optional.empty();
    private volatile Optional<Container> own = Optional.empty();
    private volatile Optional<PlatformProber> prober = Optional.empty();

    Neighbourhood(
            ContainerEngine engine,
            GateLog log,
            GateRequest request,
            DeployedService service,
            NeighbourImages images,
            NeighbourWatch watch) {
        this.engine = engine;
        this.log = log;
        this.request = request;
        this.service = service;
        this.images = images;
        this.watch = watch;
        Deployment deployment = service.deployment();
        MountedFiles files = new MountedFiles(request.baseDirectory(), deployment.file(), deployment.format());
        volumes = new BootVolumes(
                engine,
                log,
                deployment.format(),
                request.name(),
                request.container().image(),
                files);
        boolean namesNeeded = deployment.network() == Deployment.Network.NAMES
                && !service.neighbours().isEmpty()
                && request.container().network().isEmpty();
        network = namesNeeded ? Optional.of(engine.network(request.name())) : Optional.empty();
        service.neighbours().forEach(one -> neighbours.put(one.name(), neighbour(one)));
    }

    private boolean shares() {
        return service.deployment().network() == Deployment.Network.SHARED;
    }

    // ---- the container under test

    /** The container under test in its place. */
    ContainerSpec placed(ContainerSpec spec) {
        ContainerSpec mounted = volumes.mounted(spec, service.own());
        return network.map(joined -> mounted.in(joined.name(), names(service.own())))
                .orElse(mounted);
    }

    /** Completes a container that was created of it, before its start. */
    void complete(Container created) {
        own = Optional.of(created);
        volumes.place(created, request.container(), service.own());
    }

    List<BootEvent> hidden() {
        return volumes.hidden(request.container(), service.own());
    }

    /** What is settled before the start, with what it is deployed with. */
    Boot completed(Boot boot) {
        Boot grouped = boot.with(service.group(images));
        return service.healthcheck(service.own()).map(grouped::withHealthcheck).orElse(grouped);
    }

    private static List<String> names(DeployedContainer container) {
        List<String> names = new ArrayList<>(List.of(container.name()));
        names.addAll(container.ties().aliases());
        return names;
    }

    // ---- what comes before it

    /**
     * Runs the init containers, and starts what must be there before.
     *
     * @return what stood in the way
     */
    Optional<Obstacle> prepare() {
        for (DeployedContainer init : service.deployment().initContainers()) {
            if (!init.ties().staysBeside() && !service.leftOut().contains(init.name())) {
                Optional<Obstacle> obstacle = initialise(init);
                if (obstacle.isPresent()) {
                    return obstacle;
                }
            }
        }
        return start(service.own(), new LinkedHashSet<>());
    }

    /** A container that does not come as far as it must before the one under test is started. */
    record Obstacle(String name, boolean init, int exitCode, Watched watched) {
        /** The file with its log, of a service with this name. */
        String log(String service) {
            return service + "." + name + ".log";
        }
    }

    private Optional<Obstacle> initialise(DeployedContainer init) {
        log.info("Running the init container " + init.name());
        ContainerSpec spec = spec(init);
        try (Container container = engine.create(spec)) {
            volumes.place(container, spec, init);
            Watched watched =
                    watch.toItsEnd(container, init, spec, images.of(init).facts());
            int code =
                    watched.timeline().first(Exited.class).map(Exited::exitCode).orElse(-1);
            return code == 0 ? Optional.empty() : Optional.of(new Obstacle(init.name(), true, code, watched));
        }
    }

    private Optional<Obstacle> start(DeployedContainer container, Set<String> seen) {
        for (Need need : container.ties().needs()) {
            Neighbour neighbour = neighbours.get(need.container());
            if (neighbour == null || !seen.add(need.container())) {
                continue;
            }
            Optional<Obstacle> before = start(service.named(need.container()), seen);
            if (before.isPresent()) {
                return before;
            }
            begin(neighbour);
            if (!hasCome(neighbour, need.condition())) {
                Watched watched = neighbour
                        .watched()
                        .orElseThrow(
                                () -> new EngineException("The container %s, which %s waits for, could not be watched."
                                        .formatted(neighbour.name(), container.name())));
                int code = watched.timeline()
                        .first(Exited.class)
                        .map(Exited::exitCode)
                        .orElse(-1);
                return Optional.of(new Obstacle(neighbour.name(), false, code, watched));
            }
        }
        return Optional.empty();
    }

    private boolean hasCome(Neighbour neighbour, Condition condition) {
        // Its own watch has the same time, and must be over by then.
        long patience = request.policy().timeout().plusSeconds(10).toMillis();
        try {
            return switch (condition) {
                case STARTED -> neighbour.started().get(patience, TimeUnit.MILLISECONDS);
                case HEALTHY -> neighbour.settled().get(patience, TimeUnit.MILLISECONDS);
                case COMPLETED -> neighbour.ended().get(patience, TimeUnit.MILLISECONDS) == 0;
            };
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("Interrupted while %s was booting.".formatted(neighbour.name()), e);
        }
    }

    // ---- what comes beside it

    @Override
    public void begin(Map<Integer, InetSocketAddress> published, Told sink) {
        synchronized (early) {
            told = Optional.of(sink);
            early.forEach(sink::tell);
            early.clear();
        }
        neighbours.values().forEach(this::begin);
        List<PlatformProber.Asked> asked = service.asked();
        if (!asked.isEmpty() && own.isPresent()) {
            PlatformProber asking = new PlatformProber(own.get(), asked, published, sink);
            prober = Optional.of(asking);
            threads.execute(asking);
        }
    }

    private void begin(Neighbour neighbour) {
        if (begun.add(neighbour.name())) {
            threads.execute(neighbour);
        }
    }

    private void tell(Function<Duration, BootEvent> event) {
        synchronized (early) {
            told.ifPresentOrElse(sink -> sink.tell(event), () -> early.add(event));
        }
    }

    private Neighbour neighbour(DeployedContainer described) {
        RestartPolicy policy = described
                .ties()
                .restartPolicy()
                .or(() -> service.deployment().restartPolicy())
                .orElse(RestartPolicy.ALWAYS);
        ContainerSpec plain = spec(described);
        return new Neighbour(
                described,
                described.ties().staysBeside() ? RestartPolicy.ALWAYS : policy,
                service.deployment().format() != Format.COMPOSE,
                () -> {
                    ContainerSpec spec = own.filter(container -> shares())
                            .map(container -> plain.in("container:" + container.id(), List.of()))
                            .or(() -> network.map(joined -> plain.in(joined.name(), names(described))))
                            .orElse(plain);
                    Container created = engine.create(spec);
                    volumes.place(created, spec, described);
                    return created;
                },
                (container, whenUp) -> watch.beside(
                        container,
                        described,
                        plain,
                        images.of(described).facts(),
                        service.groupBeside(described, images),
                        whenUp),
                this::tell);
    }

    private ContainerSpec spec(DeployedContainer container) {
        NeighbourImages.Found image = images.of(container);
        ContainerSpec spec = service.spec(
                container, image.reference(), request.name() + "-" + container.name(), service.known(container));
        return volumes.mounted(StartPlan.settled(spec, image.facts()), container);
    }

    // ---- what came of it

    /** Why neighbours that are gone did not come up. */
    List<Finding> causes() {
        return neighbours.values().stream()
                .flatMap(neighbour -> neighbour.causes().stream()
                        .map(cause -> OtherContainer.beside(service.own().name(), neighbour.name())
                                .of(cause)))
                .toList();
    }

    List<Finding> causes(Obstacle obstacle) {
        List<Finding> found = obstacle.watched().verdict() instanceof NotReady no
                ? io.bootgate.rule.cause.Diagnosis.of(
                        new io.bootgate.rule.cause.Symptoms(obstacle.watched().timeline(), no))
                : List.of();
        OtherContainer other = obstacle.init()
                ? OtherContainer.init(obstacle.name())
                : OtherContainer.before(service.own().name(), obstacle.name());
        return other.of(found, obstacle.exitCode(), obstacle.watched());
    }

    /** Ends what is beside; the container under test is to be removed after it: the others are in its network. */
    void end() {
        prober.ifPresent(PlatformProber::close);
        neighbours.values().forEach(Neighbour::stop);
        threads.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            // Each removes its own container.
            threads.awaitTermination(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        end();
        volumes.close();
        network.ifPresent(Resource::close);
    }
}
