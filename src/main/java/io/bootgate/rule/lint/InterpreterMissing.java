package io.bootgate.rule.lint;

import io.bootgate.rule.Location;
import io.bootgate.rule.cause.CauseId;
import io.bootgate.source.SourceText;
import io.bootgate.source.image.BaseImage.Family;
import io.bootgate.source.image.ImageStage.Presence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The first line of a script names a program that the base image is known not to have and that nothing installs. */
final class InterpreterMissing implements LintRule {
    @Override
    public String id() {
        return "INTERPRETER_MISSING";
    }

    @Override
    public String title() {
        return "The interpreter of a script is not in the image";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of(CauseId.BAD_INTERPRETER, CauseId.COMMAND_NOT_FOUND);
    }

    private static final Pattern INTERPRETER = Pattern.compile("#!\\s*(\\S+)(?:[ \\t]+(?:-S[ \\t]+)?(\\S+))?.*");

    @Override
    public List<LintFinding> check(LintProject project) {
        List<LintFinding> findings = new ArrayList<>();
        FutureStart.of(project).ifPresent(start -> {
            start.scripts()
                    .forEach((name, script) -> script.source()
                            .filter(source -> Scripts.isExecuted(start, name))
                            .ifPresent(source -> interpreter(source)
                                    .filter(program -> new Programs(start.stage()).of(program) == Presence.MISSING)
                                    .ifPresent(program -> findings.add(missing(start, source, program)))));
            String first = start.words().get(0).replaceFirst("/(?:usr/)?bin/", "");
            if (first.matches("bash|zsh|ksh|fish|tini|dumb-init|gosu|su-exec")
                    && new Programs(start.stage()).of(first) == Presence.MISSING) {
                findings.add(error(
                                start.place(first),
                                "%s has no %s, and nothing installs it."
                                        .formatted(start.stage().base().reference(), first),
                                "Install it, or start the server without it.")
                        .about(first));
            }
        });
        return findings;
    }

    private static Optional<String> interpreter(SourceText source) {
        Matcher first = INTERPRETER.matcher(source.line(1).orElse(""));
        if (!first.matches()) {
            return Optional.empty();
        }
        String program = first.group(1).replaceFirst(".*/", "");
        return program.equals("env") ? Optional.ofNullable(first.group(2)) : Optional.of(program);
    }

    private LintFinding missing(FutureStart start, SourceText source, String program) {
        boolean alpine = start.stage().base().family() == Family.ALPINE;
        return error(
                        Location.of(source.path(), 1),
                        "%s has no %s, and nothing installs it."
                                .formatted(start.stage().base().reference(), program),
                        program.equals("bash")
                                ? "Write #!/bin/sh if the script does with it, or RUN %s bash."
                                        .formatted(alpine ? "apk add --no-cache" : "apt-get install -y")
                                : "Install %s, or name an interpreter that is there.".formatted(program))
                .about(program);
    }
}
