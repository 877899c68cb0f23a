package io.bootgate.goal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bootgate.image.BuildOutcome.Built;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * The image that a goal made or gated, as others get to know it: {@code image.json} and the project's properties.
 *
 * @param name of the service
 * @param digest of its manifest in a registry
 * @param builder docker, jib, none, ...
 * @param pushed whether this run brought it to its registry
 * @param inputs digest of what it was built from
 */
record BuiltImage(
        String name,
        String reference,
        Optional<String> id,
        Optional<String> digest,
        String builder,
        boolean pushed,
        Optional<String> inputs) {
    static final String FILE = "image.json";

    private static final String PREFIX = "bootgate.image.";
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    static BuiltImage of(String name, Built built, boolean pushed, Optional<String> inputs) {
        return new BuiltImage(
                name, built.reference(), Optional.of(built.id()), built.digest(), built.builder(), pushed, inputs);
    }

    BuiltImage pushedAs(Optional<String> told) {
        return new BuiltImage(name, reference, id, told.or(() -> digest), builder, true, inputs);
    }

    BuiltImage from(Optional<String> told) {
        return new BuiltImage(name, reference, id, digest, builder, pushed, told);
    }

    /** What an earlier run wrote; empty if it is not there, or is not of this form. */
    static Optional<BuiltImage> read(Path folder) {
        try {
            JsonNode json = JSON.readTree(folder.resolve(FILE).toFile());
            return json.path("schema").asInt() == 1
                    ? Optional.of(new BuiltImage(
                            json.path("name").asText(),
                            json.path("reference").asText(),
                            text(json.path("id")),
                            text(json.path("digest")),
                            json.path("builder").asText(),
                            json.path("pushed").asBoolean(),
                            text(json.path("inputs"))))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonNode node) {
        return node.isTextual() ? Optional.of(node.asText()) : Optional.empty();
    }

    void write(Path folder, String version) {
        ObjectNode json = JSON.createObjectNode();
        json.put("schema", 1);
        json.putObject("generator").put("name", "bootgate").put("version", version);
        json.put("name", name)
                .put("reference", reference)
                .put("id", id.orElse(null))
                .put("digest", digest.orElse(null))
                .put("builder", builder)
                .put("pushed", pushed)
                .put("inputs", inputs.orElse(null));
        Path file = folder.resolve(FILE);
        try {
            Files.writeString(file, JSON.writeValueAsString(json) + "\n", StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be written".formatted(file), e);
        }
    }

    /** As {@code bootgate.image.reference}, {@code .id} and {@code .digest}; what is not known is not set. */
    void publish(Properties properties) {
        properties.setProperty(PREFIX + "reference", reference);
        set(properties, "id", id);
        set(properties, "digest", digest);
    }

    private static void set(Properties properties, String key, Optional<String> value) {
        value.ifPresentOrElse(
                text -> properties.setProperty(PREFIX + key, text), () -> properties.remove(PREFIX + key));
    }
}
