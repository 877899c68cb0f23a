package io.bootgate.rule.lint;

import io.bootgate.rule.Location;
import io.bootgate.rule.cause.CauseId;
import io.bootgate.source.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The kernel looks for an interpreter whose name ends in a carriage return; a shell gives each last word one. */
final class ScriptWithCrlf implements LintRule {
    /** Gunicorn itself takes a carriage return behind the app's name. */
    private static final Pattern BREAKS = Pattern.compile(
            "\\s*(?:set|cd|source|\\.|exit|sh|bash|if|then|fi|else|do|done|(?:exec\\s+)?(?:python[\\d.]*|uvicorn|hypercorn|flask|\"\\$@\"))(?:\\s.*)?\r");

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
                                .flatMap(source -> check(source, Scripts.isExecuted(start, name)))
                                .ifPresent(findings::add)));
        return findings;
    }

    /** Of an executed script its first line, of one that a shell is given the first that breaks. */
    private Optional<LintFinding> check(SourceText source, boolean executed) {
        if (source.path().endsWith(".py") && !executed) {
            return Optional.empty();
        }
        String[] lines = source.text().split("\n", -1);
        if (executed && lines[0].startsWith("#!") && lines[0].endsWith("\r")) {
            return Optional.of(crlf(source, 1, true));
        }
        int odd = 0;
        for (int i = lines.length; i > 0; i--) {
            if (BREAKS.matcher(lines[i - 1]).matches()) {
                return Optional.of(crlf(source, i, true));
            }
            odd = lines[i - 1].matches("\\s*[^\\s#].*\r") ? i : odd;
        }
        return odd > 0 ? Optional.of(crlf(source, odd, false)) : Optional.empty();
    }

    private LintFinding crlf(SourceText source, int line, boolean certain) {
        Location place = Location.of(source.path(), line);
        String detail = "%s has Windows line endings (CRLF): the carriage return becomes part of the last word."
                .formatted(source.path());
        String fix = "Save it with LF, and put \"*.sh text eol=lf\" into .gitattributes.";
        return (certain ? error(place, detail, fix) : warning(place, detail, fix))
                .about(source.path().substring(source.path().lastIndexOf('/') + 1));
    }
}
