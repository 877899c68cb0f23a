package io.bootgate.casebook;

import io.bootgate.engine.ContainerSpec;
import io.bootgate.gate.GateRequest;
import io.bootgate.judge.Policy;
import io.bootgate.rule.cause.CauseId;
import io.bootgate.server.Server;
import io.bootgate.watch.ProbePlan;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One container and what the gate must say of it. A fluent description, filled in where it is declared and only read
 * afterwards. Unless told otherwise: Gunicorn 23.0.0 serving a plain WSGI app in {@code /app/app.py} on port 8000, which is
 * EXPOSEd.
 */
final class Case {
    /** Every Gunicorn that has a base image; a case runs on 23.0.0 unless it names another. */
    static final List<String> GUNICORNS =
            List.of("19.9.0", "20.0.4", "20.1.0", "21.2.0", "22.0.0", "23.0.0", "24.1.1", "25.3.0", "26.2.0", "27.0.1");

    /** The image that has every server and library but no Gunicorn. */
    static final String WITHOUT_GUNICORN = "libraries";

    private static final String SERVE = "gunicorn -b 0.0.0.0:8000 app:app";
    private static final String ANSWER = """
            start_response("200 OK", [("Content-Type", "text/plain")])
            return [b"ok\\n"]
            """;

    private final String name;
    private final List<CauseId> causes;
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final Set<String> executables = new HashSet<>();
    private final List<String> dockerfile = new ArrayList<>();
    private final Map<String, String> env = new LinkedHashMap<>();
    private final Map<String, String> sysctls = new LinkedHashMap<>();
    private final List<String> tmpfs = new ArrayList<>();
    private String base = "gunicorn:23.0.0";
    private String expose = "EXPOSE 8000";
    private String start = exec(SERVE);
    private OptionalInt port = OptionalInt.empty();
    private Optional<Server> server = Optional.empty();
    private Duration timeout = Duration.ofSeconds(60);
    private Duration settle = Policy.DEFAULT.settle();
    private String path = "/";
    private OptionalLong memory = OptionalLong.empty();
    private OptionalLong milliCpus = OptionalLong.empty();
    private OptionalLong pids = OptionalLong.empty();
    private boolean readOnly;
    private boolean onPodman;

    private Case(String name, List<CauseId> causes) {
        this.name = name;
        this.causes = causes;
        file("app.py", "", wsgi("pass"));
    }

    /** A service that serves, however odd it looks. */
    static Case healthy(String name) {
        return new Case(name, List.of());
    }

    /** A service that does not serve. Where its fault is rightly told in several ways, each way is named. */
    static Case broken(String name, CauseId cause, CauseId... orAlso) {
        return new Case(
                name, Stream.concat(Stream.of(cause), Arrays.stream(orAlso)).toList());
    }

    // The image

    Case on(String gunicornVersion) {
        base = "gunicorn:" + gunicornVersion;
        return this;
    }

    Case withoutGunicorn() {
        base = WITHOUT_GUNICORN;
        return this;
    }

    /** Replaces the whole of app.py. */
    Case app(String python) {
        return file("app.py", "", python);
    }

    /** What app.py does when it is imported, before it defines a healthy WSGI app. */
    Case atImport(String python) {
        return app(python + "\n" + wsgi("pass"));
    }

    /** What the WSGI app does on each request, before it answers 200. */
    Case atRequest(String python) {
        return app(wsgi(python));
    }

    Case file(String path, String text) {
        return file(path, "", text);
    }

    Case script(String path, String text) {
        return file(path, "x", text);
    }

    Case file(String path, byte[] content, boolean executable) {
        files.put(path, content);
        if (executable) {
            executables.add(path);
        }
        return this;
    }

    private Case file(String path, String mode, String text) {
        return file(path, text.getBytes(StandardCharsets.UTF_8), mode.equals("x"));
    }

