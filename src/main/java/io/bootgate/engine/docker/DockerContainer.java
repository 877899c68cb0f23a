package io.bootgate.engine.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Ports.Binding;
import io.bootgate.engine.Container;
import io.bootgate.engine.ContainerListener;
import io.bootgate.engine.EngineException;
import io.bootgate.engine.HostPortTakenException;
import io.bootgate.engine.Usage;
import java.io.ByteArrayInputStream;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A container on Docker Engine or Podman. */
final class DockerContainer implements Container {
    /** What an engine says when a start fails for its own or its host's sake, not for what is in the image. */
    private static final List<String> FAULTS_OF_THE_HOST = List.of(
            "no space left on device",
            "programming external connectivity",
            "failed to create endpoint",
            "cgroup.procs",
            "cgroups in hybrid mode",
            "error setting rlimit");

    private static final List<String> HOST_PORT_TAKEN = List.of("address already in use", "port is already allocated");

    private final EngineConnection engine;
    private final Supplier<Instant> engineClock;
    private final String id;
    private final Runnable onRemoved;
    private final AtomicBoolean removed = new AtomicBoolean();
    private volatile @Nullable ContainerFeed feed;

    DockerContainer(EngineConnection engine, Supplier<Instant> engineClock, String id, Runnable onRemoved) {
        this.engine = engine;
        this.engineClock = engineClock;
        this.id = id;
        this.onRemoved = onRemoved;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public void listen(ContainerListener listener) {
        Instant created = Answers.instant(inspect().getCreated()).orElseGet(engineClock);
        ContainerFeed subscribed = new ContainerFeed(engine, engineClock, id, listener, this::state);
        feed = subscribed;
        subscribed.subscribe(created.minusSeconds(1));
    }

    @Override
    public StartOutcome start() {
        ContainerFeed told = feed;
        Optional<String> refusal = engine.ask("start a container", () -> {
            try {
                engine.client().startContainerCmd(id).exec();
                return Optional.empty();
            } catch (DockerException e) {
                return Optional.of(Answers.message(e));
            }
        });
        InspectContainerResponse now = inspect();
        if (refusal.isPresent()) {
            String why = refusal.get();
            if (told != null) {
                told.refused();
                why = isPortTaken(why) ? told.refusal().orElse(why) : why;
            }
            return refused(why, now);
        }
        Instant startedAt = Answers.instant(now.getState().getStartedAt()).orElseGet(engineClock);
        if (told != null) {
            Long pid = now.getState().getPidLong();
            told.begin(startedAt, pid == null ? 0 : pid);
        }
        return new StartOutcome.Started(startedAt);
    }

    private static boolean isPortTaken(String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        return HOST_PORT_TAKEN.stream().anyMatch(lower::contains);
    }

    private StartOutcome refused(String message, InspectContainerResponse now) {
        String lower = message.toLowerCase(Locale.ROOT);
        String fault = "%s at %s could not start the container: %s"
                .formatted(engine.info().name(), engine.info().address(), message);
        if (isPortTaken(message)) {
            throw new HostPortTakenException(fault);
        }
        if (FAULTS_OF_THE_HOST.stream().anyMatch(lower::contains)) {
            throw new EngineException(fault);
        }
        Long code = now.getState().getExitCodeLong();
        return new StartOutcome.Refused(code == null ? 0 : Math.toIntExact(code), message);
    }

    @Override
    public Map<Integer, InetSocketAddress> publishedPorts() {
        Map<Integer, InetSocketAddress> published = new HashMap<>();
        inspect().getNetworkSettings().getPorts().getBindings().forEach((port, bindings) -> {
            if (bindings != null && bindings.length > 0) {
                published.put(port.getPort(), engine.reached(address(bindings[0])));
            }
        });
        return published;
    }

    private static InetSocketAddress address(Binding binding) {
        return new InetSocketAddress(binding.getHostIp(), Integer.parseInt(binding.getHostPortSpec()));
    }

    @Override
    public State state() {
        InspectContainerResponse.ContainerState state = inspect().getState();
        ContainerFeed told = feed;
        boolean killSeen = told != null && told.sawMemoryKill();
        return new State(
                Boolean.TRUE.equals(state.getRunning()),
                state.getExitCodeLong() == null ? 0 : Math.toIntExact(state.getExitCodeLong()),
                killSeen || Boolean.TRUE.equals(state.getOOMKilled()),
                state.getError() == null ? "" : state.getError(),
                Answers.instant(state.getStartedAt()),
                Answers.instant(state.getFinishedAt()));
    }

    @Override
    public Usage usage() {
        ContainerFeed told = feed;
        return told == null ? Usage.UNKNOWN : told.usage();
    }

    private InspectContainerResponse inspect() {
        return engine.ask(
                "inspect a container",
                () -> engine.client().inspectContainerCmd(id).exec());
    }

    @Override
    public List<ProcessRow> processes() {
        // Podman looks for its own descriptors first, and runs the container's own ps for anything else.
        String columns = engine.info().isPodman() ? "pid,ppid,args" : "-eo pid,ppid,args";
        String query = "?stream=false&ps_args=" + URLEncoder.encode(columns, StandardCharsets.UTF_8);
        EngineConnection.Answer answer = engine.get("list processes", "/containers/" + id + "/top" + query);
        return answer.status() == 200 ? ProcessTable.rows(json(answer.body())) : List.of();
    }

    private static JsonNode json(String body) {
        try {
            return Answers.JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new EngineException("The engine's answer is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    @Override
    public ExecOutcome exec(List<String> command, Duration timeout) {
        return new ContainerCommand(engine, id).run(new ArrayList<>(command), timeout);
    }

    @Override
    public Optional<String> readFile(String path, int limit) {
        return engine.ask("read " + path, () -> ContainerFile.read(engine, id, path, limit));
    }

    @Override
    public void unpack(String folder, byte[] tar) {
        engine.ask("copy files into a container", () -> ContainerFile.unpack(engine, id, folder, tar));
    }

    @Override
    public Map<String, byte[]> files(String folder) {
        return engine.ask("read " + folder, () -> ContainerFile.below(engine, id, folder));
    }

    @Override
    public Optional<String> address() {
        return inspect().getNetworkSettings().getNetworks().values().stream()
                .map(network -> network.getIpAddress())
                .filter(address -> address != null && !address.isEmpty())
                .findFirst();
    }

    @Override
    public void putFile(String path, String content) {
        engine.ask("put " + path + " into a container", () -> {
            Archive archive = new Archive();
            // Folders that are there already would get another mode and owner.
            archive.single(path.replaceFirst("^/+", ""), content, 0644);
            engine.client()
                    .copyArchiveToContainerCmd(id)
                    .withRemotePath("/")
                    .withTarInputStream(new ByteArrayInputStream(archive.bytes()))
                    .exec();
            return true;
        });
    }

    @Override
    public List<String> list(String folder, int limit) {
        return engine.ask("list " + folder, () -> ContainerFile.list(engine, id, folder, limit));
    }

    @Override
    public void close() {
        if (!removed.compareAndSet(false, true)) {
            return;
        }
        ContainerFeed told = feed;
        if (told != null) {
            told.close();
        }
        try {
            remove(engine, id);
        } catch (EngineException e) {
            // Never hides the verdict; the next run sweeps it.
            return;
        } finally {
            onRemoved.run();
        }
    }

    /** Removes by force, with anonymous volumes. One that is gone, or going, is as good as removed. */
    static void remove(EngineConnection engine, String id) {
        engine.calls().evenIfInterrupted(Calls.PATIENCE, "remove container " + id, () -> {
            try {
                engine.client()
                        .removeContainerCmd(id)
                        .withForce(true)
                        .withRemoveVolumes(true)
                        .exec();
            } catch (NotFoundException | ConflictException e) {
                return false;
            }
            return true;
        });
    }
}
