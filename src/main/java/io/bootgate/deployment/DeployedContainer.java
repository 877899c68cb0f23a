package io.bootgate.deployment;

import io.bootgate.deployment.Deployment.Port;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One container of a deployment.
 *
 * @param image empty if it is built from source, or not known
 * @param command replaces the image's ENTRYPOINT; empty if not set, an empty list if emptied
 * @param args replaces the image's CMD; likewise
 * @param env in the order in which the platform sets them
 * @param envFrom where whole sets of variables come from: {@code env_file:.env}, {@code configMap:conf}
 * @param probes by what they decide: {@code liveness}, {@code readiness}, {@code startup}, {@code health}
 * @param platform operating system and architecture: {@code linux/amd64}
 * @param ties to the other containers
 */
public record DeployedContainer(
        String name,
        Optional<String> image,
        Optional<List<String>> command,
        Optional<List<String>> args,
        Map<String, Variable> env,
        List<String> envFrom,
        List<Port> ports,
        Cpu cpu,
        Memory memory,
        Map<String, Probe> probes,
        List<Mount> mounts,
        Optional<String> user,
        Optional<String> workdir,
        boolean readOnlyRoot,
        Optional<String> platform,
        Ties ties) {

    public DeployedContainer {
        command = command.map(List::copyOf);
        args = args.map(List::copyOf);
        env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
        envFrom = List.copyOf(envFrom);
        ports = List.copyOf(ports);
        probes = Collections.unmodifiableMap(new LinkedHashMap<>(probes));
        mounts = List.copyOf(mounts);
    }

    /** The same with these variables instead. */
    public DeployedContainer withEnv(Map<String, Variable> variables) {
        return new DeployedContainer(
                name,
                image,
                command,
                args,
                variables,
                envFrom,
                ports,
                cpu,
                memory,
                probes,
                mounts,
                user,
                workdir,
                readOnlyRoot,
                platform,
                ties);
    }

    /**
     * CPUs, of which a part is a fraction.
     *
     * @param request what is set aside for it
     * @param limit what the descriptor allows at most
     * @param ceiling what the platform enforces; empty if nothing
     */
    public record Cpu(Optional<BigDecimal> request, Optional<BigDecimal> limit, Optional<BigDecimal> ceiling) {
        public static final Cpu NONE = new Cpu(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * Memory in bytes; the first fields are as those of {@link Cpu}.
     *
     * @param place of what sets the ceiling: {@code deploy/aci.yaml:22}; empty without a ceiling
     */
    public record Memory(OptionalLong request, OptionalLong limit, OptionalLong ceiling, Optional<String> place) {
        public static final Memory NONE =
                new Memory(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), Optional.empty());
    }

    /**
     * A volume at a path of the container.
     *
     * @param volume its name in the descriptor; empty if it has none
     * @param kind the descriptor's word for what it is: {@code azureFile}, or {@code emptyDir} for instance; empty if unknown
     */
    public record Mount(
            String path, Optional<String> volume, Optional<String> kind, boolean readOnly, MountContent content) {}
}
