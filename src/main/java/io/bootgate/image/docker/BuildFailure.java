package io.bootgate.image.docker;

import io.bootgate.source.dockerfile.Dockerfile;
import io.bootgate.source.dockerfile.Dockerfile.Stage;
import io.bootgate.source.dockerfile.Instruction;
import io.bootgate.source.dockerfile.Instruction.Keyword;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says where a build failed and why. */
final class BuildFailure {
    private static final Pattern PARSE_ERROR = Pattern.compile("dockerfile parse error (?:on )?line (\\d+): (.*)");
    private static final Pattern UNKNOWN_INSTRUCTION =
            Pattern.compile("(?i)unknown instruction: \"?([^\\s\"]+)", Pattern.DOTALL);
    private static final Pattern EXIT_CODE =
            Pattern.compile("(?:returned a non-zero code: |exit status |exit code: )(\\d+)\\s*$");
    private static final Pattern MISTAKE = Pattern.compile(
            "(?:ENV|LABEL) must have two arguments|Invalid containerPort: \\S+|unable to create tcp port from [^/\\s]+"
                    + "|[A-Z]+ requires (?:exactly|at least|at most) [\\w ]*arguments?[^\\n]*|Unknown flag: \\S+");
    private static final Pattern PREFIX = Pattern.compile(
            "^(?:failed to solve(?: with frontend [\\w.]+)?: |failed to create LLB definition: |failed to load cache key: "
                    + "|rpc error: code = \\w+ desc = |building at STEP \"[^\\n]*?\": |parsing main Dockerfile: (?:/\\S+: )?"
                    + "|creating build container: |failed to process \"[^\"]*\": )");
    private static final Pattern NOT_FOUND = Pattern.compile(
            "(?m)(?:^|: )(\\S*/?[^\\s:]+): (?:not found|No such file or directory|cannot execute: required file not found)$");
    private static final Pattern TRIGGER = Pattern.compile(
            "^(The command '|(COPY|ADD) failed: |building at STEP \"(?!FROM)|executor failed running |process \")");

    private final DockerBuild build;
    private final Dockerfile dockerfile;
    private final BuildContext context;
    private final BuildRun run;

    BuildFailure(DockerBuild build, Dockerfile dockerfile, BuildContext context, BuildRun run) {
        this.build = build;
        this.dockerfile = dockerfile;
        this.context = context;
        this.run = run;
    }

    static boolean isUnreachable(String error) {
        return FromReason.UNREACHABLE.matcher(error).find();
    }

    /** The line that says that the engine ran out of disk, as itself or in a command that it ran. */
    Optional<String> diskFull() {
        boolean ofCommand = EXIT_CODE.matcher(run.error()).find();
        Stream<String> lines = ofCommand ? run.output().stream() : run.error().lines();
        return lines.filter(line -> line.toLowerCase(Locale.ROOT).contains("no space left on device"))
                .findFirst();
    }

    List<String> output() {
        return run.output();
    }

    OptionalInt line() {
        Optional<Instruction> failing = instruction();
        if (failing.isPresent()) {
            return OptionalInt.of(failing.get().line());
        }
        Matcher parse = PARSE_ERROR.matcher(run.error());
        return parse.find() ? OptionalInt.of(Integer.parseInt(parse.group(1))) : OptionalInt.empty();
    }

    Optional<Instruction> instruction() {
        Matcher parse = PARSE_ERROR.matcher(run.error());
        if (parse.find()) {
            return dockerfile.at(Integer.parseInt(parse.group(1)));
        }
        Matcher unknown = UNKNOWN_INSTRUCTION.matcher(run.error());
        if (unknown.find()) {
            // A builder that knows no heredocs takes their text for instructions.
            return dockerfile.instructions().stream()
                    .filter(instruction -> instruction.name().equalsIgnoreCase(unknown.group(1)))
                    .findFirst()
                    .or(() -> dockerfile.instructions().stream()
                            .filter(instruction -> !instruction.heredocs().isEmpty())
                            .findFirst());
        }
        return run.failing().or(() -> new NamedInstruction(dockerfile, run.error()).find());
    }

    /** One sentence. */
    String reason() {
        return wholeFile()
                .or(() -> instruction().flatMap(this::missingFeature))
                .or(this::syntax)
                .or(() -> instruction().flatMap(this::ofInstruction))
                .orElseGet(() -> sentence(run.error()));
    }

