package io.bootgate.deployment;

import io.bootgate.deployment.format.Descriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Descriptors for tests: files of {@code src/test/resources/deployment}, or text. */
public final class Fixtures {
    public static final Path FOLDER = Path.of("src/test/resources/deployment");

    private Fixtures() {}

    /** Reads a file of the folder, with {@code <name>.parameters.json} beside it if there is one. */
    public static Deployment file(String name) {
        String parameters = name.replaceAll("\\.\\w+$", ".parameters.json");
        return Descriptor.read(
                name,
                Fixtures::text,
                Optional.of(parameters).filter(file -> Files.exists(FOLDER.resolve(file))),
                Optional.empty());
    }

    private static Optional<String> text(String file) {
        try {
            Path path = FOLDER.resolve(file);
            return Files.isRegularFile(path) ? Optional.of(Files.readString(path)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads text as if it were a file named {@code d}; other files are there under their names. */
    public static Deployment text(String text, Map<String, String> others) {
        return Descriptor.read(
                "d",
                file -> file.equals("d") ? Optional.of(text) : Optional.ofNullable(others.get(file)),
                Optional.of("parameters").filter(others::containsKey),
                Optional.empty());
    }

    public static Deployment of(String text) {
        return text(text, Map.of());
    }

    /** {@code ID:line} of each finding, as severe as it is. */
    public static List<String> findings(Deployment deployment) {
        return deployment.findings().stream()
                .map(finding -> "%s %s:%d"
                        .formatted(
                                finding.severity().name().toLowerCase(java.util.Locale.ROOT),
                                finding.id(),
                                finding.line().orElse(0)))
                .toList();
    }
}
