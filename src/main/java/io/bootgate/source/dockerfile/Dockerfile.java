package io.bootgate.source.dockerfile;

import io.bootgate.source.dockerfile.Instruction.Keyword;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A Dockerfile as the engine reads it, with the lines that everything came from. Reading never fails: a mistake is the
 * engine's to report, this says where it is.
 *
 * @param directives parser directives ({@code escape}, {@code syntax}, {@code check}) by lower-case name
 * @param escape the character that continues a line and escapes {@code $}
 */
public record Dockerfile(Map<String, String> directives, char escape, List<Instruction> instructions) {

    public Dockerfile {
        directives = Map.copyOf(directives);
        instructions = List.copyOf(instructions);
    }

    public static Dockerfile parse(String text) {
        return new DockerfileReader(text).read();
    }

    /** What stands before the first FROM: ARGs, if all is well. */
    public List<Instruction> preamble() {
        return instructions.stream()
                .takeWhile(instruction -> !instruction.is(Keyword.FROM))
                .toList();
    }

    public List<Stage> stages() {
        List<Stage> stages = new ArrayList<>();
        Instruction from = null;
        List<Instruction> body = new ArrayList<>();
        for (Instruction instruction : instructions) {
            if (instruction.is(Keyword.FROM)) {
                if (from != null) {
                    stages.add(new Stage(stages.size(), from, body));
                }
                from = instruction;
                body = new ArrayList<>();
            } else {
                body.add(instruction);
            }
        }
        if (from != null) {
            stages.add(new Stage(stages.size(), from, body));
        }
        return List.copyOf(stages);
    }

    /** The stage that a {@code --from}, a {@code FROM} or a target means, by name or number. */
    public Optional<Stage> stage(String nameOrNumber) {
        List<Stage> stages = stages();
        return stages.stream()
                .filter(stage ->
                        stage.name().filter(nameOrNumber::equalsIgnoreCase).isPresent())
                .findFirst()
                .or(() -> stages.stream()
                        .filter(stage -> nameOrNumber.equals(String.valueOf(stage.index())))
                        .findFirst());
    }

    /** The instruction that the line belongs to, also in its continuation or heredoc. */
    public Optional<Instruction> at(int line) {
        return instructions.stream()
                .filter(instruction -> instruction.line() <= line && line <= instruction.lastLine())
                .findFirst();
    }

    /**
     * One stage.
     *
     * @param instructions without the FROM
     */
    public record Stage(int index, Instruction from, List<Instruction> instructions) {
        public Stage {
            instructions = List.copyOf(instructions);
        }

        /** The image or stage that it starts from, variables as written. */
        public String base() {
            List<String> words = from.words();
            return words.isEmpty() ? "" : words.get(0);
        }

        public Optional<String> name() {
            List<String> words = from.words();
            return words.size() == 3 && words.get(1).equalsIgnoreCase("as")
                    ? Optional.of(words.get(2).toLowerCase(Locale.ROOT))
                    : Optional.empty();
        }
    }
}
