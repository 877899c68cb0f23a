package io.bootgate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bootgate.engine.EngineException;
import io.bootgate.engine.docker.DockerEngine;
import io.bootgate.engine.docker.EngineChoice;
import io.bootgate.engine.docker.Engines;
import io.bootgate.gate.Gate;
import io.bootgate.gate.GateLog;
import io.bootgate.gate.GateRequest;
import io.bootgate.gate.GateResult;
import io.bootgate.image.BuildLog;
import io.bootgate.image.ImageBuilder;
import io.bootgate.image.docker.DockerBuild;
import io.bootgate.image.docker.DockerImageBuilder;
import io.bootgate.image.docker.EngineImages;
import io.bootgate.image.jib.JibBuild;
import io.bootgate.image.jib.JibImageBuilder;
import io.bootgate.image.jib.JibTarget;
import io.bootgate.image.jib.RegistryLogin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One app, whole and broken, built by Docker and by Bootgate itself: the gate says the same of both. */
class SameVerdictIT {
    private static final String BASE = System.getProperty("bootgate.it.base", "bootgate/python:bookworm");
    private static final String SERVES = """
            def app(environ, start_response):
                start_response("200 OK", [("Content-Type", "text/plain")])
                return [b"ok"]
            """;

    @TempDir
    private Path folder;

    private Optional<DockerEngine> engine = Optional.empty();
    private final String name = "bootgate-it/same" + ProcessHandle.current().pid();

    @BeforeEach
    void anEngineWithTheBase() {
        try {
            engine = Optional.of(Engines.find(new EngineChoice(
                    EngineChoice.Kind.AUTO, Optional.ofNullable(System.getProperty("bootgate.it.docker")))));
        } catch (EngineException e) {
            assumeTrue(false, e.getMessage());
        }
        assumeTrue(images().find(BASE).isPresent(), BASE + " is not in the engine");
    }

    @AfterEach
    void nothingIsLeft() {
        for (String tag : List.of("docker", "jib")) {
            if (engine.isPresent() && images().find(name + ":" + tag).isPresent()) {
                engine.get()
                        .connection()
                        .client()
                        .removeImageCmd(name + ":" + tag)
                        .withForce(true)
                        .exec();
            }
        }
        engine.ifPresent(DockerEngine::close);
    }

    @Test
    void whateverTheAppDoes() throws IOException {
        Map<String, String> apps = Map.of(
                "READY",
                SERVES,
                "MISSING_MODULE",
                "import requests\n\n\n" + SERVES,
                "MISSING_ENV",
                "import os\n\nURL = os.environ[\"DATABASE_URL\"]\n\n\n" + SERVES,
                "APP_NOT_FOUND",
                SERVES.replace("def app(", "def application("));
        write("requirements.txt", "gunicorn==23.0.0\n");
        write(
                "Dockerfile",
                "FROM %s\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install --no-cache-dir --break-system-packages -r requirements.txt\nCOPY app.py .\nEXPOSE 8000\nCMD [\"gunicorn\", \"--bind\", \"0.0.0.0:8000\", \"app:app\"]\n"
                        .formatted(BASE));
        for (Map.Entry<String, String> app : apps.entrySet()) {
            write("app.py", app.getValue());

            String docker = said(docker());

            assertThat(docker).startsWith(app.getKey());
            assertThat(said(jib())).isEqualTo(docker);
        }
    }

    private String said(ImageBuilder builder) {
        String tag = builder instanceof JibImageBuilder ? "jib" : "docker";
        GateResult result = new Gate(engine.orElseThrow(), Silence.INSTANCE)
                .run(
                        GateRequest.ofImage("same", name + ":" + tag, List.of(), folder, folder.resolve("target")),
                        builder);
        return result.isReady()
                ? "READY"
                : result.causes().get(0).id() + " "
                        + result.causes().get(0).detail() + " "
                        + result.causes()
                                .get(0)
                                .location()
                                .map(place -> place.path() + ":" + place.line())
                                .orElse("");
    }

    private ImageBuilder docker() {
        return new DockerImageBuilder(
                engine.orElseThrow().connection().client(),
                DockerBuild.of(name + ":docker", folder),
                UnaryOperator.identity());
    }

    private ImageBuilder jib() {
        JibBuild build = new JibBuild(
                name + ":jib",
                folder,
                "docker://" + BASE,
                Path.of(""),
                Optional.empty(),
                Optional.empty(),
                Optional.of("app:app"),
                Optional.empty(),
                OptionalInt.empty(),
                List.of("linux/amd64"),
                List.of(),
                Set.of(),
                Path.of("target/image.tar"),
                "1000:1000",
                "0:0",
                Map.of(),
                List.of(),
                Path.of("target"),
                folder.resolve("target/cache"),
                System.getenv(),
                false);
        return new JibImageBuilder(
                build, JibTarget.ENGINE, Optional.of(images()), RegistryLogin.NONE, UnaryOperator.identity());
    }

    private EngineImages images() {
        return new EngineImages(engine.orElseThrow().connection().client());
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    /** The verdicts are all that is wanted. */
    private enum Silence implements GateLog, BuildLog {
        INSTANCE;

        @Override
        public BuildLog build() {
            return this;
        }

        @Override
        public void step(String text) {}

        @Override
        public void output(String line) {}

        @Override
        public void info(String text) {}

        @Override
        public void warn(String text) {}

        @Override
        public void debug(String text) {}
    }
}
