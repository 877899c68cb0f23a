package io.bootgate.deployment.kubernetes;

import io.bootgate.deployment.DeployedContainer;
import io.bootgate.deployment.Deployment.Port;
import io.bootgate.deployment.document.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** The Services of the file that lead to a pod. */
final class Services {
    private Services() {}

    static List<Port> ports(
            List<Part> services, Labels labels, String namespace, Part pod, List<DeployedContainer> containers) {
        List<Port> ports = new ArrayList<>();
        for (Part service : services) {
            String other = References.namespace(service);
            Part spec = service.get("spec");
            if (!spec.isMapping() || !(other.isEmpty() || namespace.isEmpty() || other.equals(namespace))) {
                continue;
            }
            tellLinks(service, pod);
            if (labels.match(Labels.of(spec.get("selector")).all())) {
                ports.addAll(ports(spec, pod, containers));
            }
        }
        return ports;
    }

    private static List<Port> ports(Part spec, Part pod, List<DeployedContainer> containers) {
        List<Port> ports = new ArrayList<>();
        for (Part item : spec.get("ports").items()) {
            OptionalInt number = item.get("port").port();
            if (number.isEmpty()) {
                item.missing("port");
                continue;
            }
            ports.add(new Port(
                    number.getAsInt(), item.get("protocol").text().orElse("TCP").toLowerCase(Locale.ROOT)));
            checkTarget(item, number.getAsInt(), pod, containers);
        }
        return ports;
    }

    private static void checkTarget(Part item, int port, Part pod, List<DeployedContainer> containers) {
        Part target = item.get("targetPort");
        Optional<String> name = target.text().filter(text -> !text.matches("[-+]?[\\d.]+"));
        if (name.isPresent()) {
            if (!portNames(pod).contains(name.get())) {
                item.findings()
                        .error(
                                "UNKNOWN_REFERENCE",
                                target.place(),
                                "The targetPort \"%s\" of the Service is the name of no port of the pod."
                                        .formatted(name.get()));
            }
            return;
        }
        int wanted = target.port().orElse(port);
        boolean listed =
                containers.stream().anyMatch(container -> !container.ports().isEmpty());
        boolean found = containers.stream()
                .flatMap(container -> container.ports().stream())
                .anyMatch(known -> known.port() == wanted);
        if (listed && !found) {
            item.findings()
                    .warning(
                            "PUBLIC_PORT_WITHOUT_CONTAINER",
                            item.place(),
                            "The Service leads to the port %d of the pod, but no container has it in its ports."
                                    .formatted(wanted));
        }
    }

    private static Set<String> portNames(Part pod) {
        return pod.get("containers").items().stream()
                .flatMap(container -> container.get("ports").items().stream())
                .flatMap(port -> port.get("name").text().stream())
                .collect(Collectors.toSet());
    }

    /** Variables that nobody wrote down: an application that reads SHOP_PORT as a number fails on tcp://10.0.0.1:80. */
    private static void tellLinks(Part service, Part pod) {
        boolean headless = service.get("spec")
                .get("clusterIP")
                .text()
                .filter("None"::equals)
                .isPresent();
        if (!headless && pod.get("enableServiceLinks").flag().orElse(true)) {
            String name = References.name(service).toUpperCase(Locale.ROOT).replace('-', '_');
            service.findings()
                    .notice(
                            "SERVICE_LINKS",
                            service.get("metadata").place(),
                            "The Service sets %s_SERVICE_HOST, %s_SERVICE_PORT, %s_PORT=tcp://… and more in each container that is started after it; enableServiceLinks: false prevents it."
                                    .formatted(name, name, name));
        }
    }
}
