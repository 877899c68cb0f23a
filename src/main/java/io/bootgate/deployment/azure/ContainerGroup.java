package io.bootgate.deployment.azure;

import io.bootgate.deployment.DeployedContainer;
import io.bootgate.deployment.Deployment.Network;
import io.bootgate.deployment.Deployment.Port;
import io.bootgate.deployment.Deployment.RestartPolicy;
import io.bootgate.deployment.Workload;
import io.bootgate.deployment.document.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A resource of the type Microsoft.ContainerInstance/containerGroups, whatever language it is written in. Azure matches the
 * names of properties in any case.
 */
public final class ContainerGroup {
    private ContainerGroup() {}

    public static Workload read(Part group) {
        Part properties = group.get("properties");
        Volumes volumes = Volumes.of(properties.get("volumes"));
        List<DeployedContainer> initContainers = containers(properties.get("initContainers"), volumes, true);
        List<DeployedContainer> containers = containers(properties.get("containers"), volumes, false);
        Workload workload = new Workload(
                group.get("name").text().orElse("container group"),
                Network.SHARED,
                Optional.of(restartPolicy(properties.get("restartPolicy"))),
                ports(properties.get("ipAddress").get("ports")),
                initContainers,
                containers);
        volumes.tellUnused();
        GroupRules.check(group, workload);
        return workload;
    }

    private static List<DeployedContainer> containers(Part list, Volumes volumes, boolean init) {
        List<DeployedContainer> containers = new ArrayList<>();
        for (Part container : list.items()) {
            Part name = container.get("name");
            if (!name.isGiven()) {
                container.missing("name");
            }
            // Told by its place in the list where the name is not known.
            String known = name.text().orElse((init ? "init-container-" : "container-") + (containers.size() + 1));
            containers.add(GroupContainer.read(known, container, volumes, init));
        }
        return containers;
    }

    private static RestartPolicy restartPolicy(Part policy) {
        return policy.text()
                .map(text -> switch (text.toLowerCase(Locale.ROOT)) {
                    case "always" -> RestartPolicy.ALWAYS;
                    case "onfailure" -> RestartPolicy.ON_FAILURE;
                    case "never" -> RestartPolicy.NEVER;
                    default -> throw policy.expected("Always, OnFailure or Never");
                })
                .orElse(RestartPolicy.ALWAYS);
    }

    static List<Port> ports(Part list) {
        List<Port> ports = new ArrayList<>();
        for (Part item : list.items()) {
            OptionalInt number = item.get("port").port();
            Part protocol = item.get("protocol");
            String name = protocol.text().orElse("TCP").toLowerCase(Locale.ROOT);
            if (!name.equals("tcp") && !name.equals("udp")) {
                throw protocol.expected("TCP or UDP");
            }
            if (number.isPresent()) {
                ports.add(new Port(number.getAsInt(), name));
            } else if (!item.get("port").isGiven()) {
                item.missing("port");
            }
        }
        return ports;
    }
}
