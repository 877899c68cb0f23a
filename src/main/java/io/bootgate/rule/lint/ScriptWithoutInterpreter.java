package io.bootgate.rule.lint;

import io.bootgate.rule.Location;
import io.bootgate.rule.cause.CauseId;
import io.bootgate.source.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The kernel executes a text only if it begins with the two characters that name an interpreter; a byte order mark in front hides them. */
final class ScriptWithoutInterpreter implements LintRule {
    @Override
    public String id() {
        return "SCRIPT_WITHOUT_INTERPRETER";
    }

    @Override
    public String title() {
        return "A script that is started does not begin with #!";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of(CauseId.BAD_INTERPRETER);
    }

    @Override
    public List<LintFinding> check(LintProject project) {
        List<LintFinding> findings = new ArrayList<>();
        FutureStart.of(project)
                .filter(start -> !start.isShellForm())
                .ifPresent(start -> start.scripts()
                        .forEach((name, script) -> script.source()
                                .filter(source -> Scripts.isExecuted(start, name))
                                .filter(source ->
                                        source.marked() || !source.text().startsWith("#!"))
                                .filter(source -> !source.text().startsWith("\u007fELF"))
                                .ifPresent(source -> findings.add(bare(source)))));
        return findings;
    }

    private LintFinding bare(SourceText source) {
        boolean hidden = source.marked() && source.text().startsWith("#!");
        return error(
                        Location.of(source.path(), 1),
                        hidden
                                ? "%s begins with a byte order mark, so the kernel does not see its #!."
                                        .formatted(source.path())
                                : "%s does not begin with #!, so the kernel cannot execute it."
                                        .formatted(source.path()),
                        hidden ? "Save it as UTF-8 without a byte order mark." : "Make #!/bin/sh its first line.")
                .about(source.path().substring(source.path().lastIndexOf('/') + 1));
    }
}
