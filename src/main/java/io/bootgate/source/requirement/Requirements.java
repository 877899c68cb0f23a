package io.bootgate.source.requirement;

import java.util.ArrayList;
import java.util.List;

/**
 * What some files ask for.
 *
 * @param listed in the order in which it is written
 * @param constraints versions that hold where something else asks for the distribution
 * @param problems lines that no installer would understand
 * @param opaque whether something is installed that cannot be told by name: a folder, a URL without a name, a missing file
 * @param locked whether the list is complete: it names what the distributions themselves need, too
 */
public record Requirements(
        List<Listed> listed, List<Listed> constraints, List<Problem> problems, boolean opaque, boolean locked) {

    /** A line that no installer would understand, or a file that is not there. */
    public record Problem(String path, int line, String message) {}

    public static final Requirements NONE = new Requirements(List.of(), List.of(), List.of(), false, false);

    public Requirements {
        listed = List.copyOf(listed);
        constraints = List.copyOf(constraints);
        problems = List.copyOf(problems);
    }

    public Requirements and(Requirements other) {
        return new Requirements(
                join(listed, other.listed),
                join(constraints, other.constraints),
                join(problems, other.problems),
                opaque || other.opaque,
                locked || other.locked);
    }

    private static <T> List<T> join(List<T> one, List<T> other) {
        List<T> all = new ArrayList<>(one);
        all.addAll(other);
        return all;
    }
}
