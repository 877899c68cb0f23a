package io.bootgate.engine.docker;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bootgate.engine.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on Podman: on the service that {@code bootgate.it.podman} names, else on one that is found or started. */
class PodmanEngineIT extends DockerJavaContract {
    private static @Nullable DockerEngine engine;

    @BeforeAll
    static void open() throws IOException {
        Optional<String> host =
                Optional.ofNullable(System.getProperty("bootgate.it.podman")).filter(text -> !text.isBlank());
        try {
            engine = Engines.find(new EngineChoice(EngineChoice.Kind.PODMAN, host));
        } catch (EngineException e) {
            assumeTrue(false, "no Podman here: " + e.getMessage());
        }
        bringBaseImage(Objects.requireNonNull(engine));
    }

    /** The scripts build the base image in Docker: Podman gets a copy. */
    private static void bringBaseImage(DockerEngine podman) throws IOException {
        if (podman.image(BASE).isPresent()) {
            return;
        }
        try (DockerEngine docker = Engines.find(new EngineChoice(EngineChoice.Kind.DOCKER, Optional.empty()));
                InputStream image =
                        docker.connection().client().saveImageCmd(BASE).exec()) {
            podman.connection().client().loadImageCmd(image).exec();
        } catch (EngineException e) {
            assumeTrue(false, "Podman has no image " + BASE + ", and there is no Docker to copy it from");
        }
    }

    @AfterAll
    static void close() {
        if (engine != null) {
            engine.close();
        }
    }

    @Override
    protected DockerEngine engine() {
        return Objects.requireNonNull(engine);
    }
}
