package io.bootgate.image.docker;

import io.bootgate.source.dockerfile.Dockerfile;
import io.bootgate.source.dockerfile.Instruction;
import io.bootgate.source.dockerfile.Instruction.Keyword;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the instruction that an engine's message is about, where it quotes something of it and tells no line. */
final class NamedInstruction {
    private static final Pattern LACKS_ARGUMENT = Pattern.compile("(?:^|: )(ENV|LABEL) must have two arguments");
    private static final Pattern BAD_PORT = Pattern.compile(
            "Invalid containerPort: (\\S+)|unable to create tcp port from ([^/\\s]+)|[Ii]nvalid (?:proto|port)\\S*:? \"?([^\\s\"]+)");
    private static final Pattern URL = Pattern.compile("(?i)(?:Get|Head) \"(https?://[^\"]+)\"");
    private static final Pattern BLANK_BASE =
            Pattern.compile("base name \\((.*?)\\) should not be blank|no FROM statement found");
    private static final Pattern STAGE_NAME = Pattern.compile("failed to parse stage name \"([^\"]*)\"");
    private static final String VARIABLE = "\\$(?:\\{[^}]*}|\\w+)";

    private final Dockerfile dockerfile;
    private final String error;

    NamedInstruction(Dockerfile dockerfile, String error) {
        this.dockerfile = dockerfile;
        this.error = error;
    }

    Optional<Instruction> find() {
        return lackingArgument().or(this::port).or(this::base).or(this::image).or(this::url);
    }

    private Optional<Instruction> lackingArgument() {
        Matcher lacks = LACKS_ARGUMENT.matcher(error);
        return lacks.find()
                ? first(instruction -> instruction.name().equalsIgnoreCase(lacks.group(1))
                        && instruction.words().size() < 2
                        && !instruction.arguments().contains("="))
                : Optional.empty();
    }

    private Optional<Instruction> port() {
        Matcher bad = BAD_PORT.matcher(error);
        return bad.find()
                ? first(instruction -> instruction.is(Keyword.EXPOSE)
                        && instruction
                                .arguments()
                                .contains(Stream.of(1, 2, 3)
                                        .map(bad::group)
                                        .filter(Objects::nonNull)
                                        .findFirst()
                                        .orElse("")))
                : Optional.empty();
    }

    private Optional<Instruction> base() {
        if (BLANK_BASE.matcher(error).find()) {
            return first(instruction ->
                    instruction.is(Keyword.FROM) && instruction.arguments().contains("$"));
        }
        Matcher name = STAGE_NAME.matcher(error);
        return name.find()
                ? first(instruction ->
                        instruction.is(Keyword.FROM) && Pattern.matches(generalized(word(instruction)), name.group(1)))
                : Optional.empty();
    }

    /** {@code python:3.12} is quoted as {@code docker.io/library/python:3.12} or {@code .../v2/library/python/manifests/3.12}. */
    private Optional<Instruction> image() {
        Stream<Instruction> froms = dockerfile.instructions().stream()
                .filter(instruction -> instruction.is(Keyword.FROM))
                .filter(instruction -> dockerfile.stage(word(instruction)).isEmpty());
        Stream<Instruction> copies = dockerfile.instructions().stream()
                .filter(instruction -> instruction
                        .flag("from")
                        .filter(from -> dockerfile.stage(from).isEmpty())
                        .isPresent());
        List<Instruction> named = Stream.concat(froms, copies).toList();
        // What is written out is surer than what a variable may be.
        return Stream.concat(
                        named.stream()
                                .filter(instruction -> !imageOf(instruction).contains("$")),
                        named.stream()
                                .filter(instruction -> imageOf(instruction).contains("$")))
                .filter(instruction -> quotes(imageOf(instruction)))
                .findFirst();
    }

    private static String imageOf(Instruction instruction) {
        return instruction.flag("from").orElseGet(() -> word(instruction));
    }

    private boolean quotes(String image) {
        int slash = image.lastIndexOf('/');
        int colon = image.indexOf(':', slash + 1);
        String repository = colon < 0 ? image : image.substring(0, colon);
        String tag = colon < 0 ? "latest" : image.substring(colon + 1);
        String host = repository.substring(0, Math.max(0, repository.indexOf('/')));
        boolean hasHost = host.contains(".") || host.contains(":") || host.equals("localhost");
        String path = hasHost ? repository.substring(host.length() + 1) : repository;
        return Pattern.compile(
                        "(?:^|[/\\s\"])" + generalized(path) + "(?:/manifests/|:|@)" + generalized(tag) + "(?![\\w.-])")
                .matcher(error)
                .find();
    }

    private Optional<Instruction> url() {
        Matcher url = URL.matcher(error);
        return url.find()
                ? first(instruction ->
                        instruction.is(Keyword.ADD) && instruction.arguments().contains(url.group(1)))
                : Optional.empty();
    }

    /** As a regular expression in which a variable may have any value. */
    private static String generalized(String text) {
        StringBuilder regex = new StringBuilder();
        Matcher variable = Pattern.compile(VARIABLE).matcher(text);
        int at = 0;
        while (variable.find()) {
            regex.append(Pattern.quote(text.substring(at, variable.start()))).append("[^\\s\"]*");
            at = variable.end();
        }
        return regex.append(Pattern.quote(text.substring(at))).toString();
    }

    private static String word(Instruction instruction) {
        return instruction.words().isEmpty() ? "" : instruction.words().get(0);
    }

    private Optional<Instruction> first(Predicate<Instruction> wanted) {
        return dockerfile.instructions().stream().filter(wanted).findFirst();
    }
}
