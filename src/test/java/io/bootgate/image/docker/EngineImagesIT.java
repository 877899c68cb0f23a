package io.bootgate.image.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.transport.DockerHttpClient;
import io.bootgate.image.ImageBuildException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineImagesIT {
    private static final String BASE = System.getProperty("bootgate.it.base", "bootgate/python:bookworm");

    @TempDir
    private Path folder;

    private Optional<DockerHttpClient> http = Optional.empty();

    @AfterEach
    void close() throws IOException {
        if (http.isPresent()) {
            http.get().close();
        }
    }

    @Test
    void whatTheEngineRefusesToLoadIsTold() {
        EngineImages images = images();

        assertThatThrownBy(() -> images.load(out -> out.write("no archive".getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(ImageBuildException.class)
                .hasMessageStartingWith("The engine did not take the image: ");
    }

    @Test
    void anImageIsFoundAndSavedUnderItsName() throws IOException {
        EngineImages images = images();
        assumeTrue(images.find(BASE).isPresent(), BASE + " is not in the engine");

        Path archive = folder.resolve("base.tar");
        images.save(BASE, archive);

        assertThat(images.find(BASE).orElseThrow().id()).matches("sha256:[0-9a-f]{64}");
        assertThat(Files.size(archive)).isGreaterThan(1_000_000);
        assertThat(images.find("bootgate/absent:nope")).isEmpty();
    }

    private EngineImages images() {
        http = RealEngine.docker();
        assumeTrue(http.isPresent(), "no Docker Engine");
        DockerClient client = RealEngine.client(http.orElseThrow());
        return new EngineImages(client);
    }
}
