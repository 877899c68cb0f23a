package io.bootgate.engine.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.InternetProtocol;
import io.bootgate.engine.Container;
import io.bootgate.engine.ContainerEngine;
import io.bootgate.engine.ContainerSpec;
import io.bootgate.engine.EngineException;
import io.bootgate.engine.EngineInfo;
import io.bootgate.engine.ImageFacts;
import io.bootgate.engine.Machine;
import io.bootgate.engine.Resource;
import io.bootgate.engine.VolumeSpec;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Docker Engine or Podman, through docker-java. Its containers are removed on {@link #close()} and when the JVM ends. */
public final class DockerEngine implements ContainerEngine {
    /** Podman's own API; every Podman since 4.0 answers to this version of it. */
    private static final String LIBPOD = "/v4.0.0/libpod";

    private final EngineConnection connection;
    private final Session session = Session.ofThisProcess();
    private final AtomicInteger count = new AtomicInteger();
    private final Belongings belongings;
    /** The newest first: Podman does not remove a container whose network another one has joined. */
    private final Deque<DockerContainer> containers = new ConcurrentLinkedDeque<>();

    private final AtomicBoolean closed = new AtomicBoolean();
    /** Creating is reading: it must not be under way while all is removed. */
    private final ReentrantReadWriteLock creating = new ReentrantReadWriteLock();

    private final Thread atExit = new Thread(this::removeAll, "bootgate-remove-containers");
    private volatile @Nullable Duration clockAhead;
    private volatile @Nullable Machine machine;

    DockerEngine(EngineConnection connection) {
        this.connection = connection;
        belongings = new Belongings(connection, session);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** The connection below, for what else talks to this engine; closed with this. */
    public EngineConnection connection() {
        return connection;
    }

    @Override
    public EngineInfo info() {
        return connection.info();
    }

    @Override
    public Optional<ImageFacts> image(String reference) {
        return connection.ask("inspect image " + reference, () -> {
            try {
                InspectImageResponse image =
                        connection.client().inspectImageCmd(reference).exec();
                return Optional.of(facts(reference, image, healthcheck(reference, image)));
            } catch (NotFoundException e) {
                return Optional.empty();
            }
        });
    }

    /** The test of the image's HEALTHCHECK. Podman leaves it out of its answer in Docker's form. */
    private @Nullable List<String> healthcheck(String reference, InspectImageResponse image)
            throws JsonProcessingException {
        if (info().isPodman()) {
            String path = LIBPOD + "/images/" + URLEncoder.encode(reference, StandardCharsets.UTF_8) + "/json";
            EngineConnection.Answer answer = connection.getUnversioned("inspect image " + reference, path);
            List<String> test = new ArrayList<>();
            if (answer.status() == 200) {
                Answers.JSON
                        .readTree(answer.body())
                        .path("Healthcheck")
                        .path("Test")
                        .forEach(word -> test.add(word.asText()));
            }
            return test;
        }
        ContainerConfig config = image.getConfig();
        return config == null || config.getHealthcheck() == null
                ? null
                : config.getHealthcheck().getTest();
    }

    private static ImageFacts facts(String reference, InspectImageResponse image, @Nullable List<String> test) {
        ContainerConfig config = image.getConfig() == null ? new ContainerConfig() : image.getConfig();
        ExposedPort[] exposed = config.getExposedPorts();
        return new ImageFacts(
                reference,
                image.getId(),
                digest(reference, image.getRepoDigests()),
                Stream.ofNullable(config.getEntrypoint())
                        .flatMap(Arrays::stream)
                        .toList(),
                Stream.ofNullable(config.getCmd()).flatMap(Arrays::stream).toList(),
                variables(Stream.ofNullable(config.getEnv())
                        .flatMap(Arrays::stream)
                        .toList()),
                blank(config.getWorkingDir()) ? "/" : config.getWorkingDir(),
                blank(config.getUser()) ? "" : config.getUser(),
                exposed == null ? List.of() : tcp(exposed),
                test == null || test.isEmpty() || test.get(0).equals("NONE") ? List.of() : List.copyOf(test),
                image.getArch() == null ? "" : image.getArch(),
                image.getOs() == null ? "" : image.getOs());
    }

    private static boolean blank(@Nullable String text) {
        return text == null || text.isBlank();
    }

    private static List<Integer> tcp(ExposedPort[] ports) {
        return Arrays.stream(ports)
                .filter(port -> port.getProtocol() == InternetProtocol.TCP)
                .map(ExposedPort::getPort)
                .sorted()
                .toList();
    }

    private static Map<String, String> variables(List<String> env) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String each : env) {
            int equals = each.indexOf('=');
            variables.put(equals < 0 ? each : each.substring(0, equals), equals < 0 ? "" : each.substring(equals + 1));
        }
        return variables;
    }

    private static Optional<String> digest(String reference, @Nullable List<String> digests) {
        String repository = reference.replaceFirst("@.*$", "").replaceFirst(":[^/:]+$", "");
        return (digests == null ? List.<String>of() : digests)
                .stream()
                        .filter(each -> each.contains(repository))
                        .map(each -> each.substring(each.indexOf('@') + 1))
                        .findFirst();
    }

    @Override
    public void pull(String reference, Optional<String> platform, Consumer<String> progress) {
        new ImagePull(connection, reference, platform, progress).run();
    }

    @Override
    public Resource network(String name) {
        return whileOpen(() -> belongings.network(unique(name), now()));
    }

    @Override
    public Resource volume(String name, VolumeSpec spec, String image) {
        return whileOpen(() -> belongings.volume(unique(name), spec, image, now()));
    }

    private String unique(String name) {
        return "bootgate-%s-%s-%d"
                .formatted(
                        name.replaceAll("[^a-zA-Z0-9_.-]", "-"), session.id().substring(0, 8), count.incrementAndGet());
    }

    @Override
    public Container create(ContainerSpec spec) {
        return whileOpen(() -> createNow(spec, List.of()));
    }

    @Override
    public Container create(ContainerSpec spec, String volume) {
        return whileOpen(() -> createNow(spec, List.of(volume)));
    }

    private <T> T whileOpen(Supplier<T> creation) {
        creating.readLock().lock();
        try {
            if (closed.get()) {
                throw new EngineException("The engine is closed: nothing can be created any more.");
            }
            return creation.get();
        } finally {
            creating.readLock().unlock();
        }
    }

    private Container createNow(ContainerSpec spec, List<String> volumes) {
        ContainerRecipe recipe =
                new ContainerRecipe(connection, spec, volumes, unique(spec.name()), session.labels(now()));
        String id = connection.ask("create a container of " + spec.image(), recipe::create);
        DockerContainer[] self = new DockerContainer[1];
        DockerContainer container = new DockerContainer(connection, this::now, id, () -> containers.remove(self[0]));
        self[0] = container;
        containers.addFirst(container);
        return container;
    }

    @Override
    public Machine machine() {
        Machine known = machine;
        if (known == null) {
            EngineConnection.Answer answer = connection.get("tell of its machine", "/info");
            known = connection.ask("tell of its machine", () -> {
                JsonNode info = Answers.JSON.readTree(answer.body());
                return new Machine(
                        info.path("NCPU").asInt(0), info.path("MemTotal").asLong(0));
            });
            machine = known;
        }
        return known;
    }

    @Override
    public Duration clockAhead() {
        Duration known = clockAhead;
        if (known == null) {
            known = measureClock();
            clockAhead = known;
        }
        return known;
    }

    private Duration measureClock() {
        Instant asked = Instant.now();
        EngineConnection.Answer answer = connection.get("tell its time", "/info");
        Instant answered = Instant.now();
        Duration took = Duration.between(asked, answered);
        return connection.ask("tell its time", () -> {
            JsonNode info = Answers.JSON.readTree(answer.body());
            Duration ahead = Answers.instant(info.path("SystemTime").asText(""))
                    .map(told -> Duration.between(asked.plus(took.dividedBy(2)), told))
                    .orElse(Duration.ZERO);
            // Nearer than the time the question took is as good as the same clock.
            return ahead.abs().compareTo(took) <= 0 ? Duration.ZERO : ahead;
        });
    }

    @Override
    public int sweep() {
        var found = new ArrayList<>(connection.ask(
                "list containers",
                () -> connection
                        .client()
                        .listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(List.of(Session.ID))
                        .exec()));
        Instant now = now();
        int swept = 0;
        // Of one second the later one is listed first, but that is not promised: what is left the next run removes.
        found.sort(Comparator.comparing(com.github.dockerjava.api.model.Container::getCreated)
                .reversed());
        for (var each : found) {
            Duration age = Duration.between(Instant.ofEpochSecond(each.getCreated()), now);
            if (session.isDead(each.getLabels(), age)) {
                DockerContainer.remove(connection, each.getId());
                swept++;
            }
        }
        belongings.sweep(now);
        return swept;
    }

    /** Runs on {@link #close()} and when the JVM is told to end, whichever comes first. */
    private void removeAll() {
        closed.set(true);
        boolean alone = false;
        try {
            // A container that is being created would be missed; but a hanging engine must not keep the JVM from
            // ending.
            alone = creating.writeLock().tryLock(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            for (DockerContainer each : List.copyOf(containers)) {
                try {
                    each.close();
                } catch (EngineException e) {
                    // The next run sweeps it; the others are still to be removed.
                }
            }
            belongings.removeAll();
        } finally {
            if (alone) {
                creating.writeLock().unlock();
            }
        }
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        removeAll();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The JVM is ending: the hook runs, and finds nothing left.
        }
        connection.close();
    }
}
