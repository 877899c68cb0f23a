package io.bootgate.image.cli;

import io.bootgate.image.ImageBuildException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder for a command's temporary files, gone when it is closed. */
public final class ScratchFolder implements AutoCloseable {
    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");

    private final Path path;

    private ScratchFolder(Path path) {
        this.path = path;
    }

    public static ScratchFolder create() {
        try {
            return new ScratchFolder(
                    Files.createTempDirectory("bootgate-build-").toRealPath());
        } catch (IOException e) {
            throw new ImageBuildException("Cannot make a temporary folder: " + e.getMessage(), e);
        }
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        try (Stream<Path> below = Files.walk(path)) {
            if (holdsMount()) {
                // A builder that was killed may have left one: what lies behind it is somebody else's.
                return;
            }
            for (Path file : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            // What cannot be deleted now is a temporary file that the system deletes.
            path.toFile().deleteOnExit();
        }
    }

    private boolean holdsMount() throws IOException {
        return Files.isReadable(MOUNTS)
                && Files.readAllLines(MOUNTS).stream().anyMatch(line -> line.contains(" " + path + "/"));
    }
}
