package io.bootgate.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.exception.NotFoundException;
import io.bootgate.engine.Container;
import io.bootgate.engine.ContainerEngine;
import io.bootgate.engine.EngineContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract, and what is special to the adapter over docker-java. */
abstract class DockerJavaContract extends EngineContract {
    @Override
    protected abstract DockerEngine engine();

    @Override
    protected ContainerEngine another() {
        return Engines.find(new EngineChoice(
                EngineChoice.Kind.AUTO, Optional.of(engine().info().address())));
    }

    @Override
    protected boolean exists(String id) {
        try {
            engine().connection().client().inspectContainerCmd(id).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    @Override
    protected void killFromOutside(String id) {
        engine().connection().client().killContainerCmd(id).exec();
    }

    @Test
    void aSessionThatIsInterruptedRemovesItsContainers() throws Exception {
        try (OtherSession other = OtherSession.start(engine().info().address(), BASE)) {
            assertThat(exists(other.containerId())).isTrue();

            other.interrupt();

            assertThat(exists(other.containerId())).isFalse();
        }
    }

    @Test
    void sweepsAfterASessionThatWasKilledAndSparesThoseThatLive() throws Exception {
        Container mine = shell("sleep 60");
        mine.start();
        try (OtherSession dead = OtherSession.start(engine().info().address(), BASE);
                OtherSession alive = OtherSession.start(engine().info().address(), BASE)) {
            dead.kill();
            assertThat(exists(dead.containerId())).isTrue();

            assertThat(engine().sweep()).isPositive();

            assertThat(exists(dead.containerId())).isFalse();
            assertThat(exists(alive.containerId())).isTrue();
            assertThat(mine.state().running()).isTrue();
            alive.interrupt();
        }
    }

    @Test
    void knowsTheHealthcheckOfAnImage(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("Dockerfile"), "FROM " + BASE + "\nHEALTHCHECK CMD exit 1\n");
        String tag = "bootgate-it/healthcheck:1";
        engine().connection()
                .client()
                .buildImageCmd(folder.toFile())
                .withTags(Set.of(tag))
                .start()
                .awaitImageId();

        assertThat(engine().image(tag).orElseThrow().healthcheck()).containsExactly("CMD-SHELL", "exit 1");
        assertThat(engine().image(BASE).orElseThrow().healthcheck()).isEmpty();
    }

    @Test
    void labelsSayWhoMadeAContainer() {
        Container container = shell("true");

        Map<String, String> labels = engine().connection()
                .client()
                .inspectContainerCmd(container.id())
                .exec()
                .getConfig()
                .getLabels();

        assertThat(labels)
                .containsEntry(
                        "io.bootgate.pid", Long.toString(ProcessHandle.current().pid()))
                .containsKeys("io.bootgate.session", "io.bootgate.created", "io.bootgate.host");
    }

    @Test
    void publishesOnLoopbackOnlyAndRestrictsMemoryWithoutSwap() {
        Container container =
                create(spec().with(List.of("sleep", "60")).port(8123).memory(64 * 1024 * 1024));

        var host = engine().connection()
                .client()
                .inspectContainerCmd(container.id())
                .exec()
                .getHostConfig();

        assertThat(host.getPortBindings()
                        .getBindings()
                        .values()
                        .iterator()
                        .next()[0]
                        .getHostIp())
                .isEqualTo("127.0.0.1");
        assertThat(host.getMemory()).isEqualTo(64 * 1024 * 1024);
    }
}
