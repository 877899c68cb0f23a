package io.bootgate.rule.lint;

import io.bootgate.rule.Location;
import io.bootgate.rule.cause.CauseId;
import io.bootgate.rule.lint.LintProject.DockerfileSource;
import io.bootgate.source.dockerfile.Dockerfile.Stage;
import io.bootgate.source.dockerfile.Instruction;
import io.bootgate.source.dockerfile.Instruction.Keyword;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** CMD or ENTRYPOINT looks like an exec form and is no JSON: it is run by a shell, brackets and all. */
final class CommandMisquoted implements LintRule {
    private static final Pattern TEST = Pattern.compile("\\[\\[?\\s+.*\\s]]?\\s*(?:&&|\\|\\||;).*", Pattern.DOTALL);

    @Override
    public String id() {
        return "COMMAND_MISQUOTED";
    }

    @Override
    public String title() {
        return "The command is not the JSON that it looks like";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of(CauseId.COMMAND_NOT_FOUND, CauseId.SERVER_NOT_STARTED, CauseId.ENTRYPOINT_FAILED);
    }

    @Override
    public List<LintFinding> check(LintProject project) {
        List<LintFinding> findings = new ArrayList<>();
        project.dockerfile().ifPresent(source -> {
            List<Stage> stages = source.dockerfile().stages();
            if (!stages.isEmpty()) {
                stages.get(stages.size() - 1).instructions().stream()
                        .filter(instruction -> instruction.is(Keyword.CMD) || instruction.is(Keyword.ENTRYPOINT))
                        .filter(CommandMisquoted::looksLikeJson)
                        .filter(instruction -> instruction.execForm().isEmpty())
                        .forEach(instruction -> findings.add(misquoted(source, instruction)));
            }
        });
        return findings;
    }

    /** {@code [ -f app.py ] && ...} is a test of the shell. */
    private static boolean looksLikeJson(Instruction instruction) {
        String text = instruction.arguments().trim();
        return text.startsWith("[") && !TEST.matcher(text).matches();
    }

    private LintFinding misquoted(DockerfileSource source, Instruction instruction) {
        return error(
                Location.of(source.path(), instruction.line()),
                "%s is not JSON, so it is run as /bin/sh -c \"%s\"."
                        .formatted(
                                instruction.name().toUpperCase(Locale.ROOT),
                                instruction.arguments().trim()),
                "Write the words in double quotes, separated by commas.");
    }
}
