package io.bootgate.engine.docker;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A context of Docker's client.
 *
 * @param certificates empty if it has none
 */
record DockerContext(String host, Optional<Path> certificates) {

    /** The name of the context that the settings choose; empty for the default one, which is no place of its own. */
    static Optional<String> current(Path dockerConfig) {
        try {
            JsonNode name = Answers.JSON
                    .readTree(Files.readAllBytes(dockerConfig.resolve("config.json")))
                    .path("currentContext");
            return Optional.of(name.asText("")).filter(text -> !text.isEmpty() && !text.equals("default"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static DockerContext named(String name, Path dockerConfig) throws Unreachable {
        Path contexts = dockerConfig.resolve("contexts");
        Path meta = contexts.resolve("meta").resolve(digest(name)).resolve("meta.json");
        try {
            String host = Answers.JSON
                    .readTree(Files.readAllBytes(meta))
                    .path("Endpoints")
                    .path("docker")
                    .path("Host")
                    .asText("");
            if (host.isEmpty()) {
                throw new Unreachable("the context names no host (" + meta + ")");
            }
            Path tls = contexts.resolve("tls").resolve(digest(name)).resolve("docker");
            return new DockerContext(host, Optional.of(tls).filter(folder -> Files.exists(folder.resolve("ca.pem"))));
        } catch (IOException e) {
            throw new Unreachable("there is no such context (docker context ls)", e);
        }
    }

    /** Docker names a context's folders by the SHA-256 of its name. */
    static String digest(String name) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(name.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
