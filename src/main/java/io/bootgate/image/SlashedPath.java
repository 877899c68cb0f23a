package io.bootgate.image;

import java.nio.file.Path;

/** Writes paths with {@code /} on every system, as Dockerfiles, ignore files and messages do. */
public final class SlashedPath {
    private SlashedPath() {}

    public static String of(Path path) {
        return path.toString().replace(path.getFileSystem().getSeparator(), "/");
    }
}
