package io.bootgate.rule.lint;

import io.bootgate.rule.Location;
import io.bootgate.rule.lint.LintProject.DockerfileSource;
import io.bootgate.source.SourceText;
import io.bootgate.source.dockerfile.Instruction;
import java.util.List;
import java.util.Optional;

/** Finds where a text stands. */
final class Texts {
    private Texts() {}

    /** In the lines of an instruction; empty if it is not written there literally. */
    static Optional<Location> in(DockerfileSource source, Instruction instruction, String text) {
        List<String> lines = source.text().lines();
        for (int line = instruction.line(); line <= Math.min(instruction.lastLine(), lines.size()); line++) {
            int column = lines.get(line - 1).indexOf(text);
            if (column >= 0) {
                return Optional.of(Location.of(source.path(), line, column + 1));
            }
        }
        return Optional.empty();
    }

    /** In the lines of an instruction, else its first. */
    static Location at(DockerfileSource source, Instruction instruction, String text) {
        return in(source, instruction, text).orElseGet(() -> Location.of(source.path(), instruction.line()));
    }

    /** The last line of a script that has it and is no comment. */
    static Optional<Location> last(SourceText source, String text) {
        List<String> lines = source.lines();
        for (int line = lines.size(); line > 0; line--) {
            String written = lines.get(line - 1);
            int column = written.indexOf(text);
            if (column >= 0 && !written.stripLeading().startsWith("#")) {
                return Optional.of(Location.of(source.path(), line, column + 1));
            }
        }
        return Optional.empty();
    }
}
