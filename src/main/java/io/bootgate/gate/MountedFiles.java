package io.bootgate.gate;

import io.bootgate.deployment.DeployedContainer.Mount;
import io.bootgate.deployment.Deployment.Format;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is in the mounts: by the descriptor, or by the folder of the project that is mounted, which is copied as it is. Nothing else
 * of this machine gets into a container.
 */
final class MountedFiles {
    private static final int MOST_FILES = 5000;
    private static final long MOST_BYTES = 64L << 20;

    private final Path project;
    private final Path besideDescriptor;
    private final Format format;
    private final Map<String, Map<String, String>> folders = new HashMap<>();

    MountedFiles(Path project, String descriptor, Format format) {
        this.project = project.toAbsolutePath().normalize();
        Path parent = this.project.resolve(descriptor).normalize().getParent();
        this.besideDescriptor = parent == null ? this.project : parent;
        this.format = format;
    }

    /** Content in base64 of a mount that is a file. */
    Optional<String> file(Mount mount) {
        if (mount.content().isFile()) {
            return Optional.ofNullable(mount.content().files().get(""));
        }
        return source(mount).filter(Files::isRegularFile).map(MountedFiles::encoded);
    }

    /** Content in base64 by path, of a mount that is a folder. */
    Map<String, String> folder(Mount mount) {
        return source(mount)
                .filter(Files::isDirectory)
                .map(folder -> folders.computeIfAbsent(folder.toString(), known -> read(folder)))
                .orElse(mount.content().files());
    }

    /** Sockets of the host, the engine's for one, are nothing that a container gets here. */
    boolean isLeftOut(Mount mount) {
        return isBind(mount)
                && mount.volume().filter(source -> source.endsWith(".sock")).isPresent();
    }

    private boolean isBind(Mount mount) {
        return format == Format.COMPOSE && mount.kind().filter("bind"::equals).isPresent();
    }

    private Optional<Path> source(Mount mount) {
        if (!isBind(mount)) {
            return Optional.empty();
        }
        try {
            return mount.volume()
                    .filter(text -> !text.startsWith("~"))
                    .map(text -> besideDescriptor.resolve(text).normalize())
                    .filter(path -> path.startsWith(project) && isInside(path));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Links that lead out of the project are not followed. */
    private boolean isInside(Path path) {
        try {
            return Files.exists(path) && path.toRealPath().startsWith(project.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    private static Map<String, String> read(Path folder) {
        Map<String, String> files = new LinkedHashMap<>();
        long bytes = 0;
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> regular = paths.filter(
                            path -> Files.isRegularFile(path, java.nio.file.LinkOption.NOFOLLOW_LINKS))
                    .filter(path -> !folder.relativize(path).startsWith(".git"))
                    .limit(MOST_FILES + 1L)
                    .toList();
            for (Path file : regular) {
                bytes += Files.size(file);
                if (bytes > MOST_BYTES || files.size() == MOST_FILES) {
                    throw new IllegalArgumentException(
                            "The folder %s is mounted by the deployment, but has more than %d files or %d MiB: too much to copy into a volume. Mount only what the service needs."
                                    .formatted(folder, MOST_FILES, MOST_BYTES >> 20));
                }
                files.put(folder.relativize(file).toString().replace('\\', '/'), encoded(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The folder %s, which the deployment mounts, cannot be read".formatted(folder), e);
        }
        return files;
    }

    private static String encoded(Path file) {
        try {
            return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The file %s, which the deployment mounts, cannot be read".formatted(file), e);
        }
    }
}
