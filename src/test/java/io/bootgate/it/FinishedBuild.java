package io.bootgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A build of {@code src/it} that has ended, as its user finds it: what Maven printed, and {@code target/bootgate}. */
public final class FinishedBuild {
    private final Path folder;

    public FinishedBuild(java.io.File folder) {
        this.folder = folder.toPath();
    }

    /** Fails unless Maven printed the text; colours aside. */
    public void tells(String text) {
        assertThat(printed()).contains(text);
    }

    public void neverTells(String text) {
        assertThat(printed()).doesNotContain(text);
    }

    /** All that Maven printed, without colours. */
    public String printed() {
        return read(folder.resolve("build.log")).replaceAll("\u001B\\[[0-9;]*m", "");
    }

    /** The one image of {@code report.json}. */
    public JsonNode image() throws IOException {
        JsonNode images = new ObjectMapper()
                .readTree(folder.resolve("target/bootgate/report.json").toFile())
                .path("images");
        if (images.size() != 1) {
            throw new AssertionError("one image expected in report.json, but found " + images.size());
        }
        return images.get(0);
    }

    public String verdict() throws IOException {
        return image().path("verdict").asText();
    }

    /** The first cause, the root; a missing node if there is none. */
    public JsonNode cause() throws IOException {
        return image().path("causes").path(0);
    }

    public boolean hasReport() {
        return Files.exists(folder.resolve("target/bootgate/report.json"));
    }

    /** A file that the report names: {@code log}, {@code timeline}. */
    public String file(String named) throws IOException {
        return read(
                folder.resolve("target/bootgate").resolve(image().path(named).asText()));
    }

    /** Files of the build, its log included, that hold the text. */
    public List<Path> filesWith(String text) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> read(file).contains(text))
                    .map(folder::relativize)
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
