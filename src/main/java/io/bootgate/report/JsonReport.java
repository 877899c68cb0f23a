package io.bootgate.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bootgate.explain.Explanation;
import io.bootgate.gate.GateResult;
import io.bootgate.resource.MemorySearch;
import io.bootgate.resource.Trial;
import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.rule.Location;
import io.bootgate.rule.Severity;
import io.bootgate.rule.lint.LintFinding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * {@code report.json}, schema 1: described in {@code docs/report.md} and, for programs, in {@code report.schema.json} beside
 * this class. Whatever is not known is null; no field is ever left out.
 */
public final class JsonReport {
    private static final int SCHEMA = 1;
    private static final JsonMapper JSON = new JsonMapper();

    private JsonReport() {}

    public static void write(Path file, String version, List<GateResult> results) throws IOException {
        WholeFile.write(file, out -> out.write(of(version, results)));
    }

    /** The report on a log that was explained: the same shape, without an image and an engine. */
    public static void writeExplanations(Path file, String version, List<Explanation> explanations) throws IOException {
        WholeFile.write(file, out -> out.write(ofExplanations(version, explanations)));
    }

    /** The report's text. {@code version} is Bootgate's own. */
    public static String of(String version, List<GateResult> results) {
        return text(version, results.stream().map(JsonReport::image).toList());
    }

    /** The report on sources that were looked at and not built: the same shape, without an image and an engine. */
    public static void writeFindings(Path file, String version, String name, List<LintFinding> findings)
            throws IOException {
        WholeFile.write(file, out -> out.write(ofFindings(version, name, findings)));
    }

    static String ofFindings(String version, String name, List<LintFinding> findings) {
        return text(version, List.of(sources(name, findings)));
    }

    static String ofExplanations(String version, List<Explanation> explanations) {
        return text(version, explanations.stream().map(JsonReport::source).toList());
    }

