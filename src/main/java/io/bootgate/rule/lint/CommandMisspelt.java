package io.bootgate.rule.lint;

import io.bootgate.rule.cause.CauseId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The name is nearly a server's, and nothing that is required has a command of that name. */
final class CommandMisspelt implements LintRule {
    @Override
    public String id() {
        return "COMMAND_MISSPELT";
    }

    @Override
    public String title() {
        return "The command is no program that is installed";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of(CauseId.COMMAND_NOT_FOUND);
    }

    private static final List<String> SERVERS = List.of(
            "gunicorn",
            "uvicorn",
            "hypercorn",
            "waitress-serve",
            "uwsgi",
            "python",
            "python3",
            "flask",
            "daphne",
            "granian");

    @Override
    public List<LintFinding> check(LintProject project) {
        return FutureStart.of(project)
                .filter(start -> start.known() && !start.isShellForm())
                .flatMap(start -> check(project, start))
                .map(List::of)
                .orElse(List.of());
    }

    private Optional<LintFinding> check(LintProject project, FutureStart start) {
        String program = start.words().get(0);
        boolean plain = program.matches("[a-z][a-z0-9-]{3,}") && !SERVERS.contains(program);
        Optional<String> meant = SERVERS.stream()
                .filter(server -> Spelling.distance(server, program) <= 2 && server.length() > 4)
                .findFirst();
        boolean named = project.files().stream()
                .filter(file -> file.isFile()
                        && file.name()
                                .matches("requirements.*\\.txt|pyproject\\.toml|setup\\.(?:py|cfg)|Pipfile|.*\\.lock"))
                .flatMap(file -> project.text(file.path()).stream())
                .anyMatch(text -> text.text().contains(program));
        boolean made =
                start.stage().files().stream().anyMatch(file -> file.name().equals(program))
                        || start.stage().commands().stream()
                                .anyMatch(command -> command.words().contains(program));
        return !plain || meant.isEmpty() || named || made
                ? Optional.empty()
                : Optional.of(error(
                                start.place(program),
                                "There is no program %s.".formatted(program),
                                "Did you mean %s?".formatted(meant.get()))
                        .about(program));
    }
}
