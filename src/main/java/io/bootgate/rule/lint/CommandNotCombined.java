package io.bootgate.rule.lint;

import io.bootgate.rule.Location;
import io.bootgate.rule.cause.CauseId;
import io.bootgate.source.SourceText;
import io.bootgate.source.dockerfile.Instruction;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** CMD is appended to ENTRYPOINT as arguments; some forms of the two make no sense together. */
final class CommandNotCombined implements LintRule {
    @Override
    public String id() {
        return "COMMAND_NOT_COMBINED";
    }

    @Override
    public String title() {
        return "ENTRYPOINT and CMD do not make one command";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of(
                CauseId.COMMAND_NOT_FOUND,
                CauseId.SERVER_MISCONFIGURED,
                CauseId.APP_NOT_FOUND,
                CauseId.SERVER_NOT_STARTED,
                CauseId.MISSING_FILE,
                CauseId.EXITED);
    }

    private static final Pattern ARGUMENTS =
            Pattern.compile("\\$(?:[@*1-9]|\\{[@*1-9])|\\bsource\\b|\\beval\\b|(?m:^\\s*\\. )");
    private static final Pattern STARTS = Pattern.compile(
            "gunicorn|uvicorn|hypercorn|waitress|uwsgi|daphne|granian|\\bexec\\b|runserver|\\bflask\\b|celery|supervisord|nginx|circusd|honcho|\\.py\\b|python[\\d.]* -m (?!pip)");
    private static final String PYTHON = "python[\\d.]*";
    private static final String SERVER = "gunicorn|uvicorn|hypercorn|waitress-serve|flask|django-admin";

    @Override
    public List<LintFinding> check(LintProject project) {
        return FutureStart.of(project)
                .filter(start -> start.entrypointAt().isPresent()
                        && start.stage().command().isPresent())
                .filter(start -> project.request().run().command().isEmpty())
                .flatMap(this::check)
                .map(List::of)
                .orElse(List.of());
    }

    private Optional<LintFinding> check(FutureStart start) {
        Instruction entrypoint = start.entrypointAt().orElseThrow();
        Instruction command = start.stage().command().orElseThrow();
        Location place = start.project()
                .dockerfile()
                .map(source -> Location.of(source.path(), command.line()))
                .orElseGet(start::place);
        if (entrypoint.execForm().isEmpty()) {
            boolean passes = entrypoint.arguments().contains("$@")
                    || entrypoint.arguments().contains("$0");
            return passes || entrypoint.arguments().trim().startsWith("[")
                    ? Optional.empty()
                    : Optional.of(warning(
                            place,
                            "The ENTRYPOINT in line %d is a shell form, which takes no arguments: this CMD is without effect."
                                    .formatted(entrypoint.line()),
                            "Write the ENTRYPOINT as JSON, or remove the CMD."));
        }
        List<String> first = start.entrypoint();
        List<String> rest = start.command();
        if (first.isEmpty() || rest.isEmpty()) {
            return Optional.empty();
        }
        String program = first.get(0).replaceFirst(".*/", "");
        String second = rest.get(0).replaceFirst(".*/", "");
        if (command.execForm().isEmpty() && first.size() == 1 && program.matches(SERVER + "|" + PYTHON)) {
            return Optional.of(error(
                    place,
                    "This CMD is a shell form, so the container runs %s /bin/sh -c \"...\".".formatted(program),
                    "Write the CMD as JSON, one word each: it is appended to the ENTRYPOINT."));
        }
        if (first.size() == 1 && program.matches(PYTHON) && second.matches(PYTHON)) {
            return Optional.of(error(
                    place,
                    "CMD is appended to ENTRYPOINT: the container runs %s %s, and there is no file of that name."
                            .formatted(program, String.join(" ", rest)),
                    "Leave %s out of the CMD.".formatted(second)));
        }
        boolean shell = first.size() == 2
                && program.matches("(?:ba|da)?sh")
                && first.get(1).equals("-c");
        if (shell
                && rest.size() > 1
                && second.matches(SERVER + "|" + PYTHON)
                && !rest.get(0).contains(" ")) {
            return Optional.of(error(
                    place,
                    "%s -c takes one text: only %s is run, without its arguments.".formatted(program, rest.get(0)),
                    "Write the CMD as one text, or leave the ENTRYPOINT out."));
        }
        if (program.equals(second) && program.matches(SERVER)) {
            return Optional.of(warning(
                    place,
                    "CMD is appended to ENTRYPOINT: the container runs %s %s."
                            .formatted(String.join(" ", first), String.join(" ", rest)),
                    "Leave %s out of the CMD.".formatted(second)));
        }
        return scriptThatEnds(start, place);
    }

    /** An entry script that neither runs its arguments nor starts anything that stays. */
    private Optional<LintFinding> scriptThatEnds(FutureStart start, Location place) {
        if (start.entrypoint().size() > 2 || start.scripts().size() != 1) {
            return Optional.empty();
        }
        Optional<String> script =
                start.scripts().values().iterator().next().source().map(SourceText::text);
        boolean ends = script.filter(text -> !ARGUMENTS.matcher(text).find()).isPresent()
                && script.filter(text -> STARTS.matcher(text).find()).isEmpty()
                && start.scripts().keySet().stream()
                        .allMatch(name -> start.entrypoint().contains(name));
        return ends
                ? Optional.of(error(
                        place,
                        "The entry script %s never runs its arguments, so this CMD is never started."
                                .formatted(start.scripts().keySet().iterator().next()),
                        "End the script with exec \"$@\"."))
                : Optional.empty();
    }
}