    private Optional<String> wholeFile() {
        String error = run.error();
        if (error.contains("cannot be empty")
                || error.startsWith("no contents in ")
                || error.contains("file with no instructions")
                || error.contains("no stages to build")) {
            return Optional.of("The Dockerfile is empty.");
        }
        boolean noFrom =
                error.contains("no build stage in current context") || error.contains("no FROM statement found");
        if (noFrom && instruction().isEmpty()) {
            return Optional.of("The Dockerfile has no FROM before its first instruction.");
        }
        if (build.target().isPresent() && error.contains("target")) {
            String target = build.target().get();
            String stages = dockerfile.stages().stream()
                    .map(Stage::name)
                    .flatMap(Optional::stream)
                    .collect(Collectors.joining(", "));
            return dockerfile.stage(target).isPresent()
                    ? Optional.empty()
                    : Optional.of("The Dockerfile has no stage " + target + ", which <docker><target> names; it has "
                            + (stages.isEmpty() ? "no named stage" : stages) + ".");
        }
        return Optional.empty();
    }

    private Optional<String> missingFeature(Instruction instruction) {
        if (run.error().contains("no active session")) {
            return Optional.of(
                    "RUN --mount asks for a secret or an SSH agent, which this builder cannot hand to BuildKit.");
        }
        boolean refused = run.error().contains("requires BuildKit")
                || run.error().contains("Unknown flag: ")
                || run.error().contains("only supports the --")
                || UNKNOWN_INSTRUCTION.matcher(run.error()).find();
        return refused
                ? BuildKitFeature.of(instruction)
                        .map(feature -> feature.phrase() + " needs "
                                + (isPodman() ? feature.needsOfPodman() : feature.needs())
                                + ", which this engine's builder lacks.")
                : Optional.empty();
    }

    private boolean isPodman() {
        return run.error().startsWith("building at STEP");
    }

    private Optional<String> syntax() {
        Matcher unknown = UNKNOWN_INSTRUCTION.matcher(run.error());
        if (unknown.find()) {
            return Optional.of("There is no Dockerfile instruction " + unknown.group(1) + ".");
        }
        Matcher parse = PARSE_ERROR.matcher(run.error());
        if (parse.find()) {
            return Optional.of("The Dockerfile has a mistake: " + sentence(parse.group(2)));
        }
        Matcher mistake = MISTAKE.matcher(run.error());
        return mistake.find()
                ? Optional.of("The Dockerfile has a mistake: " + sentence(mistake.group()))
                : Optional.empty();
    }

    private Optional<String> ofInstruction(Instruction instruction) {
        if (instruction.is(Keyword.FROM)) {
            return new FromReason(build, dockerfile, run.error())
                    .of(instruction)
                    .or(() -> ofTrigger(instruction));
        }
        if (instruction.is(Keyword.COPY) || instruction.is(Keyword.ADD)) {
            return new CopyReason(build, dockerfile, context, run.error())
                    .of(instruction)
                    .or(this::ofRun);
        }
        return instruction.is(Keyword.RUN)
                ? new CopyReason(build, dockerfile, context, run.error())
                        .ofMount(instruction)
                        .or(this::ofRun)
                : ofRun();
    }

    private Optional<String> ofRun() {
        Matcher notFound = NOT_FOUND.matcher(String.join("\n", run.output()));
        if (exitCode() == 127 && notFound.find() && context.hasWindowsScript(notFound.group(1))) {
            return Optional.of(
                    "The script " + notFound.group(1) + " has the line ends of Windows (CRLF), so its interpreter is"
                            + " not found; save it with LF, or tell git so: *.sh text eol=lf in .gitattributes.");
        }
        return RunReason.of(run.error(), run.output(), exitCode());
    }

    private int exitCode() {
        Matcher exit = EXIT_CODE.matcher(run.error());
        return exit.find() ? Integer.parseInt(exit.group(1)) : 0;
    }

    /** What a FROM itself does not say. */
    private Optional<String> ofTrigger(Instruction from) {
        String image = from.words().isEmpty() ? "" : from.words().get(0);
        return TRIGGER.matcher(run.error()).find()
                ? Optional.of("An ONBUILD instruction of the base image " + image + " failed. "
                        + ofRun().orElseGet(() -> sentence(run.error())))
                : Optional.empty();
    }

    /** The first line of a message without what tells where in the engine it came up, ended with a full stop. */
    static String sentence(String message) {
        String first =
                message.lines().findFirst().orElse("The engine gave no reason").trim();
        for (Matcher prefix = PREFIX.matcher(first); prefix.find(); prefix = PREFIX.matcher(first)) {
            first = first.substring(prefix.end());
        }
        return first.endsWith(".") ? first : first + ".";
    }
}
