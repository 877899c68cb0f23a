import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.bootgate.image.BuildLog;
import io.bootgate.image.BuildOutcome;
import io.bootgate.image.ImageBuilder;
import io.bootgate.image.docker.DockerBuild;
import io.bootgate.image.docker.DockerImageBuilder;
import io.bootgate.image.docker.EngineImages;
import io.bootgate.image.jib.JibBuild;
import io.bootgate.image.jib.JibImageBuilder;
import io.bootgate.image.jib.JibTarget;
import io.bootgate.image.jib.RegistryLogin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Times the builders side by side on one service, one after the other in every round; see {@code bench/builders -h}. */
public final class Builders {
    private static final String PREFIX = "bootgate-bench/";
    private static final String[] REQUIREMENTS = {"flask==3.0.3\ngunicorn==23.0.0\n", "flask==3.0.2\ngunicorn==23.0.0\n"};

    private final String base;
    private final Path work;
    private final DockerClient client;
    private final Map<String, Map<String, List<Long>>> times = new LinkedHashMap<>();
    private final Map<String, List<Long>> fetching = new LinkedHashMap<>();
    private String registry = "";

    private Builders(String base, Path work, DockerClient client) {
        this.base = base;
        this.work = work;
        this.client = client;
    }

    public static void main(String[] args) throws Exception {
        String base = args[0];
        int rounds = Integer.parseInt(args[1]);
        int cold = Integer.parseInt(args[2]);
        Path work = Files.createTempDirectory("bootgate-bench-");
        var config = DefaultDockerClientConfig.createDefaultConfigBuilder().build();
        var http = new ZerodepDockerHttpClient.Builder()
                .dockerHost(config.getDockerHost())
                .sslConfig(config.getSSLConfig())
                .build();
        Process registry = null;
        try (DockerClient client = DockerClientImpl.getInstance(config, http)) {
            Builders bench = new Builders(base, work, client);
            registry = bench.startRegistry();
            try {
                bench.run(rounds, cold);
            } finally {
                bench.removeImages();
            }
            System.out.println(bench.table());
        } finally {
            if (registry != null) {
                registry.destroy();
            }
            delete(work);
        }
    }

    private void run(int rounds, int cold) throws IOException {
        Map<String, Builder> builders = new LinkedHashMap<>();
        builders.put("jib to engine", new Jib(JibTarget.ENGINE, PREFIX + "engine:1"));
        if (!registry.isEmpty()) {
            builders.put("jib to registry", new Jib(JibTarget.REGISTRY, registry + "/" + PREFIX + "registry:1"));
        }
        builders.put("jib to tar", new Jib(JibTarget.TAR, PREFIX + "tar:1"));
        builders.put("docker, classic", new Dockerfile("COPY . ."));
        builders.put("docker, BuildKit", new Dockerfile("COPY --chmod=755 . ."));
        for (int round = 0; round < cold; round++) {
            for (var builder : builders.entrySet()) {
                builder.getValue().forget();
                time(builder, "cold");
            }
        }
        for (int round = 0; round < rounds; round++) {
            boolean counted = round > 0;
            for (var builder : builders.entrySet()) {
                builder.getValue().change("# " + Long.toHexString(System.nanoTime()));
                time(builder, counted ? "one line" : "");
            }
            for (var builder : builders.entrySet()) {
                time(builder, counted ? "no change" : "");
            }
        }
        for (int round = 0; round < cold; round++) {
            for (var builder : builders.entrySet()) {
                builder.getValue().require(REQUIREMENTS[1 - round % 2] + "# " + Long.toHexString(System.nanoTime()) + "\n");
                time(builder, "dependency");
            }
        }
    }

    private void time(Map.Entry<String, Builder> builder, String what) {
        Steps steps = new Steps();
        long started = System.nanoTime();
        BuildOutcome outcome = builder.getValue().build().build(steps);
        long took = System.nanoTime() - started;
        if (!(outcome instanceof BuildOutcome.Built)) {
            throw new IllegalStateException(builder.getKey() + ": " + outcome);
        }
        if (!what.isEmpty()) {
            times.computeIfAbsent(builder.getKey(), key -> new LinkedHashMap<>())
                    .computeIfAbsent(what, key -> new ArrayList<>())
                    .add(took);
            long fetched = steps.fetched();
            if (fetched > 0) {
                fetching.computeIfAbsent(builder.getKey() + ", " + what, key -> new ArrayList<>()).add(fetched);
            }
        }
    }

    private String table() {
        List<String> columns = List.of("cold", "no change", "one line", "dependency");
        StringBuilder text = new StringBuilder(String.format("%n%-18s", "median ms (spread)"));
        columns.forEach(column -> text.append(String.format("%24s", column)));
        times.forEach((name, of) -> {
            text.append(String.format("%n%-18s", name));
            for (String column : columns) {
                List<Long> runs = of.getOrDefault(column, List.of());
                text.append(String.format(
                        "%24s",
                        runs.isEmpty()
                                ? "-"
                                : "%d (%d-%d)".formatted(ms(median(runs)), ms(runs.stream().min(Long::compare).get()), ms(runs.stream().max(Long::compare).get()))));
            }
        });
        text.append(String.format("%n%nratio to docker, classic%n"));
        times.forEach((name, of) -> {
            text.append(String.format("%-18s", name));
            for (String column : columns) {
                List<Long> runs = of.getOrDefault(column, List.of());
                List<Long> classic = times.get("docker, classic").getOrDefault(column, List.of());
                text.append(runs.isEmpty() || classic.isEmpty()
                        ? String.format("%24s", "-")
                        : String.format(Locale.ROOT, "%24.2f", (double) median(runs) / median(classic)));
            }
            text.append(String.format("%n"));
        });
        text.append(String.format("%nof that, fetching packages (median ms)%n"));
        fetching.forEach((name, runs) -> text.append(String.format("%-40s%8d%n", name, ms(median(runs)))));
        return text.toString();
    }

