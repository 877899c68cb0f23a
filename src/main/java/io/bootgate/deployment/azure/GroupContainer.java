package io.bootgate.deployment.azure;

import io.bootgate.deployment.DeployedContainer;
import io.bootgate.deployment.DeployedContainer.Cpu;
import io.bootgate.deployment.DeployedContainer.Memory;
import io.bootgate.deployment.Probe;
import io.bootgate.deployment.Ties;
import io.bootgate.deployment.Variable;
import io.bootgate.deployment.document.Part;
import io.bootgate.deployment.document.Unknown;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** One container of a container group. */
final class GroupContainer {
    /** Documented as GB; measured by the platform in units of 1024. */
    private static final BigDecimal GIB = BigDecimal.valueOf(1L << 30);

    private static final String[] INIT_KEYS = {
        "image", "command", "environmentVariables", "volumeMounts", "instanceView", "securityContext"
    };
    private static final String[] KEYS = {
        "image",
        "command",
        "environmentVariables",
        "volumeMounts",
        "instanceView",
        "securityContext",
        "ports",
        "resources",
        "livenessProbe",
        "readinessProbe",
        "configMap"
    };

    private GroupContainer() {}

    static DeployedContainer read(String name, Part container, Volumes volumes, boolean init) {
        Part properties = container.get("properties");
        if (!properties.isGiven()) {
            container.missing("properties");
        }
        properties.warnOfOtherKeys(init ? INIT_KEYS : KEYS);
        Part resources = init ? container.get("resources") : properties.get("resources");
        return new DeployedContainer(
                name,
                image(properties),
                properties.get("command").texts(),
                Optional.empty(),
                variables(properties.get("environmentVariables")),
                List.of(),
                ContainerGroup.ports(properties.get("ports")),
                init ? Cpu.NONE : cpu(resources),
                init ? Memory.NONE : memory(resources),
                probes(properties),
                volumes.mounts(properties.get("volumeMounts")),
                user(properties.get("securityContext")),
                Optional.empty(),
                false,
                Optional.of("linux/amd64"),
                Ties.NONE);
    }

    private static Optional<String> image(Part properties) {
        Part image = properties.get("image");
        if (!image.isGiven()) {
            properties.missing("image");
        }
        Optional<String> text = image.text();
        Optional<String> why = text.flatMap(Placeholder::inImage);
        why.ifPresent(reason -> properties
                .findings()
                .warning("UNRESOLVED", image.place(), "%s is not known: %s.".formatted(image.way(), reason)));
        return why.isPresent() ? Optional.empty() : text;
    }

    private static Map<String, Variable> variables(Part list) {
        Map<String, Variable> variables = new LinkedHashMap<>();
        for (Part item : list.items()) {
            item.warnOfOtherKeys("name", "value", "secureValue", "secureValueReference");
            Optional<String> name = item.get("name").text();
            if (!item.get("name").isGiven()) {
                item.missing("name");
            }
            name.ifPresent(known -> {
                Variable variable =
                        variable(item).at(item.findings().file(), item.place().line());
                if (variable.isUnresolved()) {
                    item.findings()
                            .warning(
                                    "UNRESOLVED",
                                    item.place(),
                                    "The variable %s is not known: %s."
                                            .formatted(known, variable.why().orElse("")));
                }
                if (variables.put(known, variable) != null) {
                    item.findings()
                            .error(
                                    "DUPLICATE_NAME",
                                    item.place(),
                                    "The variable %s is listed twice; the last one counts, if the group is taken at all."
                                            .formatted(known));
                }
            });
        }
        return variables;
    }

    private static Variable variable(Part item) {
        Part secure = item.get("secureValue");
        boolean secret = secure.isGiven();
        Part value = secret ? secure : item.get("value");
        Optional<Unknown> unknown = value.unknown();
        if (unknown.isPresent()) {
            return Variable.unresolved(
                    unknown.get().why(), secret || unknown.get().secret());
        }
        if (value.isGiven()) {
            String text = value.text().orElse("");
            return Placeholder.in(text)
                    .map(why -> Variable.unresolved(why, secret))
                    .orElseGet(() -> secret || value.isSecret() ? Variable.secret(text) : Variable.plain(text));
        }
        if (item.get("secureValueReference").isGiven()) {
            return Variable.unresolved("the platform looks it up (secureValueReference)", true);
        }
        return Variable.unresolved("it has neither value nor secureValue; an export leaves secret values out", true);
    }

