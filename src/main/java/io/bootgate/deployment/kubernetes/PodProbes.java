package io.bootgate.deployment.kubernetes;

import io.bootgate.deployment.Probe;
import io.bootgate.deployment.document.Part;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The probes of one container of a pod. */
final class PodProbes {
    private static final List<String> KINDS = List.of("liveness", "readiness", "startup");

    private final Map<String, OptionalInt> namedPorts;

    private PodProbes(Map<String, OptionalInt> namedPorts) {
        this.namedPorts = namedPorts;
    }

    static Map<String, Probe> of(Part container, Map<String, OptionalInt> namedPorts) {
        PodProbes reader = new PodProbes(namedPorts);
        Map<String, Probe> probes = new LinkedHashMap<>();
        for (String kind : KINDS) {
            Part part = container.get(kind + "Probe");
            part.warnOfOtherKeys(
                    "exec",
                    "httpGet",
                    "tcpSocket",
                    "grpc",
                    "initialDelaySeconds",
                    "periodSeconds",
                    "timeoutSeconds",
                    "failureThreshold",
                    "successThreshold",
                    "terminationGracePeriodSeconds");
            reader.probe(part).ifPresent(probe -> {
                probes.put(kind, probe);
                if (probe.successes() != 1 && !kind.equals("readiness")) {
                    part.findings()
                            .error(
                                    "PROBE_REFUSED",
                                    part.place(),
                                    part.way() + " has a successThreshold other than 1, which Kubernetes refuses.");
                }
            });
        }
        return probes;
    }

    private Optional<Probe> probe(Part part) {
        Optional<Probe.Check> check = check(part);
        if (check.isEmpty() && part.isGiven()) {
            part.findings()
                    .error(
                            "PROBE_WITHOUT_CHECK",
                            part.place(),
                            part.way() + " has none of httpGet, exec, tcpSocket and grpc.");
        }
        return check.map(asked -> new Probe(
                asked,
                seconds(part, "initialDelaySeconds", 0),
                seconds(part, "periodSeconds", 10),
                seconds(part, "timeoutSeconds", 1),
                part.get("failureThreshold").integer().orElse(3),
                part.get("successThreshold").integer().orElse(1)));
    }

    private Optional<Probe.Check> check(Part part) {
        Part http = part.get("httpGet");
        if (http.isGiven()) {
            return Optional.of(new Probe.Http(
                    http.get("path").text().orElse("/"),
                    port(http),
                    http.get("scheme").text().orElse("HTTP").toUpperCase(Locale.ROOT),
                    http.get("host").text(),
                    headers(http.get("httpHeaders"))));
        }
        if (part.get("exec").isGiven()) {
            return Optional.of(
                    new Probe.Exec(part.get("exec").get("command").texts().orElse(List.of())));
        }
        if (part.get("tcpSocket").isGiven()) {
            return Optional.of(new Probe.Tcp(port(part.get("tcpSocket"))));
        }
        Part grpc = part.get("grpc");
        return grpc.isGiven()
                ? Optional.of(new Probe.Grpc(port(grpc), grpc.get("service").text()))
                : Optional.empty();
    }

    /** A number, or the name of a port of the container. */
    private OptionalInt port(Part part) {
        Part port = part.get("port");
        Optional<String> text = port.text();
        if (text.isEmpty()) {
            part.missing("port");
            return OptionalInt.empty();
        }
        if (text.get().matches("[-+]?[\\d.]+")) {
            return port.port();
        }
        OptionalInt named = namedPorts.getOrDefault(text.get(), OptionalInt.empty());
        if (named.isEmpty()) {
            port.findings()
                    .error(
                            "UNKNOWN_REFERENCE",
                            port.place(),
                            "%s is \"%s\", but the container has no port of that name%s."
                                    .formatted(
                                            port.way(),
                                            text.get(),
                                            namedPorts.isEmpty()
                                                    ? ""
                                                    : " (there are: " + String.join(", ", namedPorts.keySet()) + ")"));
        }
        return named;
    }

    private static Map<String, String> headers(Part list) {
        Map<String, String> headers = new LinkedHashMap<>();
        list.items()
                .forEach(item -> headers.put(
                        item.get("name").text().orElse(""),
                        item.get("value").text().orElse("")));
        return headers;
    }

    private static Duration seconds(Part part, String key, int fallback) {
        return Duration.ofSeconds(part.get(key).integer().orElse(fallback));
    }
}
