package io.bootgate.deployment.kubernetes;

import io.bootgate.deployment.DeployedContainer;
import io.bootgate.deployment.DeployedContainer.Cpu;
import io.bootgate.deployment.DeployedContainer.Memory;
import io.bootgate.deployment.Deployment.Port;
import io.bootgate.deployment.Ties;
import io.bootgate.deployment.Variable;
import io.bootgate.deployment.document.Part;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** One container of a pod. */
final class PodContainer {
    private static final long TINY = 4L << 20;
    private static final String[] KEYS = {
        "name",
        "image",
        "command",
        "args",
        "workingDir",
        "ports",
        "envFrom",
        "env",
        "resources",
        "resizePolicy",
        "restartPolicy",
        "restartPolicyRules",
        "volumeMounts",
        "volumeDevices",
        "livenessProbe",
        "readinessProbe",
        "startupProbe",
        "lifecycle",
        "terminationMessagePath",
        "terminationMessagePolicy",
        "imagePullPolicy",
        "securityContext",
        "stdin",
        "stdinOnce",
        "tty"
    };

    private final Part container;
    private final Map<String, OptionalInt> namedPorts = new LinkedHashMap<>();

    private PodContainer(Part container) {
        this.container = container;
    }

    /** What the containers of a pod have in common. */
    record Surroundings(
            References references, String namespace, PodVolumes volumes, Part security, Optional<String> platform) {}

    static DeployedContainer read(String name, Part container, Surroundings pod) {
        container.warnOfOtherKeys(KEYS);
        return new PodContainer(container).read(name, pod);
    }

    private DeployedContainer read(String name, Surroundings pod) {
        Environment environment = Environment.of(container, pod.references(), pod.namespace());
        Map<String, Variable> variables = environment.variables();
        if (!container.get("image").isGiven()) {
            container.missing("image");
        }
        List<Port> ports = ports();
        Part resources = container.get("resources");
        return new DeployedContainer(
                name,
                container.get("image").text(),
                words("command", variables),
                words("args", variables),
                variables,
                environment.sources(),
                ports,
                cpu(resources),
                memory(resources),
                PodProbes.of(container, namedPorts),
                pod.volumes().mounts(container.get("volumeMounts")),
                user(pod.security()),
                container.get("workingDir").text(),
                container
                        .get("securityContext")
                        .get("readOnlyRootFilesystem")
                        .flag()
                        .orElse(false),
                pod.platform(),
                container.get("restartPolicy").isGiven() ? Ties.besides() : Ties.NONE);
    }

    private Optional<List<String>> words(String key, Map<String, Variable> variables) {
        Part part = container.get(key);
        return part.texts()
                .map(words -> words.stream()
                        .map(word -> Expansion.word(word, variables))
                        .map(word -> {
                            word.why()
                                    .ifPresent(why -> part.findings()
                                            .warning(
                                                    "UNRESOLVED",
                                                    part.place(),
                                                    "A word of %s is not known: %s.".formatted(part.way(), why)));
                            return word.text();
                        })
                        .toList());
    }

    private List<Port> ports() {
        List<Port> ports = new ArrayList<>();
        for (Part item : container.get("ports").items()) {
            OptionalInt number = item.get("containerPort").port();
            if (number.isEmpty()) {
                item.missing("containerPort");
                continue;
            }
            Part protocol = item.get("protocol");
            String name = protocol.text().orElse("TCP");
            if (!List.of("TCP", "UDP", "SCTP").contains(name)) {
                throw protocol.expected("TCP, UDP or SCTP");
            }
            ports.add(new Port(number.getAsInt(), name.toLowerCase(Locale.ROOT)));
            item.get("name").text().ifPresent(known -> namedPorts.put(known, number));
        }
        return ports;
    }

    private Cpu cpu(Part resources) {
        Optional<BigDecimal> request = Quantity.of(resources.get("requests").get("cpu"));
        Optional<BigDecimal> limit = Quantity.of(resources.get("limits").get("cpu"));
        if (request.isPresent() && limit.isPresent() && request.get().compareTo(limit.get()) > 0) {
            limitBelowRequest(resources, "cpu");
        }
        // 0 is no limit.
        return new Cpu(request, limit, limit.filter(most -> most.signum() > 0));
    }

    private Memory memory(Part resources) {
        OptionalLong request = Quantity.bytes(resources.get("requests").get("memory"));
        OptionalLong limit = Quantity.bytes(resources.get("limits").get("memory"));
        if (request.isPresent() && limit.isPresent() && request.getAsLong() > limit.getAsLong()) {
            limitBelowRequest(resources, "memory");
        }
        Part most = resources.get("limits").get("memory");
        if (limit.isPresent() && limit.getAsLong() > 0 && limit.getAsLong() < TINY) {
            most.findings()
                    .error(
                            "LIMIT_TINY",
                            most.place(),
                            "%s is %s, which is %d bytes: no container starts with so little. Units are Mi and Gi; \"m\" is a thousandth."
                                    .formatted(most.way(), most.text().orElse(""), limit.getAsLong()));
        }
        OptionalLong ceiling = limit.isPresent() && limit.getAsLong() > 0 ? limit : OptionalLong.empty();
        return new Memory(request, limit, ceiling, ceiling.isPresent() ? Optional.of(most.where()) : Optional.empty());
    }

    private void limitBelowRequest(Part resources, String what) {
        resources
                .findings()
                .error(
                        "LIMIT_BELOW_REQUEST",
                        resources.get("limits").place(),
                        "%s has a limit of %s below its request, which Kubernetes refuses."
                                .formatted(resources.way(), what));
    }

    private Optional<String> user(Part pod) {
        Part own = container.get("securityContext");
        Optional<String> user =
                own.get("runAsUser").text().or(() -> pod.get("runAsUser").text());
        Optional<String> group =
                own.get("runAsGroup").text().or(() -> pod.get("runAsGroup").text());
        return user.map(id -> group.map(of -> id + ":" + of).orElse(id));
    }
}
