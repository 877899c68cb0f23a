package io.bootgate.report;

import io.bootgate.deployment.DeployedContainer;
import io.bootgate.deployment.DeployedContainer.Mount;
import io.bootgate.deployment.Deployment;
import io.bootgate.deployment.Deployment.Network;
import io.bootgate.deployment.Deployment.Port;
import io.bootgate.deployment.DeploymentFinding;
import io.bootgate.deployment.Probe;
import io.bootgate.deployment.Variable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** How a descriptor was understood, for the console. */
public final class DeploymentTable {
    private static final int LABEL_WIDTH = 12;
    private static final int LONGEST_LINE = 300;
    private static final BigDecimal KIB = BigDecimal.valueOf(1024);

    private final Paint paint;
    private final VariableMask mask;
    private final List<String> lines = new ArrayList<>();

    private DeploymentTable(Paint paint, VariableMask mask) {
        this.paint = paint;
        this.mask = mask;
    }

    /** The table; what is found is told apart, by {@link #findings}. */
    public static List<String> lines(Deployment deployment, VariableMask mask, Paint paint) {
        DeploymentTable table = new DeploymentTable(paint, mask);
        table.head(deployment);
        deployment.initContainers().forEach(container -> table.container("init container", container));
        deployment.containers().forEach(container -> table.container("container", container));
        return List.copyOf(table.lines);
    }

    /** One line for each, with its place first, so that terminals make a link of it. */
    public static List<String> findings(List<DeploymentFinding> findings, VariableMask mask) {
        return findings.stream()
                .map(finding -> "%s%s: %s %s: %s"
                        .formatted(
                                finding.path(),
                                finding.line().isPresent()
                                        ? ":" + finding.line().getAsInt()
                                        : "",
                                finding.severity().name().toLowerCase(Locale.ROOT),
                                finding.id(),
                                mask.mask(finding.message())))
                .map(PlainText::of)
                .toList();
    }

    private void head(Deployment deployment) {
        lines.add(paint.strong(PlainText.of(deployment.file()))
                + " (%s): %d container%s%s"
                        .formatted(
                                deployment.format().id(),
                                deployment.containers().size(),
                                deployment.containers().size() == 1 ? "" : "s",
                                deployment.initContainers().isEmpty()
                                        ? ""
                                        : ", " + deployment.initContainers().size() + " before them"));
        row(
                "network",
                deployment.network() == Network.SHARED
                        ? "one for all: the containers are localhost to each other, and share the ports"
                        : "an address each, found by name");
        row(
                "restart",
                deployment.restartPolicy().map(Deployment.RestartPolicy::id).orElse("differs by container"));
        row("public", deployment.publicPorts().isEmpty() ? "no port" : ports(deployment.publicPorts()));
    }

    private void container(String what, DeployedContainer container) {
        lines.add("");
        lines.add(what + " " + paint.strong(PlainText.of(container.name())));
        row("image", container.image().orElse("(not known before it is built or deployed)"));
        container.command().ifPresent(words -> row("command", words(words) + "  (replaces ENTRYPOINT)"));
        container.args().ifPresent(words -> row("args", words(words) + "  (replaces CMD)"));
        rows(
                "env",
                container.env().entrySet().stream()
                        .map(entry -> variable(entry.getKey(), entry.getValue()))
                        .toList());
        rows("env from", container.envFrom());
        if (!container.ports().isEmpty()) {
            row("ports", ports(container.ports()));
        }
        row(
                "cpu",
                limits(
                        container.cpu().request().map(DeploymentTable::plain),
                        container.cpu().limit().map(DeploymentTable::plain),
                        container.cpu().ceiling().map(DeploymentTable::plain)));
        row(
                "memory",
                limits(
                        size(container.memory().request()),
                        size(container.memory().limit()),
                        size(container.memory().ceiling())));
        container.probes().forEach((kind, probe) -> row(kind, probe(probe)));
        rows("mounts", container.mounts().stream().map(DeploymentTable::mount).toList());
        container.user().ifPresent(user -> row("user", user));
        container.workdir().ifPresent(workdir -> row("workdir", workdir));
        if (container.readOnlyRoot()) {
            row("root", "read-only");
        }
    }

