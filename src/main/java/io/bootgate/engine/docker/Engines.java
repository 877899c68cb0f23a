package io.bootgate.engine.docker;

import io.bootgate.engine.EngineException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Finds an engine and opens it. */
public final class Engines {
    private Engines() {}

    /** The engine to use, open; whoever asked for it closes it. */
    public static DockerEngine find(EngineChoice choice) {
        String host = choice.host()
                .or(() -> Optional.ofNullable(System.getenv("DOCKER_HOST")))
                .orElse("unix:///var/run/docker.sock");
        EngineAddress address = new EngineAddress(URI.create(host), Optional.empty(), host);
        Path logins = Path.of(System.getProperty("user.home"), ".docker", "config.json");
        try {
            return new DockerEngine(EngineConnection.open(address, RegistryLogins.in(logins)), () -> {});
        } catch (Unreachable e) {
            throw new EngineException("No container engine at " + address.shown() + ": " + e.why() + ".", e);
        }
    }
}
