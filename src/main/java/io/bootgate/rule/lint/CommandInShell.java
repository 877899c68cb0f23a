package io.bootgate.rule.lint;

import io.bootgate.rule.cause.CauseId;
import java.util.List;
import java.util.Set;

/** A shell form without {@code exec}: the shell is process 1 and does not hand on the signal to stop. */
final class CommandInShell implements LintRule {
    @Override
    public String id() {
        return "COMMAND_IN_SHELL";
    }

    @Override
    public String title() {
        return "The server runs below a shell";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of();
    }

    @Override
    public List<LintFinding> check(LintProject project) {
        return FutureStart.of(project)
                .filter(FutureStart::isShellForm)
                .filter(start -> start.server().isPresent() && start.scripts().isEmpty())
                .filter(start -> !start.allText().matches("(?s).*\\bexec\\b.*"))
                .map(start -> List.of(warning(
                        start.place(),
                        "The shell form makes /bin/sh process 1: it does not pass SIGTERM on, so the server is killed instead of stopped.",
                        "Write the words as JSON, [\"gunicorn\", ...], or begin the command with exec.")))
                .orElse(List.of());
    }
}
