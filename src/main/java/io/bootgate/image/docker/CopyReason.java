package io.bootgate.image.docker;

import io.bootgate.source.dockerfile.Dockerfile;
import io.bootgate.source.dockerfile.GlobPath;
import io.bootgate.source.dockerfile.IgnorePatterns;
import io.bootgate.source.dockerfile.Instruction;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why a file cannot be copied. */
final class CopyReason {
    private static final Pattern URL_FAILED = Pattern.compile(
            "(?i)Get \"?(https?://[^\"\\s]+)\"?: (?:.*: )?([^:\\n]+)|failed to (?:fetch|load) (https?://\\S+?):? (.*)"
                    + "|(https?://\\S+) got HTTP status (\\d+[^\\n]*)|bad response code (\\d+)");
    private static final String MOUNT = "--mount=";

    private final DockerBuild build;
    private final Dockerfile dockerfile;
    private final BuildContext context;
    private final String error;

    CopyReason(DockerBuild build, Dockerfile dockerfile, BuildContext context, String error) {
        this.build = build;
        this.dockerfile = dockerfile;
        this.context = context;
        this.error = error;
    }

    /** A {@code COPY --from=3} where no third stage lies above. */
    static Optional<Instruction> copyOfNoStage(Dockerfile dockerfile) {
        return dockerfile.stages().stream()
                .flatMap(stage -> stage.instructions().stream()
                        .filter(instruction -> instruction
                                .flag("from")
                                .filter(from -> from.matches("\\d{1,6}") && Integer.parseInt(from) >= stage.index())
                                .isPresent()))
                .findFirst();
    }

    /** For COPY and ADD; empty if no source is missing. */
    Optional<String> of(Instruction copy) {
        Optional<String> from = copy.flag("from");
        if (from.isPresent()) {
            return ofStage(copy, from.get());
        }
        if (copy.arguments().trim().startsWith("['")) {
            return Optional.of("A list of paths is written with double quotes: "
                    + copy.name().toUpperCase(Locale.ROOT) + " "
                    + copy.arguments().trim().replace('\'', '"') + ".");
        }
        Matcher url = URL_FAILED.matcher(error);
        if (copy.arguments().contains("://") && url.find()) {
            return Optional.of("What ADD names cannot be fetched: " + BuildFailure.sentence(url.group()));
        }
        return sources(copy).stream()
                .filter(source -> !source.contains("$") && !source.contains("://") && !source.startsWith("<<"))
                .flatMap(source -> missing(source).stream())
                .findFirst();
    }

    private Optional<String> ofStage(Instruction copy, String from) {
        if (from.matches("\\d+") && error.contains("invalid from flag value")) {
            return Optional.of("There is no stage " + from + " above this instruction: stages are counted from 0.");
        }
        Optional<String> image = dockerfile.stage(from).isPresent() || from.matches("\\d+")
                ? Optional.empty()
                : new FromReason(build, dockerfile, error)
                        .ofImage("image " + from + " that --from names (there is no such stage)");
        return image.or(() -> isMissing()
                ? Optional.of("A source of " + copy.name().toUpperCase(Locale.ROOT) + " is not in " + from + ": "
                        + String.join(", ", sources(copy)) + ".")
                : error.contains("no stage or image found")
                        ? Optional.of("There is no stage and no image " + from + ".")
                        : Optional.empty());
    }

    /** For a RUN that mounts a file or folder of the context. */
    Optional<String> ofMount(Instruction run) {
        if (!error.contains("failed to compute cache key") && !error.contains("failed to calculate checksum")) {
            return Optional.empty();
        }
        return run.flags().stream()
                .filter(flag -> flag.startsWith(MOUNT) && !flag.contains("from="))
                .flatMap(flag -> Arrays.stream(flag.substring(MOUNT.length()).split(",", -1)))
                .filter(part -> part.startsWith("source=") || part.startsWith("src="))
                .map(part -> part.substring(part.indexOf('=') + 1))
                .flatMap(source -> missing(source).stream())
                .findFirst();
    }

    private boolean isMissing() {
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
        List<String> sent = context.sentPaths();
        if (path.isEmpty() || sent.stream().anyMatch(glob::matches)) {
            return Optional.empty();
        }
        Optional<IgnorePatterns.Rule> rule = context.exclusion(path);
        if (rule.isPresent() && Files.exists(context.root().resolve(path))) {
            return Optional.of(source + " is there, but line " + rule.get().line() + " of "
                    + context.ignoreFile().getFileName() + " (" + rule.get().text() + ") keeps it out of the build.");
        }
        return Optional.of(source + " is not in the build context " + context.root() + hint(path, sent) + ".");
    }

    /** Where it may be meant to be. */
    private String hint(String path, List<String> sent) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        List<String> alike = new ArrayList<>();
        for (String other : sent) {
            if (other.equalsIgnoreCase(path)) {
                return ", but " + other + " is: the case of letters counts";
            }
            if (other.endsWith("/" + name)) {
                alike.add(other);
            }
        }
        return alike.size() == 1 ? ", but " + alike.get(0) + " is" : "";
    }
}
