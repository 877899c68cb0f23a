package io.bootgate.rule.lint;

import io.bootgate.rule.Location;
import io.bootgate.source.dockerfile.Instruction;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code # bootgate:ignore RULE_ID} at a finding's line or the line above; in a Dockerfile above the instruction. */
record Waivers(LintProject project) {
    private static final Pattern WAIVER =
            Pattern.compile("(?:#|//|;|<!--)\\s*bootgate:ignore[ \\t]+([A-Z][A-Z0-9_]*(?:[ ,]+[A-Z][A-Z0-9_]*)*)");

    boolean waive(LintFinding finding) {
        Optional<Location> place = finding.location();
        if (place.isEmpty() || place.get().path().isEmpty()) {
            return false;
        }
        String path = place.get().path().get();
        int line = place.get().line().orElse(1);
        return waived(path, line, finding.rule())
                || waived(path, line - 1, finding.rule())
                || (place.get().line().isEmpty() && waived(path, 2, finding.rule()))
                || instruction(path, line)
                        .filter(instruction -> waived(path, instruction.line() - 1, finding.rule()))
                        .isPresent();
    }

    private Optional<Instruction> instruction(String path, int line) {
        return project.dockerfile()
                .filter(source -> source.path().equals(path))
                .flatMap(source -> source.dockerfile().at(line));
    }

    private boolean waived(String path, int line, String rule) {
        return project.text(path)
                .flatMap(text -> text.line(line))
                .map(text -> rules(text).contains(rule))
                .orElse(false);
    }

    private static List<String> rules(String line) {
        Matcher waiver = WAIVER.matcher(line);
        return waiver.find() ? Arrays.asList(waiver.group(1).split("[ ,]+")) : List.of();
    }
}