    private static long median(List<Long> values) {
        List<Long> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private static long ms(long nanos) {
        return nanos / 1_000_000;
    }

    /** One way of building one service, in a folder of its own. */
    private abstract class Builder {
        final Path folder;

        Builder() throws IOException {
            folder = Files.createTempDirectory(work, "service-");
            write("app.py", "from flask import Flask\n\napp = Flask(__name__)\n\n\n@app.get(\"/\")\ndef index():\n    return \"ok\"\n");
            write("requirements.txt", REQUIREMENTS[0]);
            for (int i = 0; i < 20; i++) {
                write("shop/module" + i + ".py", "VALUE = " + i + "\n" + "# some text\n".repeat(200));
                write("shop/static/file" + i + ".txt", ("line " + i + "\n").repeat(2000));
            }
        }

        void write(String path, String text) throws IOException {
            Path file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }

        void change(String line) throws IOException {
            Files.writeString(folder.resolve("app.py"), Files.readString(folder.resolve("app.py")) + line + "\n");
        }

        void require(String text) throws IOException {
            write("requirements.txt", text);
        }

        abstract void forget() throws IOException;

        abstract ImageBuilder build();
    }

    private final class Jib extends Builder {
        private final JibTarget target;
        private final String reference;
        private Path cache;

        Jib(JibTarget target, String reference) throws IOException {
            this.target = target;
            this.reference = reference;
            this.cache = work.resolve("cache-" + target);
        }

        @Override
        void forget() {
            delete(cache);
            removeImage(reference);
        }

        @Override
        ImageBuilder build() {
            JibBuild spec = new JibBuild(
                    reference,
                    folder,
                    "docker://" + base,
                    Path.of(""),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    OptionalInt.empty(),
                    List.of("linux/amd64"),
                    List.of(),
                    registry.isEmpty() ? Set.of() : Set.of(registry),
                    Path.of("target/image.tar"),
                    "1000:1000",
                    "0:0",
                    Map.of(),
                    List.of(),
                    Path.of("target"),
                    cache,
                    System.getenv(),
                    false);
            return new JibImageBuilder(
                    spec, target, Optional.of(new EngineImages(client)), RegistryLogin.NONE, UnaryOperator.identity());
        }
    }

    private final class Dockerfile extends Builder {
        private final String reference;
        private boolean cold;

        Dockerfile(String copy) throws IOException {
            this.reference = PREFIX + (copy.contains("chmod") ? "buildkit:1" : "classic:1");
            write(
                    "Dockerfile",
                    "FROM %s\nENV PYTHONUNBUFFERED=1\nWORKDIR /app\nCOPY requirements.txt ./\nRUN pip install --no-cache-dir --break-system-packages -r requirements.txt\n%s\nUSER 1000\nCMD [\"gunicorn\", \"--bind\", \"0.0.0.0:8000\", \"app:app\"]\n"
                            .formatted(base, copy));
        }

        @Override
        void forget() {
            cold = true;
        }

        @Override
        ImageBuilder build() {
            boolean anew = cold;
            cold = false;
            return new DockerImageBuilder(
                    client,
                    new DockerBuild(
                            reference,
                            folder,
                            Path.of("Dockerfile"),
                            Path.of(""),
                            Map.of(),
                            Optional.empty(),
                            Optional.empty(),
                            false,
                            anew),
                    UnaryOperator.identity());
        }
    }

    /** Tells the time of the step that fetches packages from the others. */
    private static final class Steps implements BuildLog {
        private long started;
        private long fetched;

        @Override
        public void step(String text) {
            end();
            if (text.contains("RUN pip") || (text.startsWith("Dependencies") && !text.endsWith("cache"))) {
                started = System.nanoTime();
            }
        }

        @Override
        public void output(String line) {}

        private void end() {
            if (started > 0) {
                fetched += System.nanoTime() - started;
                started = 0;
            }
        }

        long fetched() {
            end();
            return fetched;
        }
    }

    private Process startRegistry() throws IOException, InterruptedException {
        Path program = Path.of("/usr/bin/docker-registry");
        if (!Files.isExecutable(program)) {
            System.out.println("docker-registry is not installed: nothing is pushed.");
            return null;
        }
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path config = Files.writeString(
                work.resolve("registry.yml"),
                "version: 0.1\nlog:\n  level: error\nstorage:\n  filesystem:\n    rootdirectory: " + work.resolve("registry")
                        + "\nhttp:\n  addr: 127.0.0.1:" + port + "\n");
        Process process = new ProcessBuilder(program.toString(), "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("registry.log").toFile())
                .start();
        for (int tries = 0; tries < 100 && process.isAlive(); tries++) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
                registry = "127.0.0.1:" + port;
                return process;
            } catch (IOException e) {
                Thread.sleep(100);
            }
        }
        throw new IOException("docker-registry does not answer");
    }

    private void removeImages() {
        for (String name : List.of("engine:1", "classic:1", "buildkit:1")) {
            removeImage(PREFIX + name);
        }
    }

    private void removeImage(String reference) {
        try {
            client.removeImageCmd(reference).withForce(true).exec();
        } catch (RuntimeException e) {
            // Not there.
        }
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            System.err.println("left behind: " + folder);
        }
    }
}
