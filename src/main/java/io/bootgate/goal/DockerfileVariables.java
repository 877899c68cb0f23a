package io.bootgate.goal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names after {@code ENV} in a Dockerfile, in any stage: what the image may set. Whether it does, the built image tells. */
final class DockerfileVariables {
    private static final Pattern ENV = Pattern.compile("(?im)^[ \\t]*ENV[ \\t]+(.*)$");
    private static final Pattern NAME = Pattern.compile("(?:^|\\s)([A-Za-z_]\\w*)(?==)|^([A-Za-z_]\\w*)(?=\\s)");

    private DockerfileVariables() {}

    static Set<String> names(Path dockerfile) {
        Set<String> names = new LinkedHashSet<>();
        for (Matcher env = ENV.matcher(text(dockerfile)); env.find(); ) {
            for (Matcher name = NAME.matcher(env.group(1)); name.find(); ) {
                names.add(name.group(1) == null ? name.group(2) : name.group(1));
            }
        }
        return names;
    }

    private static String text(Path dockerfile) {
        try {
            // A line may go on in the next, past comments.
            return Files.isRegularFile(dockerfile)
                    ? Files.readString(dockerfile)
                            .replaceAll("(?m)^[ \\t]*#.*\\R", "")
                            .replaceAll("[\\\\`][ \\t]*\\R", " ")
                    : "";
        } catch (IOException | UncheckedIOException e) {
            return "";
        }
    }
}
