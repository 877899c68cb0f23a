package io.bootgate.engine.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.AuthConfigurations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Logins that are written into {@code ~/.docker/config.json} itself; credential helpers are not asked. */
final class RegistryLogins {
    private static final String DOCKER_HUB = "https://index.docker.io/v1/";

    private final Map<String, AuthConfig> byRegistry;

    private RegistryLogins(Map<String, AuthConfig> byRegistry) {
        this.byRegistry = byRegistry;
    }

    static RegistryLogins none() {
        return new RegistryLogins(Map.of());
    }

    /** A file that is absent or cannot be read has no logins: whoever needs one hears it from the registry. */
    static RegistryLogins in(Path dockerConfig) {
        Map<String, AuthConfig> found = new LinkedHashMap<>();
        try {
            JsonNode auths =
                    Answers.JSON.readTree(Files.readAllBytes(dockerConfig)).path("auths");
            auths.properties()
                    .forEach(entry -> login(entry.getKey(), entry.getValue())
                            .ifPresent(login -> found.put(registry(entry.getKey()), login)));
        } catch (IOException | IllegalArgumentException e) {
            return new RegistryLogins(found);
        }
        return new RegistryLogins(found);
    }

    private static Optional<AuthConfig> login(String registry, JsonNode entry) {
        AuthConfig login = new AuthConfig().withRegistryAddress(registry);
        if (entry.path("identitytoken").isTextual()) {
            return Optional.of(
                    login.withIdentityToken(entry.path("identitytoken").asText()));
        }
        String pair = new String(Base64.getDecoder().decode(entry.path("auth").asText()), StandardCharsets.UTF_8);
        int colon = pair.indexOf(':');
        if (colon <= 0) {
            return Optional.empty();
        }
        return Optional.of(login.withUsername(pair.substring(0, colon)).withPassword(pair.substring(colon + 1)));
    }

    /** The login for the registry that an image reference names. */
    Optional<AuthConfig> of(String reference) {
        int slash = reference.indexOf('/');
        String first = slash < 0 ? "" : reference.substring(0, slash);
        boolean host = first.contains(".") || first.contains(":") || first.equals("localhost");
        return Optional.ofNullable(byRegistry.get(registry(host ? first : DOCKER_HUB)));
    }

    AuthConfigurations all() {
        AuthConfigurations all = new AuthConfigurations();
        byRegistry.values().forEach(all::addConfig);
        return all;
    }

    private static String registry(String address) {
        String host = address.replaceFirst("^https?://", "").replaceFirst("/.*$", "");
        return host.equals("docker.io") || host.equals("registry-1.docker.io") ? "index.docker.io" : host;
    }
}
