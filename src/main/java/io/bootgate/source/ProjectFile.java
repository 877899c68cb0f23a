package io.bootgate.source;

/**
 * A file of the project.
 *
 * @param path relative to the project's folder, with {@code /}; starts with {@code ../} if the build context lies outside
 * @param mode permission bits; 0644 where the file system has none
 */
public record ProjectFile(String path, Kind kind, long size, int mode) {
    private static final int EXECUTE = 0111;

    /** What a path leads to. */
    public enum Kind {
        FILE,
        FOLDER,
        LINK
    }

    public boolean isFile() {
        return kind == Kind.FILE;
    }

    /** Whether anybody may execute it. */
    public boolean isExecutable() {
        return (mode & EXECUTE) != 0;
    }

    /** The last part of the path. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
