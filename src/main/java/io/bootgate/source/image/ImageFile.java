package io.bootgate.source.image;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A file or folder that an instruction puts into the image.
 *
 * @param path absolute in the image
 * @param origin the file of the build context that it was; empty if it was made by the build
 * @param mode permission bits; empty if the build may have changed them
 * @param unchanged whether its contents are surely those of the origin
 * @param owner user as written, {@code root} by default; empty if the build may have changed it
 * @param line of the Dockerfile that put it there
 */
public record ImageFile(
        String path,
        Kind kind,
        Optional<String> origin,
        OptionalInt mode,
        boolean unchanged,
        Optional<String> owner,
        int line) {
    private static final int EXECUTE = 0111;

    /** What a path is. */
    public enum Kind {
        FILE,
        FOLDER,
        /** A link whose target is not followed. */
        LINK
    }

    static final Optional<String> ROOT = Optional.of("root");

    static ImageFile folder(String path, Optional<String> owner, int line) {
        return new ImageFile(path, Kind.FOLDER, Optional.empty(), OptionalInt.of(0755), true, owner, line);
    }

    /** Something that a command wrote: there, and nothing more is known. */
    static ImageFile made(String path, int line) {
        return new ImageFile(path, Kind.FILE, Optional.empty(), OptionalInt.empty(), false, Optional.empty(), line);
    }

    public boolean isFolder() {
        return kind == Kind.FOLDER;
    }

    /** Whether surely nobody may execute it. */
    public boolean isSurelyNotExecutable() {
        return kind == Kind.FILE && mode.isPresent() && (mode.getAsInt() & EXECUTE) == 0;
    }

    /** The last part of the path. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    ImageFile at(String other, int where) {
        return new ImageFile(other, kind, origin, mode, unchanged, owner, where);
    }

    ImageFile withMode(OptionalInt other) {
        return new ImageFile(path, kind, origin, other, unchanged, owner, line);
    }

    ImageFile withOwner(Optional<String> other) {
        return new ImageFile(path, kind, origin, mode, unchanged, other, line);
    }

    ImageFile edited() {
        return new ImageFile(path, kind, origin, mode, false, owner, line);
    }
}
