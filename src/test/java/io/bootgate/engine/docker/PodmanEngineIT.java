package io.bootgate.engine.docker;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bootgate.engine.Container;
import io.bootgate.engine.EngineException;
import io.bootgate.engine.HostPortTakenException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

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

    /** Podman picks the port when the container is created, and opens it when it is started. */
    @Test
    void saysThatTheHostPortWasTakenBeforeTheStart() throws IOException {
        Container container = create(spec().with(List.of("sleep", "60")).port(8123));
        InetSocketAddress picked =
                Objects.requireNonNull(container.publishedPorts().get(8123));

        try (ServerSocket other = new ServerSocket()) {
            other.bind(picked);

            assertThatThrownBy(container::start).isInstanceOf(HostPortTakenException.class);
        }
    }

    @Override
    protected DockerEngine engine() {
        return Objects.requireNonNull(engine);
    }
}
