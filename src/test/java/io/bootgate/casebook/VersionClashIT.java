package io.bootgate.casebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bootgate.engine.EngineException;
import io.bootgate.engine.docker.DockerEngine;
import io.bootgate.engine.docker.EngineChoice;
import io.bootgate.engine.docker.Engines;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which versions clash is read out of the image that failed, whatever of it is left. */
class VersionClashIT {
    private static final String PYTHON = System.getProperty("bootgate.it.base", "bootgate/python:bookworm");

    @Test
    void bothVersionsAreNamedOnDocker() {
        assertNamed(new EngineChoice(EngineChoice.Kind.DOCKER, Optional.empty()));
    }

    @Test
    void bothVersionsAreNamedOnPodman() {
        String url = System.getProperty("bootgate.it.podman", "");
        assumeTrue(!url.isEmpty(), "-Dbootgate.it.podman is the URL of a Podman service");
        assertNamed(new EngineChoice(EngineChoice.Kind.PODMAN, Optional.of(url)));
    }

    private static void assertNamed(EngineChoice choice) {
        List<Case> clash = Casebook.ALL.stream()
                .filter(one -> one.name().equals("conflict-flask-2-with-werkzeug-3"))
                .toList();
        try (DockerEngine engine = Engines.find(choice)) {
            List<Reading> readings = new CasebookRun(engine, PYTHON, Path.of("target", "casebook", "clash")).of(clash);
            assertThat(readings)
                    .singleElement()
                    .satisfies(reading -> assertThat(reading.detail())
                            .matches(
                                    "Flask 2\\.2\\.0 does not work with Werkzeug 3\\.\\d+(?:\\.\\d+)?, .*url_quote.*"));
        } catch (EngineException e) {
            assumeTrue(false, e.getMessage());
        }
    }
}
