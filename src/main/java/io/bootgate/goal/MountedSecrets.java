package io.bootgate.goal;

import io.bootgate.image.cli.BuildSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code <docker><secrets>}: what a RUN may see and the image never holds. */
final class MountedSecrets {
    private static final String EXAMPLE = "Example: <token>env=PIP_TOKEN</token> or <npmrc>src=.npmrc</npmrc>";
    private static final long LONGEST_FILE = 64 * 1024;
    private static final int SHORTEST_WORD = 6;

    private MountedSecrets() {}

    /** One as it is configured. */
    private record Source(String id, String kind, String name) {
        static Optional<Source> of(String id, @Nullable String text) {
            String[] parts = text == null ? new String[0] : text.strip().split("=", 2);
            return parts.length == 2
                            && !parts[1].isBlank()
                            && Set.of("env", "src", "file").contains(parts[0])
                    ? Optional.of(new Source(id, parts[0], parts[1].strip()))
                    : Optional.empty();
        }

        boolean isVariable() {
            return kind.equals("env");
        }
    }

    /** An error for the first that is wrong or not there: it would be missed in the middle of the build. */
    static List<BuildSecret> read(Map<String, String> configured, Path project, Map<String, String> environment) {
        List<BuildSecret> secrets = new ArrayList<>();
        configured.forEach((id, text) -> {
            // Its text is not shown: it may be the secret itself.
            Source source = Source.of(id, text)
                    .orElseThrow(() -> new IllegalArgumentException("<docker><secrets><" + id
                            + "> must be env= and the name of a variable, or src= and a path. " + EXAMPLE));
            secrets.add(source.isVariable() ? variable(source, environment) : file(source, project));
        });
        return secrets;
    }

    private static BuildSecret variable(Source source, Map<String, String> environment) {
        if (environment.getOrDefault(source.name, "").isEmpty()) {
            throw new IllegalArgumentException(
                    "<docker><secrets><%s> names the variable %s, which %s in Maven's environment."
                            .formatted(
                                    source.id,
                                    source.name,
                                    environment.containsKey(source.name) ? "is empty" : "is not set"));
        }
        return new BuildSecret.OfVariable(source.id, source.name);
    }

    private static BuildSecret file(Source source, Path project) {
        Path file = project.resolve(source.name).normalize();
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new IllegalArgumentException(
                    "<docker><secrets><%s> names the file %s, which is not there or cannot be read."
                            .formatted(source.id, file));
        }
        if (file.toString().contains(",")) {
            throw new IllegalArgumentException(
                    "<docker><secrets><%s> names the file %s: a comma in its path cannot be handed on."
                            .formatted(source.id, file));
        }
        return new BuildSecret.OfFile(source.id, file);
    }

    /** All that must not be seen of them, as far as they are there. */
    static Collection<String> values(Map<String, String> configured, Path project, Map<String, String> environment) {
        Set<String> values = new LinkedHashSet<>();
        configured.forEach((id, text) -> Source.of(id, text).ifPresent(source -> {
            if (source.isVariable()) {
                values.add(environment.getOrDefault(source.name, ""));
            } else {
                lines(project.resolve(source.name))
                        .flatMap(MountedSecrets::parts)
                        .forEach(values::add);
            }
        }));
        return values;
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.size(file) > LONGEST_FILE ? Stream.empty() : Files.readAllLines(file).stream();
        } catch (IOException e) {
            // Not a text, or not there, which is told when it is used.
            return Stream.empty();
        }
    }

    /** A line, what it sets, and its last word: {@code //host/:_authToken=abc}, {@code machine host login me password abc}. */
    private static Stream<String> parts(String line) {
        String value = line.substring(line.indexOf('=') + 1).strip();
        String word = value.substring(value.lastIndexOf(' ') + 1);
        return Stream.concat(
                Stream.of(line.strip()), Stream.of(value, word).filter(part -> part.length() >= SHORTEST_WORD));
    }
}
