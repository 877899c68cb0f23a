package io.bootgate.image.docker;

import io.bootgate.source.dockerfile.Dockerfile;
import io.bootgate.source.dockerfile.Dockerfile.Stage;
import io.bootgate.source.dockerfile.GlobPath;
import io.bootgate.source.dockerfile.IgnorePatterns;
import io.bootgate.source.dockerfile.Instruction;
import io.bootgate.source.dockerfile.Instruction.Keyword;
import java.nio.file.Files;
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
    /** What a FROM itself does not say. */
    private static final Pattern TRIGGER = Pattern.compile(
            "^(The command '|(COPY|ADD) failed: |building at STEP \"(?!FROM)|executor failed running |process \")");

    private static final Pattern UNREACHABLE =
            Pattern.compile("no such host|connection refused|i/o timeout|network is unreachable|TLS handshake timeout"
                    + "|Client\\.Timeout|x509: [^\"\\n]*|proxyconnect [^\"\\n]*|Temporary failure in name resolution");
    private static final Pattern NO_IMAGE = Pattern.compile(
            "pull access denied|manifest unknown|manifest for .* not found|repository does not exist|not found|unauthorized"
                    + "|requested access to the resource is denied|denied: ");

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
        return UNREACHABLE.matcher(error).find();
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
        return run.failing();
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
        if (error.contains("cannot be empty") || error.startsWith("no contents in ")) {
            return Optional.of("The Dockerfile is empty.");
        }
        if (error.contains("no build stage in current context") || error.contains("no FROM statement found")) {
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
                        .map(feature ->
                                feature.phrase() + " needs " + feature.needs() + ", which this engine's builder lacks.")
                : Optional.empty();
    }

    private Optional<String> syntax() {
        Matcher unknown = UNKNOWN_INSTRUCTION.matcher(run.error());
        if (unknown.find()) {
            return Optional.of("There is no Dockerfile instruction " + unknown.group(1) + ".");
        }
        Matcher parse = PARSE_ERROR.matcher(run.error());
        return parse.find()
                ? Optional.of("The Dockerfile has a mistake: " + sentence(parse.group(2)))
                : Optional.empty();
    }

    private Optional<String> ofInstruction(Instruction instruction) {
        if (instruction.is(Keyword.FROM)) {
            return ofFrom(instruction);
        }
        return instruction.is(Keyword.COPY) || instruction.is(Keyword.ADD) ? ofCopy(instruction) : ofRun();
    }

    private Optional<String> ofRun() {
        Matcher exit = EXIT_CODE.matcher(run.error());
        return RunReason.of(run.error(), run.output(), exit.find() ? Integer.parseInt(exit.group(1)) : 0);
    }

    private Optional<String> ofFrom(Instruction from) {
        String image = from.words().isEmpty() ? "" : from.words().get(0);
        return TRIGGER.matcher(run.error()).find()
                ? Optional.of("An ONBUILD instruction of the base image " + image + " failed. "
                        + ofRun().orElseGet(() -> sentence(run.error())))
                : ofImage("base image " + image);
    }

    private Optional<String> ofImage(String image) {
        Matcher unreachable = UNREACHABLE.matcher(run.error());
        if (unreachable.find()) {
            return Optional.of("The " + image + " is not on the engine, and its registry could not be reached: "
                    + unreachable.group() + ".");
        }
        return NO_IMAGE.matcher(run.error()).find()
                ? Optional.of("The " + image + " does not exist, or its registry wants a login.")
                : Optional.empty();
    }

    private Optional<String> ofCopy(Instruction copy) {
        Optional<String> from = copy.flag("from");
        if (from.isPresent()) {
            Optional<String> image = dockerfile.stage(from.get()).isPresent()
                    ? Optional.empty()
                    : ofImage("image " + from.get() + " that --from names (there is no such stage)");
            return image.or(() -> isMissing()
                    ? Optional.of("A source of " + copy.name().toUpperCase(Locale.ROOT) + " is not in " + from.get()
                            + ": " + String.join(", ", sources(copy)) + ".")
                    : run.error().contains("no stage or image found")
                            ? Optional.of("There is no stage and no image " + from.get() + ".")
                            : Optional.empty());
        }
        return sources(copy).stream()
                .filter(source -> !source.contains("$") && !source.contains("://"))
                .flatMap(source -> missing(source).stream())
                .findFirst();
    }

    private boolean isMissing() {
        String error = run.error();
        return error.contains("file does not exist")
                || error.contains("no such file or directory")
                || error.contains("not found");
    }

    private static List<String> sources(Instruction copy) {
        List<String> words = copy.execForm().orElseGet(copy::words);
        return words.subList(0, Math.max(0, words.size() - 1));
    }

    private Optional<String> missing(String source) {
        String path = GlobPath.clean(source);
        if (path.equals("..") || path.startsWith("../")) {
            return Optional.of(source + " lies outside the build context " + context.root()
                    + "; only files inside can be copied.");
        }
        GlobPath glob = new GlobPath(path);
        if (path.isEmpty() || context.sentPaths().stream().anyMatch(glob::matches)) {
            return Optional.empty();
        }
        Optional<IgnorePatterns.Rule> rule = context.exclusion(path);
        if (rule.isPresent() && Files.exists(context.root().resolve(path))) {
            return Optional.of(source + " is there, but line " + rule.get().line() + " of "
                    + context.ignoreFile().getFileName() + " (" + rule.get().text() + ") keeps it out of the build.");
        }
        return Optional.of(source + " is not in the build context " + context.root() + ".");
    }

    /** The first line of a message, ended with a full stop. */
    private static String sentence(String message) {
        String first =
                message.lines().findFirst().orElse("The engine gave no reason").trim();
        return first.endsWith(".") ? first : first + ".";
    }
}
