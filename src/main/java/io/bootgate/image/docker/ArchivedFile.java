package io.bootgate.image.docker;

import io.bootgate.image.ImageBuildException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One entry of a build context's archive.
 *
 * @param name path in the archive, with {@code /}, no slash at its ends
 * @param source where its attributes come from, and its bytes unless {@code content} has them
 */
record ArchivedFile(String name, Path source, Optional<byte[]> content) {

    static ArchivedFile of(String name, Path source) {
        return new ArchivedFile(name, source, Optional.empty());
    }

    static ImageBuildException unreadable(IOException e) {
        return new ImageBuildException(
                "Cannot read the build context: " + why(e)
                        + ". Make it readable, or leave it out with a line in .dockerignore.",
                e);
    }

    private static String why(IOException e) {
        if (e instanceof AccessDeniedException) {
            return e.getMessage() + ": permission denied";
        }
        if (e instanceof NoSuchFileException) {
            return e.getMessage() + ": it vanished while it was read";
        }
        return String.valueOf(e.getMessage());
    }
}
