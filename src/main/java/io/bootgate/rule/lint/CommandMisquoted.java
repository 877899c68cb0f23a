package io.bootgate.rule.lint;

import io.bootgate.rule.Location;
import io.bootgate.rule.cause.CauseId;
import io.bootgate.rule.lint.LintProject.DockerfileSource;
import io.bootgate.source.dockerfile.Instruction;
import io.bootgate.source.dockerfile.Instruction.Keyword;
import io.bootgate.source.image.ImageStage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** CMD or ENTRYPOINT looks like an exec form and is no JSON, or its words are not parted as they should be. */
final class CommandMisquoted implements LintRule {
    private static final Pattern SERVER = Pattern.compile("(?:.*/)?(?:gunicorn|uvicorn|hypercorn)");
    /** {@code --workers 2} in one word, or quotes within the quotes. */
    private static final Pattern QUOTED = Pattern.compile("--[a-z][a-z-]+ +\\S+|'[\\w.:()]+'|\"[\\w.:()]+\"");

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
        return Set.of(
                CauseId.COMMAND_NOT_FOUND,
                CauseId.SERVER_NOT_STARTED,
                CauseId.ENTRYPOINT_FAILED,
                CauseId.SERVER_MISCONFIGURED,
                CauseId.APP_NOT_FOUND);
    }

    @Override
    public List<LintFinding> check(LintProject project) {
        List<LintFinding> findings = new ArrayList<>();
        ProjectImage.of(project)
                .flatMap(ProjectImage::stage)
                .ifPresent(stage -> project.dockerfile()
                        .ifPresent(source -> Stream.of(stage.entrypoint(), stage.command())
                                .flatMap(Optional::stream)
                                .forEach(instruction ->
                                        check(source, stage, instruction).ifPresent(findings::add))));
        return findings;
    }

    private Optional<LintFinding> check(DockerfileSource source, ImageStage stage, Instruction instruction) {
        Optional<List<String>> words = instruction.execForm();
        if (words.isEmpty()) {
            return looksLikeJson(instruction) ? Optional.of(misquoted(source, instruction)) : Optional.empty();
        }
        boolean first = instruction.is(Keyword.ENTRYPOINT)
                || (stage.entrypoint().isEmpty() && stage.base().plain());
        if (words.get().isEmpty() || !first) {
            return Optional.empty();
        }
        String program = words.get().get(0);
        if (program.matches("[\\w./-]+\\s+\\S.*") && stage.presence(program) != ImageStage.Presence.THERE) {
            return Optional.of(error(
                            Texts.at(source, instruction, program),
                            "There is no program of the name \"%s\": each word is an element of its own."
                                    .formatted(program),
                            "Write %s [%s]."
                                    .formatted(
                                            instruction.name().toUpperCase(Locale.ROOT),
                                            Stream.of(program.split("\\s+", -1))
                                                    .map(word -> '"' + word + '"')
                                                    .collect(Collectors.joining(", "))))
                    .about(""));
        }
        return SERVER.matcher(program).matches()
                ? words.get().stream()
                        .skip(1)
                        .filter(word -> QUOTED.matcher(word).matches())
                        .findFirst()
                        .map(word -> word.startsWith("-")
                                ? joined(source, instruction, word)
                                : quoted(source, instruction, word))
                : Optional.empty();
    }

    private LintFinding joined(DockerfileSource source, Instruction instruction, String word) {
        return error(
                Texts.at(source, instruction, word),
                "\"%s\" is one word, and no option of that name is known.".formatted(word),
                "Write \"%s\".".formatted(word.replaceFirst("\\s+", "\", \"")));
    }

    private LintFinding quoted(DockerfileSource source, Instruction instruction, String word) {
        return error(
                Texts.at(source, instruction, word.substring(1, word.length() - 1)),
                "The inner quotes of %s are part of the word: no shell takes them off.".formatted(word),
                "Write \"%s\".".formatted(word.substring(1, word.length() - 1)));
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
