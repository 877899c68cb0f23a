package io.bootgate.rule;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A place in the source.
 *
 * @param path in the user's project, relative to its base directory; empty while only the place in the image is known
 * @param line 1 for the first, empty if the whole file is meant
 * @param column 1 for the line's first character, empty if the whole line is meant
 * @param inImage absolute path in the image, empty if the place has no counterpart there (a line of the Dockerfile)
 * @param text the line's text, where the file could be read
 */
public record Location(
        Optional<String> path, OptionalInt line, OptionalInt column, Optional<String> inImage, Optional<String> text) {

    public Location(Optional<String> path, OptionalInt line, Optional<String> inImage, Optional<String> text) {
        this(path, line, OptionalInt.empty(), inImage, text);
    }

    /** A place that is known by its path in the image only. */
    public static Location inImage(String path, int line) {
        return new Location(Optional.empty(), OptionalInt.of(line), Optional.of(path), Optional.empty());
    }

    /** A file of the project as a whole. */
    public static Location ofFile(String path) {
        return new Location(Optional.of(path), OptionalInt.empty(), Optional.empty(), Optional.empty());
    }

    /** A line of the project's file. */
    public static Location of(String path, int line) {
        return new Location(Optional.of(path), OptionalInt.of(line), Optional.empty(), Optional.empty());
    }

    /** A character of the project's file. */
    public static Location of(String path, int line, int column) {
        return new Location(
                Optional.of(path), OptionalInt.of(line), OptionalInt.of(column), Optional.empty(), Optional.empty());
    }

    public Location withText(Optional<String> read) {
        return new Location(path, line, column, inImage, read);
    }
}
