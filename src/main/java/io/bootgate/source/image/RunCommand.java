package io.bootgate.source.image;

import io.bootgate.source.dockerfile.Instruction;
import java.util.List;
import java.util.Optional;

/**
 * One command of a RUN.
 *
 * @param workdir where it runs
 * @param user who runs it; empty for the base image's own
 */
public record RunCommand(List<String> words, String workdir, Optional<String> user, Instruction instruction) {
    public RunCommand {
        words = List.copyOf(words);
    }

    /** The program's name without its folder. */
    public String program() {
        return words.isEmpty() ? "" : words.get(0).substring(words.get(0).lastIndexOf('/') + 1);
    }
}
