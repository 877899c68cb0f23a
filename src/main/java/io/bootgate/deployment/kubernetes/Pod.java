package io.bootgate.deployment.kubernetes;

import io.bootgate.deployment.DeployedContainer;
import io.bootgate.deployment.Deployment.Network;
import io.bootgate.deployment.Deployment.RestartPolicy;
import io.bootgate.deployment.EndingCommand;
import io.bootgate.deployment.Workload;
import io.bootgate.deployment.document.Part;
import io.bootgate.deployment.kubernetes.PodContainer.Surroundings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The pods that one object makes. */
final class Pod {
    private static final String NAME = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
    private static final Set<String> JOBS = Set.of("Job", "CronJob");

    private final Part object;
    private final Part spec;

    private Pod(Part object, Part template) {
        this.object = object;
        this.spec = template.get("spec");
    }

    static Workload read(Part object, Part template, References references) {
        return new Pod(object, template).read(template, references);
    }

    private Workload read(Part template, References references) {
        String namespace = References.namespace(object);
        PodVolumes volumes = PodVolumes.of(
                spec.get("volumes"), object.get("spec").get("volumeClaimTemplates"), references, namespace);
        Surroundings surroundings =
                new Surroundings(references, namespace, volumes, spec.get("securityContext"), platform());
        List<DeployedContainer> initContainers = containers("initContainers", surroundings);
        List<DeployedContainer> containers = containers("containers", surroundings);
        volumes.tellUnused();
        RestartPolicy policy = restartPolicy();
        checkContainers(initContainers, containers, policy);
        Labels labels = Labels.of(template.get("metadata").get("labels"));
        labels.checkSelector(object.get("spec").get("selector"));
        return new Workload(
                name(),
                Network.SHARED,
                Optional.of(policy),
                Services.ports(references.services(), labels, namespace, spec, containers),
                initContainers,
                containers);
    }

    private String name() {
        String name = References.name(object);
        return Manifests.kind(object) + (name.isEmpty() ? "" : " " + name);
    }

    private List<DeployedContainer> containers(String key, Surroundings surroundings) {
        List<DeployedContainer> containers = new ArrayList<>();
        for (Part container : spec.get(key).items()) {
            Optional<String> name = container.get("name").text();
            if (name.isEmpty()) {
                container.missing("name");
            }
            containers.add(
                    PodContainer.read(name.orElse("container-" + (containers.size() + 1)), container, surroundings));
            if (key.equals("initContainers") && container.get("restartPolicy").isGiven()) {
                container
                        .findings()
                        .notice(
                                "NATIVE_SIDECAR",
                                container.place(),
                                "The init container %s has the restartPolicy Always: it is started in its turn, and stays beside the others."
                                        .formatted(name.orElse("")));
            }
        }
        return containers;
    }

    private Optional<String> platform() {
        Part selector = spec.get("nodeSelector");
        Optional<String> architecture = selector.get("kubernetes.io/arch").text();
        String system = selector.get("kubernetes.io/os").text().orElse("linux");
        if (!system.equals("linux")) {
            spec.findings()
                    .error(
                            "NOT_LINUX",
                            selector.place(),
                            "The pod is for nodes with %s; Bootgate boots Linux containers.".formatted(system));
        }
        return architecture.map(machine -> system + "/" + machine);
    }

    private RestartPolicy restartPolicy() {
        Part policy = spec.get("restartPolicy");
        if (!policy.isGiven() && JOBS.contains(Manifests.kind(object))) {
            spec.missing("restartPolicy (OnFailure or Never)");
            return RestartPolicy.NEVER;
        }
        return policy.text()
                .map(text -> switch (text) {
                    case "Always" -> RestartPolicy.ALWAYS;
                    case "OnFailure" -> RestartPolicy.ON_FAILURE;
                    case "Never" -> RestartPolicy.NEVER;
                    default -> throw policy.expected("Always, OnFailure or Never");
                })
                .orElse(RestartPolicy.ALWAYS);
    }

    private void checkContainers(
            List<DeployedContainer> initContainers, List<DeployedContainer> containers, RestartPolicy policy) {
        Set<String> names = new HashSet<>();
        Map<Object, String> ports = new HashMap<>();
        check(spec.get("initContainers").items(), initContainers, names);
        List<Part> parts = spec.get("containers").items();
        check(parts, containers, names);
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            DeployedContainer container = containers.get(i);
            container.ports().forEach(port -> {
                String owner = ports.putIfAbsent(port, container.name());
                if (owner != null && !owner.equals(container.name())) {
                    part.findings()
                            .warning(
                                    "PORT_COLLISION",
                                    part.get("ports").place(),
                                    "The containers %s and %s both have the port %d/%s; a pod has one network, so only one can bind it."
                                            .formatted(owner, container.name(), port.port(), port.protocol()));
                }
            });
            if (policy == RestartPolicy.ALWAYS) {
                EndingCommand.in(container)
                        .ifPresent(command -> part.findings()
                                .warning(
                                        "COMMAND_ENDS",
                                        part.place(),
                                        "The command of %s ends by itself (%s), and the restartPolicy Always starts it again for ever. Use a Job, or a command that stays."
                                                .formatted(container.name(), command)));
            }
        }
    }

    private static void check(List<Part> parts, List<DeployedContainer> containers, Set<String> names) {
        for (int i = 0; i < parts.size(); i++) {
            String name = containers.get(i).name();
            if (!name.matches(NAME)) {
                parts.get(i)
                        .findings()
                        .error(
                                "NAME_INVALID",
                                parts.get(i).place(),
                                "The container name \"%s\" is refused: 1 to 63 lower-case letters, digits and hyphens."
                                        .formatted(name));
            }
            if (!names.add(name)) {
                parts.get(i)
                        .findings()
                        .error(
                                "DUPLICATE_NAME",
                                parts.get(i).place(),
                                "Two containers of the pod are named %s.".formatted(name));
            }
        }
    }
}
