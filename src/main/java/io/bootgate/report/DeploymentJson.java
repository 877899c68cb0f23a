package io.bootgate.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bootgate.deployment.DeployedContainer;
import io.bootgate.deployment.DeployedContainer.Mount;
import io.bootgate.deployment.Deployment;
import io.bootgate.deployment.Deployment.Port;
import io.bootgate.deployment.DeploymentFinding;
import io.bootgate.deployment.Probe;
import io.bootgate.deployment.Variable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * {@code deployment.json}, schema 1: described in {@code docs/deployment.md} and, for programs, in
 * {@code deployment.schema.json} beside this class. Values of secret variables are not in it.
 */
public final class DeploymentJson {
    private static final int SCHEMA = 1;
    private static final JsonMapper JSON = new JsonMapper();

    private DeploymentJson() {}

    public static void write(Path file, Deployment deployment, VariableMask mask) throws IOException {
        WholeFile.write(file, out -> out.write(text(deployment, mask)));
    }

    /** The file's text. */
    public static String text(Deployment deployment, VariableMask mask) {
        DefaultPrettyPrinter pretty = new DefaultPrettyPrinter()
                .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                .withArrayIndenter(new DefaultIndenter("  ", "\n"));
        try {
            return JSON.writer(pretty).writeValueAsString(of(deployment, mask)) + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObjectNode of(Deployment deployment, VariableMask mask) {
        ObjectNode json = JSON.createObjectNode()
                .put("schema", SCHEMA)
                .put("file", deployment.file())
                .put("format", deployment.format().id());
        json.putObject("network").put("shape", deployment.network().name().toLowerCase(Locale.ROOT));
        json.put(
                "restartPolicy",
                deployment.restartPolicy().map(Deployment.RestartPolicy::id).orElse(null));
        json.set("publicPorts", ports(deployment.publicPorts()));
        json.set("initContainers", containers(deployment.initContainers(), mask));
        json.set("containers", containers(deployment.containers(), mask));
        ArrayNode findings = json.putArray("findings");
        deployment.findings().forEach(finding -> findings.add(finding(finding, mask)));
        return json;
    }

    private static ArrayNode containers(List<DeployedContainer> containers, VariableMask mask) {
        ArrayNode json = JSON.createArrayNode();
        containers.forEach(container -> json.add(container(container, mask)));
        return json;
    }

    private static ObjectNode container(DeployedContainer container, VariableMask mask) {
        ObjectNode json = JSON.createObjectNode().put("name", container.name()).put("image", orNull(container.image()));
        json.set("command", words(container.command(), mask));
        json.set("args", words(container.args(), mask));
        ObjectNode env = json.putObject("env");
        container.env().forEach((name, variable) -> env.set(name, variable(name, variable, mask)));
        json.set("envFrom", strings(container.envFrom()));
        json.set("ports", ports(container.ports()));
        json.putObject("cpu")
                .put("request", number(container.cpu().request()))
                .put("limit", number(container.cpu().limit()))
                .put("ceiling", number(container.cpu().ceiling()));
        json.putObject("memory")
                .put("requestBytes", orNull(container.memory().request()))
                .put("limitBytes", orNull(container.memory().limit()))
                .put("ceilingBytes", orNull(container.memory().ceiling()));
        ObjectNode probes = json.putObject("probes");
        container.probes().forEach((kind, probe) -> probes.set(kind, probe(probe, mask)));
        ArrayNode mounts = json.putArray("mounts");
        container.mounts().forEach(mount -> mounts.add(mount(mount)));
        return json.put("user", orNull(container.user())).put("workdir", orNull(container.workdir()));
    }

    private static ObjectNode variable(String name, Variable variable, VariableMask mask) {
        ObjectNode json = JSON.createObjectNode();
        boolean secret = mask.isSecret(name, variable);
        if (secret) {
            json.put("secret", true);
        }
        variable.why().ifPresent(why -> json.put("unresolved", true).put("why", why));
        if (!secret && !variable.isUnresolved()) {
            json.put("value", mask.mask(variable.value().orElse("")));
        }
        variable.from().ifPresent(from -> json.put("from", from));
        return json;
    }

    private static ObjectNode probe(Probe probe, VariableMask mask) {
        ObjectNode json = JSON.createObjectNode();
        Probe.Check check = probe.check();
        if (check instanceof Probe.Http http) {
            json.put("kind", "http").put("path", http.path());
            json.put("port", orNull(http.port())).put("scheme", http.scheme());
            http.host().ifPresent(host -> json.put("host", host));
            if (!http.headers().isEmpty()) {
                ObjectNode headers = json.putObject("headers");
                http.headers().forEach((name, value) -> headers.put(name, mask.header(name, value)));
            }
        } else if (check instanceof Probe.Exec exec) {
            json.put("kind", "exec").set("command", words(Optional.of(exec.command()), mask));
        } else if (check instanceof Probe.Tcp tcp) {
            json.put("kind", "tcp").put("port", orNull(tcp.port()));
        } else if (check instanceof Probe.Grpc grpc) {
            json.put("kind", "grpc").put("port", orNull(grpc.port())).put("service", orNull(grpc.service()));
        }
        return json.put("initialDelaySeconds", seconds(probe.initialDelay()))
                .put("periodSeconds", seconds(probe.period()))
                .put("timeoutSeconds", seconds(probe.timeout()))
                .put("failureThreshold", probe.failures())
                .put("successThreshold", probe.successes());
    }

    private static ObjectNode mount(Mount mount) {
        return JSON.createObjectNode()
                .put("path", mount.path())
                .put("volume", orNull(mount.volume()))
                .put("kind", orNull(mount.kind()))
                .put("readOnly", mount.readOnly());
    }

    private static ObjectNode finding(DeploymentFinding finding, VariableMask mask) {
        ObjectNode json = JSON.createObjectNode()
                .put("id", finding.id())
                .put("severity", finding.severity().name().toLowerCase(Locale.ROOT))
                .put("message", mask.mask(finding.message()));
        json.putObject("location").put("path", finding.path()).put("line", orNull(finding.line()));
        return json;
    }

    private static ArrayNode ports(List<Port> ports) {
        ArrayNode json = JSON.createArrayNode();
        ports.forEach(port -> json.addObject().put("port", port.port()).put("protocol", port.protocol()));
        return json;
    }

    private static @Nullable ArrayNode words(Optional<List<String>> words, VariableMask mask) {
        return words.map(all -> strings(all.stream().map(mask::word).toList())).orElse(null);
    }

    private static ArrayNode strings(List<String> strings) {
        ArrayNode json = JSON.createArrayNode();
        strings.forEach(json::add);
        return json;
    }

    /** Whole where it is whole, so that no reader finds 1.0 or 1E+1 where the descriptor says 1. */
    private static @Nullable BigDecimal number(Optional<BigDecimal> number) {
        return number.map(BigDecimal::stripTrailingZeros)
                .map(plain -> plain.scale() < 0 ? plain.setScale(0, RoundingMode.UNNECESSARY) : plain)
                .orElse(null);
    }

    private static @Nullable BigDecimal seconds(Duration time) {
        return number(Optional.of(BigDecimal.valueOf(time.toMillis(), 3)));
    }

    private static @Nullable String orNull(Optional<String> text) {
        return text.orElse(null);
    }

    private static @Nullable Integer orNull(OptionalInt number) {
        return number.isPresent() ? number.getAsInt() : null;
    }

    private static @Nullable Long orNull(OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : null;
    }
}
