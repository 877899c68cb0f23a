package io.bootgate.engine.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.BadRequestException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.SELContext;
import com.github.dockerjava.api.model.Volume;
import io.bootgate.engine.ContainerSpec;
import io.bootgate.engine.ContainerSpec.VolumeMount;
import io.bootgate.engine.EngineException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns a {@link ContainerSpec} into docker-java's command. */
final class ContainerRecipe {
    /** Podman makes these writable in a container whose root is read-only; Docker and Kubernetes do not. */
    private static final List<String> WRITABLE_BY_PODMAN = List.of("/tmp", "/var/tmp", "/run");

    private static final long NANOS_PER_MILLI_CPU = 1_000_000;
    private static final long PERIOD_MICROS = 100_000;

    private final EngineConnection engine;
    private final ContainerSpec spec;
    private final List<String> volumes;
    private final String name;
    private final Map<String, String> labels;

    ContainerRecipe(
            EngineConnection engine,
            ContainerSpec spec,
            List<String> volumes,
            String name,
            Map<String, String> labels) {
        this.engine = engine;
        this.spec = spec;
        this.volumes = volumes;
        this.name = name;
        this.labels = labels;
    }

    /** Creates it and returns its id. */
    String create() {
        try {
            return create(hostConfig());
        } catch (BadRequestException e) {
            // Docker refuses more CPUs than its machine has; as a quota it takes what is deployed on a larger one.
            if (spec.milliCpus().isEmpty() || !Answers.message(e).contains("Range of CPUs")) {
                throw e;
            }
            return create(hostConfig()
                    .withNanoCPUs(null)
                    .withCpuPeriod(PERIOD_MICROS)
                    .withCpuQuota(spec.milliCpus().getAsLong() * PERIOD_MICROS / 1000));
        }
    }

    private String create(HostConfig host) {
        CreateContainerCmd command = engine.client()
                .createContainerCmd(spec.image())
                .withName(name)
                .withLabels(new LinkedHashMap<>(labels))
                .withEnv(spec.env().entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .toList())
                .withExposedPorts(spec.ports().stream().map(ExposedPort::tcp).toList())
                // The gate runs the image's HEALTHCHECK itself: the engine's own would run it a second time.
                .withHealthcheck(new HealthCheck().withTest(List.of("NONE")))
                .withHostConfig(host);
        if (!volumes.isEmpty()) {
            command.withVolumes(volumes.stream().map(Volume::new).toList());
        }
        // An engine takes an empty list for none given, and an empty word for emptied.
        spec.entrypoint().ifPresent(words -> command.withEntrypoint(words.isEmpty() ? List.of("") : words));
        spec.command().ifPresent(command::withCmd);
        spec.user().ifPresent(command::withUser);
        spec.workdir().ifPresent(command::withWorkingDir);
        spec.platform().ifPresent(command::withPlatform);
        if (!spec.aliases().isEmpty()) {
            command.withAliases(spec.aliases());
        }
        try {
            return command.exec().getId();
        } catch (NotFoundException e) {
            throw new EngineException(
                    "%s at %s has no image %s, or not all that the container needs: %s"
                            .formatted(engine.info().name(), engine.info().address(), spec.image(), Answers.message(e)),
                    e);
        }
    }

    private HostConfig hostConfig() {
        HostConfig host = HostConfig.newHostConfig()
                .withPortBindings(spec.ports().stream().map(this::binding).toList())
                // Both streams must be readable whatever the engine's default is; Podman takes this name for its own
                // k8s-file.
                .withLogConfig(new LogConfig(LogConfig.LoggingType.JSON_FILE))
                .withReadonlyRootfs(spec.readOnly());
        spec.milliCpus().ifPresent(cpus -> host.withNanoCPUs(cpus * NANOS_PER_MILLI_CPU));
        // Without the second a container may use as much swap again as it may use memory.
        spec.memoryBytes().ifPresent(bytes -> host.withMemory(bytes).withMemorySwap(bytes));
        spec.pids().ifPresent(host::withPidsLimit);
        Map<String, String> mounts = new LinkedHashMap<>();
        if (spec.readOnly() && engine.info().isPodman()) {
            WRITABLE_BY_PODMAN.stream()
                    .filter(path -> spec.tmpfs().stream().noneMatch(wanted -> wanted.startsWith(path))
                            && spec.volumes().stream()
                                    .noneMatch(mount -> mount.path().startsWith(path)))
                    .forEach(path -> mounts.put(path, "ro"));
        }
        spec.tmpfs().forEach(path -> mounts.put(path, ""));
        if (!mounts.isEmpty()) {
            host.withTmpFs(mounts);
        }
        if (!spec.sysctls().isEmpty()) {
            host.withSysctls(spec.sysctls());
        }
        spec.network().ifPresent(host::withNetworkMode);
        if (!spec.volumes().isEmpty()) {
            host.withBinds(spec.volumes().stream().map(ContainerRecipe::bind).toList());
        }
        return host;
    }

    private static Bind bind(VolumeMount mount) {
        return new Bind(
                mount.volume(),
                new Volume(mount.path()),
                mount.readOnly() ? AccessMode.ro : AccessMode.rw,
                SELContext.none,
                mount.copyImage() ? null : true);
    }

    private PortBinding binding(int port) {
        return new PortBinding(Ports.Binding.bindIp(publishOn()), ExposedPort.tcp(port));
    }

    /** 127.0.0.1 of the engine's machine; a remote engine's own address, as its 127.0.0.1 is not ours. */
    private String publishOn() {
        return Optional.of(engine.address())
                .filter(EngineAddress::isOverTcp)
                .map(address -> RemoteHost.addressOf(address.host().getHost()))
                .orElse("127.0.0.1");
    }
}
