package io.bootgate.rule.lint;

import io.bootgate.rule.Location;
import io.bootgate.rule.cause.CauseId;
import io.bootgate.source.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The kernel looks for an interpreter whose name ends in a carriage return; a shell gives each last word one. */
final class ScriptWithCrlf implements LintRule {
    @Override
    public String id() {
        return "SCRIPT_WITH_CRLF";
    }

    @Override
    public String title() {
        return "A script that is started has Windows line endings";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of(
                CauseId.CRLF_LINE_ENDINGS,
                CauseId.BAD_INTERPRETER,
                CauseId.COMMAND_NOT_FOUND,
                CauseId.ENTRYPOINT_FAILED);
    }

    @Override
    public List<LintFinding> check(LintProject project) {
        List<LintFinding> findings = new ArrayList<>();
        FutureStart.of(project)
                .ifPresent(start -> start.scripts()
                        .forEach((name, script) -> script.source()
                                .filter(source -> !source.path().endsWith(".py") || Scripts.isExecuted(start, name))
                                .ifPresent(source -> firstLine(source, Scripts.isExecuted(start, name))
                                        .ifPresent(line -> findings.add(crlf(source, line))))));
        return findings;
    }

    /** Of an executed script its first line, of one that a shell is given the first that is a command. */
    private static Optional<Integer> firstLine(SourceText source, boolean executed) {
        String[] lines = source.text().split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            boolean counts = executed && i == 0 && lines[i].startsWith("#!");
            boolean command = lines[i].matches("\\s*[^\\s#][^\\r]*\\r");
            if (lines[i].endsWith("\r") && (counts || command)) {
                return Optional.of(i + 1);
            }
        }
        return Optional.empty();
    }

    private LintFinding crlf(SourceText source, int line) {
        return error(
                        Location.of(source.path(), line),
                        "%s has Windows line endings (CRLF): the carriage return becomes part of the last word."
                                .formatted(source.path()),
                        "Save it with LF, and put \"*.sh text eol=lf\" into .gitattributes.")
                .about(source.path().substring(source.path().lastIndexOf('/') + 1));
    }
}
