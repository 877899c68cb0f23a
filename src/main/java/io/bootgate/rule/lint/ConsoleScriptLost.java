package io.bootgate.rule.lint;

import io.bootgate.rule.cause.CauseId;
import io.bootgate.source.image.ImageStage;
import io.bootgate.source.image.StageCopy;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The packages were copied out of a build stage, and their commands were not. */
final class ConsoleScriptLost implements LintRule {
    @Override
    public String id() {
        return "CONSOLE_SCRIPT_LOST";
    }

    @Override
    public String title() {
        return "A command was left behind in another stage";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of(CauseId.COMMAND_NOT_FOUND);
    }

    @Override
    public List<LintFinding> check(LintProject project) {
        return FutureStart.of(project).flatMap(this::check).map(List::of).orElse(List.of());
    }

    private Optional<LintFinding> check(FutureStart start) {
        String program = start.words().get(0);
        if (!program.matches("gunicorn|uvicorn|hypercorn|waitress-serve|flask|uwsgi|celery")) {
            return Optional.empty();
        }
        ImageStage stage = start.stage();
        Optional<StageCopy> packages = stage.copies().stream()
                .filter(copy -> copy.fromStage().isPresent())
                .filter(copy ->
                        copy.sources().stream().anyMatch(source -> source.matches(".*(?:site|dist)-packages.*")))
                .findFirst();
        boolean commands = stage.copies().stream()
                .filter(copy -> copy.fromStage().isPresent() || copy.fromImage().isPresent())
                .anyMatch(copy -> copy.sources().stream()
                        .anyMatch(source -> !source.matches(".*(?:site|dist)-packages.*")
                                && (source.matches(
                                                ".*/bin(?:/.*)?|/|/usr/?|/usr/local/?|.*venv.*|.*/\\.local/?|/root/?|/opt.*|/install.*")
                                        || source.endsWith("/" + program))));
        boolean installs = stage.commands().stream()
                .anyMatch(command -> Programs.installs(command)
                        && command.program().matches("pip[\\d.]*|python[\\d.]*|uv|poetry|pipenv|pdm|apt-get|apt|apk"));
        boolean path = stage.env().getOrDefault("PATH", "").matches(".*(?:venv|\\.local|/opt/).*");
        if (packages.isEmpty()
                || commands
                || installs
                || path
                || !stage.base().plain()
                || stage.wasOpened("/usr/local/bin")) {
            return Optional.empty();
        }
        return Optional.of(error(
                        start.place(program),
                        "%s is not in the image: line %d copies the packages of another stage, and not their commands."
                                .formatted(program, packages.get().instruction().line()),
                        "COPY --from=%s /usr/local/bin /usr/local/bin too, or start python -m %s."
                                .formatted(
                                        packages.get()
                                                .instruction()
                                                .flag("from")
                                                .orElse("builder"),
                                        program))
                .about(program));
    }
}
