package io.bootgate.image.jib;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import io.bootgate.image.BuildLog;
import io.bootgate.image.ImageBuildException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A service's packages as a layer, in a folder of their own: so they are the same on every base, and none of the base's is
 * overwritten.
 *
 * @param folder where they are on this machine
 */
record Dependencies(Path folder, ImagePython python, String owner) {
    private static final String ROOT = "/opt/dependencies";

    /** Changes with what {@link InstalledPackages} makes of the same packages. */
    private static final String FORM = "1";

    /** Those of the project, fetched unless the same were fetched before; empty if the project names none. */
    static Optional<Dependencies> of(JibBuild build, BaseFacts facts, BuildLog log)
            throws IOException, RequirementFailure {
        Optional<RequirementFiles> wanted = RequirementFiles.of(build);
        if (wanted.isEmpty()) {
            log.step("Dependencies: none named, those of the base image are used");
            return Optional.empty();
        }
        ImagePython python = ImagePython.of(facts, interpreter(build, facts));
        Path folder = build.cache().resolve("packages").resolve(key(wanted.get(), python));
        if (Files.isDirectory(folder)) {
            log.step("Dependencies of %s: from the cache".formatted(wanted.get().name()));
        } else {
            log.step("Dependencies of %s for %s".formatted(wanted.get().name(), python.shown()));
            fetch(build, wanted.get(), python, folder, log);
        }
        return Optional.of(new Dependencies(folder, python, build.owner()));
    }

    private static BaseFacts.Interpreter interpreter(JibBuild build, BaseFacts facts) {
        return facts.python(build.python())
                .orElseThrow(() -> new ImageBuildException(
                        facts.pythons().isEmpty()
                                ? ("The base image %s has no Python on its PATH (%s). Use one that has, as python:3.12-slim, in"
                                                + " <jib><from>.")
                                        .formatted(build.from(), facts.path())
                                : "The base image %s has no Python %s, but %s. Correct <jib><python>."
                                        .formatted(
                                                build.from(),
                                                build.python().orElse(""),
                                                String.join(", ", versions(facts)))));
    }

    private static List<String> versions(BaseFacts facts) {
        Map<String, String> first = new LinkedHashMap<>();
        facts.pythons().forEach(found -> first.putIfAbsent(found.version(), found.path()));
        return first.entrySet().stream()
                .map(found -> found.getKey() + " at " + found.getValue())
                .toList();
    }

    private static String key(RequirementFiles wanted, ImagePython python) throws IOException {
        MessageDigest digest = Digests.sha256();
        digest.update((FORM + python.interpreter() + python.fullVersion() + python.platformTags())
                .getBytes(StandardCharsets.UTF_8));
        wanted.addTo(digest);
        return Digests.hex(digest.digest());
    }

    private static void fetch(JibBuild build, RequirementFiles wanted, ImagePython python, Path folder, BuildLog log)
            throws IOException, RequirementFailure {
        if (build.offline()) {
            throw new ImageBuildException(
                    "The packages of %s are not in the cache, and this build is offline (-o). Build once without -o."
                            .formatted(wanted.name()));
        }
        Files.createDirectories(folder.getParent());
        Path work = Files.createTempDirectory(folder.getParent(), "new-");
        try {
            Path into = Files.createDirectory(work.resolve("packages"));
            PackageTool.Ended ended = new PackageTool(log, work, build.environment()).install(wanted, python, into);
            if (ended.status() != 0) {
                throw new PackageTrouble(wanted, python, ended).explained();
            }
            new InstalledPackages(into, python.interpreter()).settle(site(python));
            move(into, folder);
        } finally {
            delete(work);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            // Another build fetched the same in the meantime.
            if (!Files.isDirectory(to)) {
                throw e;
            }
        } catch (java.nio.file.FileSystemException e) {
            if (!Files.isDirectory(to)) {
                throw e;
            }
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException | UncheckedIOException e) {
            // Some space in the cache is lost, no more.
            folder.toFile().deleteOnExit();
        }
    }

    private static String site(ImagePython python) {
        return ROOT + "/lib/python" + python.version() + "/site-packages";
    }

    Set<String> distributions() throws IOException {
        return InstalledPackages.distributions(folder);
    }

    /** Variables that lead to them, on top of the base's. */
    Map<String, String> environment(BaseFacts facts) {
        Map<String, String> variables = new LinkedHashMap<>();
        String inherited = facts.env().getOrDefault("PYTHONPATH", "");
        variables.put("PATH", ROOT + "/bin:" + facts.path());
        variables.put("PYTHONPATH", site(python) + (inherited.isEmpty() ? "" : ":" + inherited));
        return variables;
    }

    FileEntriesLayer layer() throws IOException {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("dependencies");
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        Path scripts = folder.resolve("bin");
        for (Path file : files) {
            boolean isScript = file.startsWith(scripts);
            String path = folder.relativize(file).toString().replace('\\', '/');
            layer.addEntry(
                    file,
                    AbsoluteUnixPath.get(isScript ? ROOT : site(python)).resolve(path),
                    FilePermissions.fromOctalString(isScript || AppLayers.isExecutable(file) ? "755" : "644"),
                    FileEntriesLayer.DEFAULT_MODIFICATION_TIME,
                    owner);
        }
        return layer.build();
    }
}