    private static String text(String version, List<ObjectNode> parts) {
        ObjectNode report = JSON.createObjectNode().put("schema", SCHEMA);
        report.putObject("generator").put("name", "bootgate").put("version", version);
        report.putArray("images").addAll(parts);
        DefaultPrettyPrinter pretty = new DefaultPrettyPrinter()
                .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                .withArrayIndenter(new DefaultIndenter("  ", "\n"));
        try {
            return JSON.writer(pretty).writeValueAsString(report) + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode image(GateResult result) {
        ObjectNode json = JSON.createObjectNode().put("name", result.name());
        json.putObject("image")
                .put("reference", result.image().reference())
                .put("id", orNull(result.image().id()))
                .put("digest", orNull(result.image().digest()))
                .put("builder", result.image().builder())
                .put("buildMillis", millis(result.image().buildTime()));
        json.putObject("engine")
                .put("name", result.engine().name())
                .put("version", result.engine().version())
                .put("api", result.engine().api());
        json.put("verdict", result.isReady() ? "READY" : "NOT_READY");
        ArrayNode causes = json.putArray("causes");
        result.causes().forEach(cause -> causes.add(cause(cause, result.findings())));
        ArrayNode warnings = json.putArray("warnings");
        result.warnings().forEach(warnings::add);
        ArrayNode findings = findings(result.findings());
        result.deployment()
                .ifPresent(told -> DescriptorFindings.of(told).forEach(found -> findings.add(finding(found))));
        json.set("findings", findings);
        json.set("environment", EnvironmentJson.of(result.environment()));
        json.set("server", server(result.server()));
        json.set("container", container(result.container()));
        json.set(
                "timings",
                result.timings().map(JsonReport::timings).orElseGet(() -> timings(null, null, null, null, null)));
        boolean booted = result.verdict().isPresent();
        json.put("log", orNull(result.log())).put("timeline", booted ? TimelineFile.name(result.name()) : null);
        json.set(
                "deployment",
                result.deployment()
                        .map(told -> DeploymentJson.of(
                                told.deployment(), VariableMask.of(told.deployment(), told.secretEnv())))
                        .orElse(null));
        return json;
    }

    private static ObjectNode source(Explanation explanation) {
        ObjectNode json = JSON.createObjectNode().put("name", explanation.name());
        json.putNull("image").putNull("engine");
        json.put("verdict", explanation.isFailure() ? "NOT_READY" : ExplanationReport.NO_FAILURE_FOUND);
        ArrayNode causes = json.putArray("causes");
        explanation.causes().forEach(cause -> causes.add(cause(cause, List.of())));
        ArrayNode warnings = json.putArray("warnings");
        explanation.warnings().forEach(warnings::add);
        json.putArray("findings");
        json.putNull("environment");
        json.set("server", server(explanation.server()));
        json.set("container", container(explanation.container()));
        json.set("timings", timings(null, null, null, null, null));
        return json.putNull("log").putNull("timeline").putNull("deployment");
    }

    private static ObjectNode sources(String name, List<LintFinding> findings) {
        ObjectNode json = JSON.createObjectNode().put("name", name);
        json.putNull("image").putNull("engine");
        json.put("verdict", "NOT_BOOTED");
        json.putArray("causes");
        json.putArray("warnings");
        json.set("findings", findings(findings));
        json.putNull("environment");
        json.set("server", server(new GateResult.Server("unknown", "", Optional.empty(), 0, 0, List.of())));
        json.set(
                "container",
                container(new GateResult.Container(
                        OptionalInt.empty(), false, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty())));
        json.set("timings", timings(null, null, null, null, null));
        return json.putNull("log").putNull("timeline").putNull("deployment");
    }

    private static ArrayNode findings(List<LintFinding> findings) {
        ArrayNode json = JSON.createArrayNode();
        findings.forEach(finding -> json.add(finding(finding)));
        return json;
    }

    private static ObjectNode finding(LintFinding finding) {
        ObjectNode json = JSON.createObjectNode()
                .put("id", finding.rule())
                .put("severity", finding.severity().name().toLowerCase(Locale.ROOT))
                .put("title", finding.title())
                .put("detail", finding.detail());
        ArrayNode evidence = json.putArray("evidence");
        finding.location()
                .flatMap(Location::text)
                .filter(text -> !text.isBlank())
                .map(text -> new Evidence("source", 0, Duration.ZERO, text))
                .ifPresent(seen -> evidence.add(evidence(seen)));
        json.set("location", finding.location().map(JsonReport::location).orElse(null));
        json.put("fix", finding.fix()).put("certainty", finding.severity() == Severity.ERROR ? "certain" : "likely");
        ArrayNode predicts = json.putArray("predicts");
        finding.predicts().stream().map(Enum::name).sorted().forEach(predicts::add);
        return json;
    }

    private static ObjectNode cause(Finding cause, List<LintFinding> findings) {
        ObjectNode json = finding(cause);
        json.set(
                "predictedBy",
                LintFinding.thatForesaw(cause, findings)
                        .map(JsonReport::reference)
                        .orElse(null));
        return json;
    }

    private static ObjectNode reference(LintFinding finding) {
        return JSON.createObjectNode()
                .put("id", finding.rule())
                .put("path", orNull(finding.location().flatMap(Location::path)))
                .put("line", orNull(finding.location().map(Location::line).orElse(OptionalInt.empty())));
    }

    private static ObjectNode finding(Finding cause) {
        ObjectNode json = JSON.createObjectNode()
                .put("id", cause.id())
                .put("title", cause.title())
                .put("detail", cause.detail());
        ArrayNode evidence = json.putArray("evidence");
        cause.evidence().forEach(seen -> evidence.add(evidence(seen)));
        json.set("location", cause.location().map(JsonReport::location).orElse(null));
        return json.put("fix", cause.fix())
                .put("certainty", cause.certainty().name().toLowerCase(Locale.ROOT))
                .put("confirmed", cause.confirmed().orElse(null));
    }

    private static ObjectNode evidence(Evidence seen) {
        return JSON.createObjectNode()
                .put("source", seen.source())
                .put("line", seen.line() > 0 ? seen.line() : null)
                .put("atMillis", seen.at().toMillis())
                .put("text", seen.text());
    }

    private static ObjectNode location(Location place) {
        return JSON.createObjectNode()
                .put("path", orNull(place.path()))
                .put("line", orNull(place.line()))
                .put("column", orNull(place.column()))
                .put("inImage", orNull(place.inImage()));
    }

    private static ObjectNode server(GateResult.Server server) {
        ObjectNode json = JSON.createObjectNode()
                .put("name", server.name())
                .put("version", server.version().isEmpty() ? null : server.version())
                .put("workerClass", orNull(server.workerClass()))
                .put("workersBooted", server.workersBooted())
                .put("workersLost", server.workersLost());
        ArrayNode addresses = json.putArray("boundTo");
        server.boundTo().forEach(addresses::add);
        return json;
    }

    private static ObjectNode container(GateResult.Container container) {
        ObjectNode json = JSON.createObjectNode()
                .put("exitCode", orNull(container.exitCode()))
                .put("oomKilled", container.oomKilled())
                .put("peakMemoryBytes", orNull(container.peakMemoryBytes()))
                .put("cpuSeconds", seconds(container.cpu()))
                .put("throttledSeconds", seconds(container.throttled()));
        json.putObject("limits")
                .put(
                        "cpus",
                        container.milliCpus().isPresent()
                                ? container.milliCpus().getAsLong() / 1000.0
                                : null)
                .put("memoryBytes", orNull(container.memoryLimitBytes()));
        json.set(
                "memorySearch",
                container.memorySearch().map(JsonReport::memorySearch).orElse(null));
        return json;
    }

    private static ObjectNode memorySearch(MemorySearch search) {
        ObjectNode json = JSON.createObjectNode()
                .put("enoughBytes", search.smallest().map(Trial::limitBytes).orElse(null));
        ArrayNode boots = json.putArray("boots");
        search.trials()
                .forEach(trial -> boots.addObject()
                        .put("memoryBytes", trial.limitBytes())
                        .put("outcome", trial.outcome().name())
                        .put("peakMemoryBytes", orNull(trial.peakBytes())));
        return json;
    }

    private static @Nullable Double seconds(Optional<Duration> time) {
        return time.map(duration -> duration.toMillis() / 1000.0).orElse(null);
    }

    private static ObjectNode timings(GateResult.Timings timings) {
        return timings(
                0L,
                millis(timings.bound()),
                millis(timings.answered()),
                timings.decided().toMillis(),
                timings.verdict().toMillis());
    }

    private static ObjectNode timings(
            @Nullable Long started,
            @Nullable Long bound,
            @Nullable Long answered,
            @Nullable Long decided,
            @Nullable Long verdict) {
        return JSON.createObjectNode()
                .put("startedMillis", started)
                .put("boundMillis", bound)
                .put("answeredMillis", answered)
                .put("decidedMillis", decided)
                .put("verdictMillis", verdict);
    }

    private static @Nullable Long millis(Optional<Duration> time) {
        return time.map(Duration::toMillis).orElse(null);
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
