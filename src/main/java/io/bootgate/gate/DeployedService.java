package io.bootgate.gate;

import io.bootgate.deployment.DeployedContainer;
import io.bootgate.deployment.Deployment;
import io.bootgate.deployment.Deployment.Format;
import io.bootgate.deployment.Deployment.Port;
import io.bootgate.deployment.Probe;
import io.bootgate.deployment.Ties;
import io.bootgate.deployment.Variable;
import io.bootgate.engine.ContainerSpec;
import io.bootgate.timeline.Group;
import io.bootgate.watch.PlatformProber;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
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
 * @param leftOut names of the others that are not booted
 */
public record DeployedService(Deployment described, Deployment deployment, DeployedContainer own, Set<String> leftOut) {
    public DeployedService {
        leftOut = Set.copyOf(leftOut);
    }

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

    /** The one port that the descriptor says another container has. */
    OptionalInt port(DeployedContainer other) {
        List<Integer> declared = tcp(other.ports());
        return declared.size() == 1 ? OptionalInt.of(declared.get(0)) : OptionalInt.empty();
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

    /** And their values, with what is in files of secret volumes. */
    public List<String> secretValues() {
        return Stream.concat(
                        all().flatMap(container -> container.env().values().stream())
                                .filter(Variable::secret)
                                .flatMap(variable -> variable.value().stream()),
                        all().flatMap(container -> container.mounts().stream())
                                .filter(mount ->
                                        mount.kind().filter("secret"::equals).isPresent())
                                .flatMap(mount -> mount.content().texts()))
                .toList();
    }

    /** The variables of all containers: what one of them says is as secret in the log of another. */
    Map<String, String> allVariables() {
        Map<String, String> variables = new LinkedHashMap<>();
        all().forEach(container -> known(container)
                .forEach((name, value) ->
                        variables.merge(name, value, (one, other) -> one.equals(other) ? one : one + "\n" + other)));
        return variables;
    }

    private Stream<DeployedContainer> all() {
        return Stream.concat(deployment.containers().stream(), deployment.initContainers().stream());
    }

    // ---- who is beside

    /** The other containers that are booted, in the order of the file. */
    List<DeployedContainer> neighbours() {
        Set<String> needed = needed();
        return Stream.concat(
                        deployment.initContainers().stream()
                                .filter(init -> init.ties().staysBeside()),
                        deployment.containers().stream())
                .filter(one -> !one.name().equals(own.name()) && !leftOut.contains(one.name()))
                .filter(one -> one.ties().profiles().isEmpty() || needed.contains(one.name()))
                .toList();
    }

    /** Whether the container of that name is booted at all. */
    public boolean boots(String name) {
        return own.name().equals(name)
                || others().stream().anyMatch(one -> one.name().equals(name));
    }

    /** Whether nothing but its own image is needed to boot it. */
    boolean isAlone() {
        return others().isEmpty() && own.mounts().isEmpty();
    }

    /** All that are booted at some time, with those that only initialise. */
    List<DeployedContainer> others() {
        return Stream.concat(
                        deployment.initContainers().stream()
                                .filter(init -> !init.ties().staysBeside()),
                        neighbours().stream())
                .filter(one -> !leftOut.contains(one.name()))
                .toList();
    }

    private Set<String> needed() {
        Set<String> needed = new TreeSet<>();
        Deque<DeployedContainer> open = new ArrayDeque<>(List.of(own));
        while (!open.isEmpty()) {
            for (Ties.Need need : open.pop().ties().needs()) {
                if (needed.add(need.container())) {
                    find(need.container()).ifPresent(open::push);
                }
            }
        }
        return needed;
    }

    private Optional<DeployedContainer> find(String name) {
        return deployment.containers().stream()
                .filter(one -> one.name().equals(name))
                .findFirst();
    }

    DeployedContainer named(String name) {
        return find(name).orElseThrow();
    }

    /** The variables whose values the descriptor knows. */
    Map<String, String> known(DeployedContainer container) {
        Map<String, String> known = new LinkedHashMap<>();
        container.env().forEach((name, variable) -> variable.value().ifPresent(value -> known.put(name, value)));
        return known;
    }

    /** What is run instead of the image's HEALTHCHECK; empty if that is. Only Compose runs the image's. */
    Optional<List<String>> healthcheck(DeployedContainer container) {
        if (deployment.format() != Format.COMPOSE) {
            return Optional.of(List.of());
        }
        return Optional.ofNullable(container.probes().get("health"))
                .map(Probe::check)
                .filter(Probe.Exec.class::isInstance)
                .map(check -> ((Probe.Exec) check).command());
    }

    // ---- for the timeline

    Group group(NeighbourImages images) {
        return new Group(
                deployment.network() == Deployment.Network.SHARED,
                neighbours().stream()
                        .map(one -> told(one, images.of(one), true))
                        .toList(),
                own.mounts().stream()
                        .map(mount ->
                                new Group.Mounted(mount.path(), mount.kind().orElse("volume")))
                        .toList(),
                PlatformQuestions.told(own));
    }

    /** As one of the others sees it. */
    Group groupBeside(DeployedContainer other, NeighbourImages images) {
        List<Group.Neighbour> rest = Stream.concat(
                        Stream.of(new Group.Neighbour(own.name(), own.image().orElse(""), List.copyOf(ports()), false)),
                        neighbours().stream()
                                .filter(one -> !one.name().equals(other.name()))
                                .map(one -> told(one, images.of(one), false)))
                .toList();
        // It does not wait for them.
        return new Group(deployment.network() == Deployment.Network.SHARED, rest, List.of(), List.of());
    }

    private static Group.Neighbour told(DeployedContainer container, NeighbourImages.Found image, boolean awaited) {
        List<Integer> ports = tcp(container.ports());
        return new Group.Neighbour(
                container.name(),
                image.reference(),
                ports.isEmpty() ? image.facts().exposedPorts() : ports,
                awaited);
    }

    /** What the platform asks the service. */
    List<PlatformProber.Asked> asked() {
        return PlatformQuestions.asked(own);
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
