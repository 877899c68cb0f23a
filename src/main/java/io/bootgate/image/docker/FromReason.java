package io.bootgate.image.docker;

import io.bootgate.source.dockerfile.Dockerfile;
import io.bootgate.source.dockerfile.Instruction;
import io.bootgate.source.dockerfile.Instruction.Keyword;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why an image that a Dockerfile names cannot be had. */
final class FromReason {
    static final Pattern UNREACHABLE =
            Pattern.compile("no such host|connection refused|i/o timeout|network is unreachable|TLS handshake timeout"
                    + "|Client\\.Timeout|x509: [^\"\\n]*|proxyconnect [^\"\\n]*|Temporary failure in name resolution"
                    + "|server gave HTTP response to HTTPS client");
    private static final Pattern DENIED = Pattern.compile(
            "pull access denied|unauthorized|requested access to the resource is denied|denied: |authentication required"
                    + "|no basic auth credentials|insufficient_scope");
    private static final Pattern NO_IMAGE =
            Pattern.compile("manifest unknown|manifest for .* not found|repository does not exist|not found|unknown: ");
    private static final Pattern NO_PLATFORM = Pattern.compile(
            "no match(?:ing manifest)? for (?:platform in manifest|(\\S+) in the manifest list entries)"
                    + "|no image found in (?:manifest list|image index) for architecture \"?(\\w+)"
                    + "|does not match the specified platform: wanted (\\S+?),|was found but does not (?:match|provide) the specified platform");
    private static final Pattern BAD_NAME = Pattern.compile(
            "invalid reference format(?:: ([^\"\\n]*))?|should not be blank|failed to parse stage name|parsing image name"
                    + "|repository name must be lowercase|no FROM statement found|FROM requires either one or three arguments|normalizing (?:reference|name)");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?(\\w+)");

    private final DockerBuild build;
    private final Dockerfile dockerfile;
    private final String error;

    FromReason(DockerBuild build, Dockerfile dockerfile, String error) {
        this.build = build;
        this.dockerfile = dockerfile;
        this.error = error;
    }

    /** Empty if it is not the image that the FROM names. */
    Optional<String> of(Instruction from) {
        String image = from.words().isEmpty() ? "" : from.words().get(0);
        return ofName(image).or(() -> ofImage("base image " + image));
    }

    private Optional<String> ofName(String image) {
        Matcher bad = BAD_NAME.matcher(error);
        if (!bad.find()) {
            return Optional.empty();
        }
        Optional<String> unset = unsetVariable(image);
        return Optional.of(unset.map(name -> "FROM " + image + " uses the variable " + name
                        + ", which has no value here: set it" + " in <docker><args>, or give it a default with ARG "
                        + name + "=... before the first FROM.")
                .orElseGet(() -> image + " is no name of an image"
                        + (bad.group(1) == null
                                ? error.contains("must be lowercase") ? ": it must be lowercase." : "."
                                : ": " + bad.group(1).strip() + ".")));
    }

    private Optional<String> unsetVariable(String image) {
        return VARIABLE.matcher(image)
                .results()
                .map(found -> found.group(1))
                .filter(name -> globalArgs().stream().noneMatch(word -> hasDefault(word, name) || isGiven(word, name)))
                .findFirst();
    }

    private static boolean hasDefault(String word, String name) {
        return word.startsWith(name + "=") && word.length() > name.length() + 1;
    }

    private boolean isGiven(String word, String name) {
        boolean declared = word.equals(name) || word.equals(name + "=");
        return declared && !build.args().getOrDefault(name, "").isEmpty();
    }

    private List<String> globalArgs() {
        return dockerfile.instructions().stream()
                .takeWhile(instruction -> !instruction.is(Keyword.FROM))
                .filter(instruction -> instruction.is(Keyword.ARG))
                .flatMap(instruction -> instruction.words().stream())
                .toList();
    }

    /** @param image how it is named in a sentence */
    Optional<String> ofImage(String image) {
        Matcher unreachable = UNREACHABLE.matcher(error);
        if (unreachable.find()) {
            return Optional.of("The " + image + " is not on the engine, and its registry could not be reached: "
                    + unreachable.group() + ".");
        }
        if (NO_PLATFORM.matcher(error).find()) {
            return Optional.of("The " + image + " is not there for the platform "
                    + build.platform().orElse("of the engine") + ": " + BuildFailure.sentence(error));
        }
        if (DENIED.matcher(error).find()) {
            return Optional.of("The " + image + " does not exist, or its registry wants a login.");
        }
        return NO_IMAGE.matcher(error).find()
                ? Optional.of("The " + image + " does not exist, or its registry wants a login.")
                : Optional.empty();
    }
}
