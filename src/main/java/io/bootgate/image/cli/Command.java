package io.bootgate.image.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A program to be run.
 *
 * @param words the program and its arguments
 * @param set variables beside those of Maven's own environment: may hold secrets
 * @param unset variables of Maven's own environment that the program must not see
 */
public record Command(List<String> words, Map<String, String> set, Set<String> unset) {
    public Command {
        words = List.copyOf(words);
        set = Map.copyOf(set);
        unset = Set.copyOf(unset);
    }

    /** The program's file name. */
    String program() {
        return String.valueOf(Path.of(words.get(0)).getFileName());
    }

    ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().keySet().removeAll(unset);
        builder.environment().putAll(set);
        return builder;
    }

    /** Never tells a value of a variable. */
    @Override
    public String toString() {
        return "Command[" + program() + "]";
    }
}
