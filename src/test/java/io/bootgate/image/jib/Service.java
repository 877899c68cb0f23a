package io.bootgate.image.jib;

import io.bootgate.image.BuildLog;
import io.bootgate.image.BuildOutcome;
import io.bootgate.image.ImageStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A service's folder and its build, without an engine: on a base that has what a scan looks for and nothing else. */
final class Service {
    static final String REFERENCE = "acme/orders:1";

    final Path folder;
    final MemoryStore engine = new MemoryStore(REFERENCE);
    ImageStore store = engine;
    final List<String> log = new ArrayList<>();
    String from = "tar://target/base.tar";
    Optional<String> module = Optional.empty();
    Optional<Path> requirements = Optional.empty();
    Map<String, String> environment = System.getenv();
    Optional<String> python = Optional.empty();
    Optional<List<String>> entrypoint = Optional.empty();
    OptionalInt port = OptionalInt.empty();
    List<String> excludes = List.of();
    String reference = REFERENCE;
    Set<String> insecure = Set.of();
    RegistryLogin login = RegistryLogin.NONE;
    boolean offline;
    List<String> platforms = List.of("linux/amd64");
    Path cache;

    private Service(Path folder) {
        this.folder = folder;
        this.cache = folder.resolve("target/cache");
    }

    /** In an empty folder, with a base that looks like Debian's. */
    static Service in(Path folder) {
        Service service = new Service(folder);
        service.file("target/.keep", "");
        ImageArchive.write(folder.resolve("target/base.tar"), "/usr/local/bin:/usr/bin:/bin", List.of(debian()));
        return service;
    }

    static byte[] debian() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("bin", "-> usr/bin");
        files.put("usr/bin/python3", "-> python3.11");
        files.put("usr/bin/python3.11", "ELF\0003.11.2\0");
        files.put("usr/lib/x86_64-linux-gnu/libc.so.6", "\0GLIBC_2.2.5\0GLIBC_2.36\0GLIBC_2.4\0");
        return ImageArchive.layerOf(files);
    }

    Service file(String path, String text) {
        try {
            Path file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JibBuild spec() {
        return new JibBuild(
                reference,
                folder,
                from,
                Path.of(""),
                requirements,
                python,
                module,
                entrypoint,
                port,
                platforms,
                List.of("latest"),
                insecure,
                Path.of("target/image.tar"),
                "1000:1000",
                "0:0",
                Map.of(),
                excludes,
                Path.of("target"),
                cache,
                environment,
                offline);
    }

    BuildOutcome outcome() {
        return outcome(JibTarget.ENGINE);
    }

    BuildOutcome outcome(JibTarget target) {
        return new JibImageBuilder(spec(), target, Optional.of(store), login, UnaryOperator.identity())
                .build(into(log));
    }

    static BuildLog silent() {
        return into(new ArrayList<>());
    }

    private static BuildLog into(List<String> lines) {
        return new BuildLog() {
            @Override
            public void step(String text) {
                lines.add(text);
            }

            @Override
            public void output(String line) {
                lines.add(line);
            }
        };
    }

    BuildOutcome.Built built() {
        return (BuildOutcome.Built) outcome();
    }
}