    private String variable(String name, Variable variable) {
        boolean secret = mask.isSecret(name, variable);
        String value = variable.why()
                .map(why -> " is not known: " + why + (secret ? " (secret)" : ""))
                .orElseGet(() -> secret
                        ? " (secret)"
                        : " = " + mask.mask(variable.value().orElse("")));
        return name + value + variable.from().map(from -> "  (" + from + ")").orElse("");
    }

    private static String limits(Optional<String> request, Optional<String> limit, Optional<String> ceiling) {
        return "ceiling %s  (request %s, limit %s)"
                .formatted(ceiling.orElse("none"), request.orElse("none"), limit.orElse("none"));
    }

    private static Optional<String> size(OptionalLong bytes) {
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        BigDecimal number = BigDecimal.valueOf(bytes.getAsLong());
        for (String unit : List.of(" bytes", " KiB", " MiB")) {
            if (number.compareTo(KIB) < 0) {
                return Optional.of(plain(number) + unit);
            }
            number = number.divide(KIB);
        }
        return Optional.of(plain(number) + " GiB");
    }

    private static String plain(BigDecimal number) {
        return number.round(new MathContext(4)).stripTrailingZeros().toPlainString();
    }

    private String probe(Probe probe) {
        return "%s, first after %s, every %s, timeout %s, %d failures, %d successes"
                .formatted(
                        check(probe.check()),
                        seconds(probe.initialDelay()),
                        seconds(probe.period()),
                        seconds(probe.timeout()),
                        probe.failures(),
                        probe.successes());
    }

    private String check(Probe.Check check) {
        if (check instanceof Probe.Http http) {
            return "GET %s://%s:%s%s"
                    .formatted(
                            http.scheme().toLowerCase(Locale.ROOT),
                            http.host().orElse(""),
                            port(http.port()),
                            http.path());
        }
        if (check instanceof Probe.Exec exec) {
            return "run " + words(exec.command());
        }
        if (check instanceof Probe.Tcp tcp) {
            return "connect to port " + port(tcp.port());
        }
        Probe.Grpc grpc = (Probe.Grpc) check;
        return "gRPC health on port " + port(grpc.port())
                + grpc.service().map(name -> " of " + name).orElse("");
    }

    private static String port(OptionalInt port) {
        return port.isPresent() ? String.valueOf(port.getAsInt()) : "?";
    }

    private static String seconds(Duration time) {
        return plain(BigDecimal.valueOf(time.toMillis(), 3)) + " s";
    }

    private static String mount(Mount mount) {
        return mount.path()
                + mount.kind().map(kind -> "  " + kind).orElse("  (no such volume)")
                + mount.volume().map(volume -> " " + volume).orElse("")
                + (mount.readOnly() ? " (read-only)" : "");
    }

    private static String ports(List<Port> ports) {
        return ports.stream().map(port -> port.port() + "/" + port.protocol()).collect(Collectors.joining(", "));
    }

    private String words(List<String> words) {
        return words.stream()
                .map(mask::word)
                .map(word -> "\"" + word.replace("\n", "\\n") + "\"")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private void rows(String label, List<String> texts) {
        String shown = label;
        for (String text : texts) {
            row(shown, text);
            shown = "";
        }
    }

    private void row(String label, String text) {
        String plain = PlainText.of(text.replace("\n", "\\n"));
        String kept = plain.length() <= LONGEST_LINE ? plain : plain.substring(0, LONGEST_LINE) + "…";
        lines.add("  " + (label.isEmpty() ? "" : paint.faint(label)) + " ".repeat(LABEL_WIDTH - label.length()) + kept);
    }
}
