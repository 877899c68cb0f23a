package io.bootgate.deployment.azure;

import io.bootgate.deployment.document.Mapping;
import io.bootgate.deployment.document.Mapping.Entry;
import io.bootgate.deployment.document.Node;
import io.bootgate.deployment.document.Part;
import io.bootgate.deployment.document.Scalar;
import io.bootgate.deployment.document.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says a container group of Terraform's {@code azurerm} provider in Azure's own words. */
final class TerraformGroup {
    private static final List<String> VOLUMES = List.of("share_name", "empty_dir", "secret", "git_repo");

    private final Part group;
    private final Map<String, Node> volumes = new LinkedHashMap<>();
    private final List<Node> ports = new ArrayList<>();

    private TerraformGroup(Part group) {
        this.group = group;
    }

    static Node of(Part group) {
        return new TerraformGroup(group).translated();
    }

    private Node translated() {
        Fields properties = new Fields(group)
                .put("osType", group.get("os_type"))
                .put("restartPolicy", group.get("restart_policy"))
                .put("initContainers", containers("init_container"))
                .put("containers", containers("container"));
        boolean isPublic = group.get("ip_address_type")
                .text()
                .filter("None"::equalsIgnoreCase)
                .isEmpty();
        Part exposed = group.get("exposed_port");
        boolean listed = exposed.isList() && !exposed.items().isEmpty();
        if (isPublic) {
            // Without exposed_port the provider takes all ports of the containers.
            Node open = listed ? exposed.node().orElseThrow() : new Sequence(group.place(), ports);
            properties.put("ipAddress", new Fields(group).put("ports", open).node());
        }
        if (!volumes.isEmpty()) {
            properties.put("volumes", new Sequence(group.place(), new ArrayList<>(volumes.values())));
        }
        return new Fields(group)
                .put("name", group.get("name"))
                .put("properties", properties.node())
                .node();
    }

    private Node containers(String key) {
        return new Sequence(
                group.place(),
                group.get(key).items().stream().map(this::container).toList());
    }

    private Node container(Part container) {
        container.get("ports").items().forEach(port -> port.node().ifPresent(ports::add));
        Fields properties = new Fields(container)
                .put("image", container.get("image"))
                .put("ports", container.get("ports"))
                .put("environmentVariables", variables(container))
                .put("volumeMounts", mounts(container.get("volume")))
                .put("livenessProbe", probe(container.get("liveness_probe")))
                .put("readinessProbe", probe(container.get("readiness_probe")));
        Part commands = container.get("commands");
        if (commands.isGiven() && !(commands.isList() && commands.items().isEmpty())) {
            properties.put("command", commands);
        }
        if (container.has("cpu") || container.has("memory")) {
            Fields requests =
                    new Fields(container).put("cpu", container.get("cpu")).put("memoryInGB", container.get("memory"));
            Fields limits = new Fields(container)
                    .put("cpu", limit(container.get("cpu_limit")))
                    .put("memoryInGB", limit(container.get("memory_limit")));
            properties.put(
                    "resources",
                    new Fields(container)
                            .put("requests", requests.node())
                            .put("limits", limits.node())
                            .node());
        }
        return new Fields(container)
                .put("name", container.get("name"))
                .put("properties", properties.node())
                .node();
    }

    /** 0 is no limit. */
    private static Optional<Node> limit(Part limit) {
        return limit.unknown().isPresent()
                ? limit.node()
                : limit.decimal().filter(number -> number.signum() > 0).flatMap(number -> limit.node());
    }

    private static Node variables(Part container) {
        List<Node> variables = new ArrayList<>();
        List.of("environment_variables", "secure_environment_variables").forEach(key -> {
            String value = key.startsWith("secure") ? "secureValue" : "value";
            container
                    .get(key)
                    .fields()
                    .forEach((name, part) -> variables.add(new Fields(part)
                            .put("name", new Scalar(part.place(), name, false))
                            .put(value, part)
                            .node()));
        });
        return new Sequence(container.place(), variables);
    }

    private Node mounts(Part list) {
        List<Node> mounts = new ArrayList<>();
        for (Part volume : list.items()) {
            mounts.add(new Fields(volume)
                    .put("name", volume.get("name"))
                    .put("mountPath", volume.get("mount_path"))
                    .put("readOnly", volume.get("read_only"))
                    .node());
            volume.get("name").text().ifPresent(name -> volumes.putIfAbsent(name, volume(volume)));
        }
        return new Sequence(list.place(), mounts);
    }

    private static Node volume(Part volume) {
        String kind = VOLUMES.stream()
                .filter(key -> isSet(volume.get(key)))
                .findFirst()
                .orElse("share_name");
        Fields source = new Fields(volume);
        if (kind.equals("share_name")) {
            source.put("shareName", volume.get("share_name"))
                    .put("storageAccountName", volume.get("storage_account_name"));
        }
        String name = switch (kind) {
            case "empty_dir" -> "emptyDir";
            case "secret" -> "secret";
            case "git_repo" -> "gitRepo";
            default -> "azureFile";
        };
        return new Fields(volume)
                .put("name", volume.get("name"))
                .put(name, source.node())
                .node();
    }

    private static boolean isSet(Part part) {
        boolean empty = part.isList() && part.items().isEmpty();
        return part.isGiven()
                && !empty
                && !(part.isText() && part.text().filter("false"::equals).isPresent());
    }

    private static Optional<Node> probe(Part list) {
        if (!list.isList() || list.items().isEmpty()) {
            return Optional.empty();
        }
        Part probe = list.items().get(0);
        Fields fields = new Fields(probe)
                .put("initialDelaySeconds", positive(probe.get("initial_delay_seconds")))
                .put("periodSeconds", positive(probe.get("period_seconds")))
                .put("timeoutSeconds", positive(probe.get("timeout_seconds")))
                .put("failureThreshold", positive(probe.get("failure_threshold")))
                .put("successThreshold", positive(probe.get("success_threshold")));
        Part exec = probe.get("exec");
        if (exec.isList() && !exec.items().isEmpty()) {
            fields.put("exec", new Fields(probe).put("command", exec).node());
        }
        Part http = probe.get("http_get");
        if (http.isList() && !http.items().isEmpty()) {
            Part first = http.items().get(0);
            fields.put(
                    "httpGet",
                    new Fields(first)
                            .put("path", first.get("path"))
                            .put("port", first.get("port"))
                            .put("scheme", first.get("scheme"))
                            .put("httpHeaders", first.get("http_headers"))
                            .node());
        }
        return Optional.of(fields.node());
    }

    /** The provider writes 0 where nothing is said. */
    private static Optional<Node> positive(Part part) {
        return limit(part);
    }

    /** A mapping that is being made. */
    private static final class Fields {
        private final Part from;
        private final List<Entry> entries = new ArrayList<>();

        private Fields(Part from) {
            this.from = from;
        }

        private Fields put(String key, Part part) {
            return put(key, part.node());
        }

        private Fields put(String key, Optional<Node> node) {
            node.ifPresent(value -> put(key, value));
            return this;
        }

        private Fields put(String key, Node node) {
            entries.add(new Entry(from.place(), key, node));
            return this;
        }

        private Node node() {
            return new Mapping(from.place(), entries);
        }
    }
}