    /** A file that lies beside the casebook's resources. */
    Case resource(String fileName) {
        try (InputStream in =
                Objects.requireNonNull(Case.class.getResourceAsStream("/casebook/" + fileName), fileName)) {
            return file(fileName, in.readAllBytes(), false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Case without(String path) {
        files.remove(path);
        return this;
    }

    /** Lines of the Dockerfile between COPY and the start command. */
    Case dockerfile(String... lines) {
        dockerfile.addAll(List.of(lines));
        return this;
    }

    Case expose(String ports) {
        expose = ports.isEmpty() ? "" : "EXPOSE " + ports;
        return this;
    }

    /** Options for Gunicorn on top of the usual command line. */
    Case options(String options) {
        return command("gunicorn -b 0.0.0.0:8000 " + options + " app:app");
    }

    /** CMD in exec form, split at blanks. */
    Case command(String words) {
        start = exec(words);
        return this;
    }

    /** CMD in shell form. */
    Case shell(String line) {
        start = "CMD " + line;
        return this;
    }

    /** Any start instructions of a Dockerfile. */
    Case start(String... instructions) {
        start = String.join("\n", instructions);
        return this;
    }

    // The container

    Case env(String variable, String value) {
        env.put(variable, value);
        return this;
    }

    Case memory(int megabytes) {
        memory = OptionalLong.of(megabytes * 1024L * 1024L);
        return this;
    }

    Case cpus(double cpus) {
        milliCpus = OptionalLong.of(Math.round(cpus * 1000));
        return this;
    }

    Case pids(int limit) {
        pids = OptionalLong.of(limit);
        return this;
    }

    Case readOnly(String... tmpfsMounts) {
        readOnly = true;
        tmpfs.addAll(List.of(tmpfsMounts));
        return this;
    }

    Case sysctl(String key, String value) {
        sysctls.put(key, value);
        return this;
    }

    // The gate

    Case port(int expected) {
        port = OptionalInt.of(expected);
        return this;
    }

    Case server(Server configured) {
        server = Optional.of(configured);
        return this;
    }

    Case path(String asked) {
        path = asked;
        return this;
    }

    /** For cases that only the deadline decides. */
    Case timeout(int seconds) {
        timeout = Duration.ofSeconds(seconds);
        return this;
    }

    Case settle(int seconds) {
        settle = Duration.ofSeconds(seconds);
        return this;
    }

    /** One of the cases that stand for all on a second engine. */
    Case onPodman() {
        onPodman = true;
        return this;
    }

    String name() {
        return name;
    }

    /** The cause ids that are right, the one that fits best first; none if the service is healthy. */
    List<CauseId> causes() {
        return causes;
    }

    boolean isHealthy() {
        return causes.isEmpty();
    }

    String expected() {
        return isHealthy() ? "READY" : causes.get(0).name() + (causes.size() > 1 ? " +" + (causes.size() - 1) : "");
    }

    Duration settle() {
        return settle;
    }

    String base() {
        return base;
    }

    /** By their path below {@code /app}. */
    Map<String, byte[]> files() {
        return Map.copyOf(files);
    }

    boolean isExecutable(String path) {
        return executables.contains(path);
    }

    boolean isOnPodman() {
        return onPodman;
    }

    String dockerfileOn(String baseImage) {
        List<String> lines = new ArrayList<>(List.of("FROM " + baseImage, "WORKDIR /app", "COPY app /app"));
        lines.addAll(dockerfile);
        lines.addAll(List.of(expose, start));
        return String.join("\n", lines) + "\n";
    }

    GateRequest request(String image, Path output) {
        ContainerSpec container = new ContainerSpec(
                image,
                name,
                Optional.empty(),
                Optional.empty(),
                env,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                milliCpus,
                memory,
                pids,
                readOnly,
                tmpfs,
                sysctls,
                Optional.empty(),
                Optional.empty());
        return new GateRequest(
                name,
                container,
                port,
                server,
                new ProbePlan(path, Map.of(), Duration.ofSeconds(5), "auto"),
                new Policy(timeout, settle, Policy.DEFAULT.lowestStatus(), Policy.DEFAULT.highestStatus(), true),
                Set.of(),
                Set.of(),
                output,
                output);
    }

    private static String wsgi(String atRequest) {
        return "def app(environ, start_response):\n" + (atRequest + "\n" + ANSWER).indent(4);
    }

    private static String exec(String words) {
        return Arrays.stream(words.split(" +"))
                .map(word -> "\"" + word.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
                .collect(Collectors.joining(", ", "CMD [", "]"));
    }
}