    private static Cpu cpu(Part resources) {
        Part requests = resources.get("requests");
        if (!requests.isGiven() || !requests.get("cpu").isGiven()) {
            resources.missing("requests.cpu");
        }
        Optional<BigDecimal> request = amount(requests.get("cpu"));
        Optional<BigDecimal> limit = amount(resources.get("limits").get("cpu"));
        return new Cpu(request, limit, limit.or(() -> request));
    }

    private static Memory memory(Part resources) {
        Part requests = resources.get("requests");
        if (!requests.isGiven() || !requests.get("memoryInGB").isGiven()) {
            resources.missing("requests.memoryInGB");
        }
        OptionalLong request = bytes(requests.get("memoryInGB"));
        OptionalLong limit = bytes(resources.get("limits").get("memoryInGB"));
        OptionalLong ceiling = limit.isPresent() ? limit : request;
        Part from = limit.isPresent() ? resources.get("limits") : requests;
        return new Memory(
                request,
                limit,
                ceiling,
                ceiling.isPresent() ? Optional.of(from.get("memoryInGB").where()) : Optional.empty());
    }

    private static Optional<BigDecimal> amount(Part part) {
        Optional<BigDecimal> amount = part.decimal();
        amount.filter(number -> number.signum() <= 0).ifPresent(number -> {
            throw part.expected("more than 0");
        });
        return amount;
    }

    private static OptionalLong bytes(Part part) {
        return amount(part)
                .map(gigabytes -> OptionalLong.of(gigabytes
                        .multiply(GIB)
                        .setScale(0, RoundingMode.HALF_UP)
                        .longValue()))
                .orElseGet(OptionalLong::empty);
    }

    private static Map<String, Probe> probes(Part properties) {
        Map<String, Probe> probes = new LinkedHashMap<>();
        probe(properties.get("livenessProbe")).ifPresent(probe -> probes.put("liveness", probe));
        probe(properties.get("readinessProbe")).ifPresent(probe -> probes.put("readiness", probe));
        return probes;
    }

    private static Optional<Probe> probe(Part part) {
        return check(part)
                .map(check -> new Probe(
                        check,
                        seconds(part.get("initialDelaySeconds"), 0),
                        seconds(part.get("periodSeconds"), 10),
                        seconds(part.get("timeoutSeconds"), 1),
                        part.get("failureThreshold").integer().orElse(3),
                        part.get("successThreshold").integer().orElse(1)));
    }

    private static Optional<Probe.Check> check(Part part) {
        Part exec = part.get("exec");
        if (exec.isGiven()) {
            return Optional.of(new Probe.Exec(exec.get("command").texts().orElse(List.of())));
        }
        Part http = part.get("httpGet");
        if (http.isGiven()) {
            if (!http.get("port").isGiven()) {
                http.missing("port");
            }
            return Optional.of(new Probe.Http(
                    http.get("path").text().orElse("/"),
                    http.get("port").port(),
                    http.get("scheme").text().orElse("HTTP").toUpperCase(Locale.ROOT),
                    Optional.empty(),
                    headers(http.get("httpHeaders"))));
        }
        if (part.isGiven() && part.unknown().isEmpty() && !part.fields().isEmpty()) {
            part.findings().error("PROBE_WITHOUT_CHECK", part.place(), part.way() + " has neither httpGet nor exec.");
        }
        return Optional.empty();
    }

    /** A list of names and values; API versions before 2021 have a mapping. */
    private static Map<String, String> headers(Part part) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (part.isMapping()) {
            part.fields()
                    .forEach((name, value) -> headers.put(name, value.text().orElse("")));
            return headers;
        }
        for (Part item : part.items()) {
            headers.put(
                    item.get("name").text().orElse(""), item.get("value").text().orElse(""));
        }
        return headers;
    }

    private static Duration seconds(Part part, int fallback) {
        return Duration.ofSeconds(part.integer().orElse(fallback));
    }

    private static Optional<String> user(Part security) {
        Optional<String> user = security.get("runAsUser").text();
        Optional<String> group = security.get("runAsGroup").text();
        return user.map(id -> group.map(of -> id + ":" + of).orElse(id));
    }
}
