package io.bootgate.gate;

import io.bootgate.deployment.DeployedContainer;
import io.bootgate.deployment.Deployment;
import io.bootgate.deployment.Deployment.Format;
import io.bootgate.deployment.Deployment.Port;
import io.bootgate.deployment.Probe;
import io.bootgate.engine.ContainerSpec;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The image under test in its deployment.
 *
 * @param described as the user asked for it to be described
 * @param deployment with all that is deployed beside it
 * @param own its container
 */
public record DeployedService(Deployment described, Deployment deployment, DeployedContainer own) {
    private static final Set<String> IN_MEMORY = Set.of("tmpfs");

    /** What the descriptor says of a container, below what the parameters say. */
    public ContainerSpec under(ContainerSpec parameters) {
        return settings(own, parameters.image(), parameters.name(), Map.of()).under(parameters, isAzure());
    }

    /** The container as its platform would make it, of this image. */
    ContainerSpec spec(DeployedContainer container, String image, String name, Map<String, String> env) {
        ContainerSpec nothing = ContainerSpec.of(image).withName(name);
        return settings(container, image, name, env).under(nothing, isAzure());
    }

    private boolean isAzure() {
        return deployment.format() != Format.COMPOSE && deployment.format() != Format.K8S;
    }

    private Settings settings(DeployedContainer container, String image, String name, Map<String, String> env) {
        return new Settings(container, image, name, env, deployment.format() == Format.COMPOSE);
    }

    /** The port that its platform sends requests to; empty if the descriptor leaves it open. */
    public OptionalInt port() {
        List<Integer> declared = tcp(own.ports());
        if (declared.size() == 1) {
            return OptionalInt.of(declared.get(0));
        }
        List<Integer> published = declared.stream()
                .filter(port -> tcp(deployment.publicPorts()).contains(port))
                .toList();
        if (published.size() == 1) {
            return OptionalInt.of(published.get(0));
        }
        Set<Integer> probed = new TreeSet<>(probedPorts());
        return probed.size() == 1 ? OptionalInt.of(probed.iterator().next()) : OptionalInt.empty();
    }

    /** Every port that is asked by somebody. */
    Set<Integer> ports() {
        Set<Integer> ports = new TreeSet<>(tcp(own.ports()));
        ports.addAll(probedPorts());
        return ports;
    }

    private List<Integer> probedPorts() {
        return own.probes().values().stream()
                .map(Probe::check)
                .flatMap(check -> check instanceof Probe.Http http
                        ? Stream.of(http.port())
                        : check instanceof Probe.Tcp socket ? Stream.of(socket.port()) : Stream.empty())
                .filter(OptionalInt::isPresent)
                .map(OptionalInt::getAsInt)
                .toList();
    }

    private static List<Integer> tcp(List<Port> ports) {
        return ports.stream()
                .filter(port -> port.protocol().equals("tcp"))
                .map(Port::port)
                .distinct()
                .toList();
    }

    /** Names of the variables that the descriptor says are secret. */
    public Set<String> secretNames() {
        return Stream.concat(deployment.containers().stream(), deployment.initContainers().stream())
                .flatMap(container -> container.env().entrySet().stream())
                .filter(variable -> variable.getValue().secret())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** And their values. */
    public List<String> secretValues() {
        return Stream.concat(deployment.containers().stream(), deployment.initContainers().stream())
                .flatMap(container -> container.env().values().stream())
                .filter(variable -> variable.secret())
                .flatMap(variable -> variable.value().stream())
                .toList();
    }

    /** One container's settings, ready for the engine. */
    private record Settings(
            DeployedContainer container, String image, String name, Map<String, String> env, boolean compose) {

        ContainerSpec under(ContainerSpec above, boolean azure) {
            // An empty list empties in Compose; the others take it for none.
            Optional<List<String>> command = container.command().filter(words -> compose || !words.isEmpty());
            Optional<List<String>> args = container.args().filter(words -> compose || !words.isEmpty());
            Optional<List<String>> entrypoint = above.entrypoint().or(() -> command);
            Map<String, String> variables = new LinkedHashMap<>(env);
            variables.putAll(above.env());
            return new ContainerSpec(
                    image,
                    name,
                    entrypoint,
                    above.command().or(() -> above.entrypoint().isPresent() ? Optional.empty() : args),
                    variables,
                    above.user().or(container::user),
                    above.workdir().or(container::workdir),
                    above.ports(),
                    above.milliCpus().isPresent() ? above.milliCpus() : milliCpus(),
                    above.memoryBytes().isPresent()
                            ? above.memoryBytes()
                            : container.memory().ceiling(),
                    above.pids().isPresent() ? above.pids() : container.ties().pids(),
                    above.readOnly() || container.readOnlyRoot(),
                    tmpfs(above.tmpfs()),
                    above.sysctls(),
                    above.network(),
                    above.platform().or(() -> azure ? Optional.empty() : container.platform()));
        }

        private OptionalLong milliCpus() {
            return container
                    .cpu()
                    .ceiling()
                    .map(cpus -> cpus.multiply(BigDecimal.valueOf(1000)).longValue())
                    .filter(thousandths -> thousandths > 0)
                    .map(OptionalLong::of)
                    .orElseGet(OptionalLong::empty);
        }

        private List<String> tmpfs(List<String> above) {
            return Stream.concat(
                            above.stream(),
                            container.mounts().stream()
                                    .filter(mount -> mount.kind()
                                            .filter(IN_MEMORY::contains)
                                            .isPresent())
                                    .map(DeployedContainer.Mount::path))
                    .distinct()
                    .toList();
        }
    }
}
