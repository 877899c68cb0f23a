package io.bootgate.image.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bootgate.image.BuildLog;
import io.bootgate.image.BuildOutcome;
import io.bootgate.image.BuildOutcome.Failed;
import io.bootgate.image.ImageBuildException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerImageBuilderTest {
    private static final BuildLog SILENT = new BuildLog() {
        @Override
        public void step(String text) {}

        @Override
        public void output(String line) {}
    };

    @TempDir
    Path folder;

    @Test
    void saysWhereItLookedForADockerfileAndWhichThereAre() throws IOException {
        write("docker/web.Dockerfile", "");
        write("services/api/Dockerfile.prod", "");
        write("Dockerfile.dockerignore", "");
        write("target/Dockerfile", "");

        assertThatThrownBy(() -> build(new CannedEngine(200, "", false)))
                .isInstanceOf(ImageBuildException.class)
                .hasMessage("There is no Dockerfile at " + folder.resolve("Dockerfile")
                        + ". Found nearby: docker/web.Dockerfile, services/api/Dockerfile.prod. Set <docker><dockerfile> to"
                        + " its path, or <builder>none</builder> to boot an image that is built elsewhere.");
    }

    @Test
    void saysThatTheContextIsNoFolder() throws IOException {
        write("Dockerfile", "FROM python\n");
        DockerBuild build = new DockerBuild(
                "acme/web:1",
                folder,
                Path.of("Dockerfile"),
                Path.of("service"),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                false,
                false);

        assertThatThrownBy(() -> build(new CannedEngine(200, "", false), build))
                .isInstanceOf(ImageBuildException.class)
                .hasMessage("The build context " + folder.resolve("service")
                        + " is not a folder. Set <docker><context> to the"
                        + " folder that the Dockerfile copies from.");
    }

    @Test
    void namesTheLineOfTheIgnoreFileThatIsNoPattern() throws IOException {
        write("Dockerfile", "FROM python\n");
        write(".dockerignore", "*.log\n[a-\n");

        assertThatThrownBy(() -> build(new CannedEngine(200, "", false)))
                .isInstanceOf(ImageBuildException.class)
                .hasMessageContaining(".dockerignore: line 2: '[a-' is not a pattern");
    }

    @Test
    void aDiskThatIsFullIsTheEnginesFault() throws IOException {
        write("Dockerfile", "FROM python\nCOPY . /app\n");

        assertThatThrownBy(() -> build(new CannedEngine(200, """
                        {"stream":"Step 1/2 : FROM python"}
                        {"stream":"\\n"}
                        {"stream":"Step 2/2 : COPY . /app"}
                        {"stream":"\\n"}
                        {"errorDetail":{"message":"failed to copy files: copy file range failed: no space left on device"},"error":"failed to copy files: copy file range failed: no space left on device"}
                        """, false)))
                .isInstanceOf(ImageBuildException.class)
                .hasMessage(
                        "The disk of the engine is full: building acme/web:1 ended with \"failed to copy files: copy file"
                                + " range failed: no space left on device\". Free space on the engine's machine, and build again.");
    }

    @Test
    void aDiskThatIsFullBeforeTheFirstStepIsTheEnginesFaultToo() throws IOException {
        write("Dockerfile", "FROM python\n");

        assertThatThrownBy(() -> build(new CannedEngine(
                        500,
                        "{\"message\":\"Error processing tar file(exit status 1): write /app/big: no space left on device\"}",
                        false)))
                .isInstanceOf(ImageBuildException.class)
                .hasMessageContaining("The disk of the engine is full");
    }

    @Test
    void aCommandThatFillsTheDiskIsNoFaultOfTheDockerfile() throws IOException {
        write("Dockerfile", "FROM python\nRUN pip install torch\n");

        assertThatThrownBy(() -> build(new CannedEngine(200, """
                        {"stream":"Step 1/2 : FROM python"}
                        {"stream":"\\n"}
                        {"stream":"Step 2/2 : RUN pip install torch"}
                        {"stream":"\\n"}
                        {"stream":"ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\\n"}
                        {"errorDetail":{"code":1,"message":"The command '/bin/sh -c pip install torch' returned a non-zero code: 1"},"error":"x"}
                        """, false)))
                .isInstanceOf(ImageBuildException.class)
                .hasMessageContaining("The disk of the engine is full")
                .hasMessageContaining("[Errno 28]");
    }

    @Test
    void anEngineThatGoesAwayIsToldWithTheStepThatRan() throws IOException {
        write("Dockerfile", "FROM python\n\nRUN pip install torch\n");

        assertThatThrownBy(() -> build(new CannedEngine(200, """
                        {"stream":"Step 1/2 : FROM python"}
                        {"stream":"\\n"}
                        {"stream":"Step 2/2 : RUN pip install torch"}
                        {"stream":"\\n"}
                        """, true)))
                .isInstanceOf(ImageBuildException.class)
                .hasMessage(
                        "Lost the engine while building acme/web:1 (at line 3 of the Dockerfile): Connection reset by"
                                + " peer. Check that it still runs, and build again.");
    }

    @Test
    void anAnswerWithoutAnEndIsNoSuccess() throws IOException {
        write("Dockerfile", "FROM python\n");

        assertThatThrownBy(() -> build(new CannedEngine(200, "{\"stream\":\"Step 1/1 : FROM python\"}", false)))
                .isInstanceOf(ImageBuildException.class)
                .hasMessageContaining("it ended the build without a result");
    }

    @Test
    void aFileThatVanishesWhileItIsSentIsNamed() throws IOException {
        write("Dockerfile", "FROM python\n");
        write("data/big.bin", "x");
        BuildContext context = BuildContext.of(folder, folder.resolve("Dockerfile"));

        try (var archive = context.archive()) {
            Files.delete(folder.resolve("data/big.bin"));

            assertThatThrownBy(archive::readAllBytes)
                    .isInstanceOf(ImageBuildException.class)
                    .hasMessage("Cannot read the build context: " + folder.resolve("data/big.bin")
                            + ": it vanished while it was read. Make it readable, or leave it out with a line in"
                            + " .dockerignore.");
        }
    }

    @Test
    void aLoginThatTheRegistryWantsIsNamed() throws IOException {
        write("Dockerfile", "FROM acme/private:1\n");

        Failed failed = (Failed) build(new CannedEngine(200, """
                {"stream":"Step 1/1 : FROM acme/private:1"}
                {"stream":"\\n"}
                {"errorDetail":{"message":"pull access denied for acme/private, repository does not exist or may require 'docker login': denied: requested access to the resource is denied"},"error":"x"}
                """, false));

        assertThat(failed.line()).isEqualTo(OptionalInt.of(1));
        assertThat(failed.reason())
                .isEqualTo("The base image acme/private:1 does not exist, or its registry wants a login.");
    }

    private BuildOutcome build(CannedEngine engine) {
        return build(engine, DockerBuild.of("acme/web:1", folder));
    }

    private static BuildOutcome build(CannedEngine engine, DockerBuild build) {
        return new DockerImageBuilder(RealEngine.client(engine), build, UnaryOperator.identity()).build(SILENT);
    }

    private void write(String path, String text) throws IOException {
        Files.createDirectories(folder.resolve(path).getParent());
        Files.writeString(folder.resolve(path), text);
    }
}
