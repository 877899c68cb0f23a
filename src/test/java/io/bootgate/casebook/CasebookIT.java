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
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The gate tells the truth about every container of the casebook. Prints the table of verdicts;
 * {@code -Dbootgate.casebook=REGEX} picks cases by name.
 */
class CasebookIT {
    private static final Pattern PICKED = Pattern.compile(System.getProperty("bootgate.casebook", ""));
    private static final String PYTHON = System.getProperty("bootgate.it.base", "bootgate/python:bookworm");

    @Test
    void everyVerdictAndEveryCauseIsRightOnDocker() {
        List<Reading> readings = read(
                new EngineChoice(EngineChoice.Kind.DOCKER, Optional.empty()),
                Casebook.ALL,
                Path.of("target", "casebook", "docker"));

        assertThat(readings).allMatch(Reading::isRight);
    }

    @Test
    void theVerdictsAreTheSameOnPodman() {
        String url = System.getProperty("bootgate.it.podman", "");
        assumeTrue(!url.isEmpty(), "-Dbootgate.it.podman is the URL of a Podman service");

        List<Reading> readings = read(
                new EngineChoice(EngineChoice.Kind.PODMAN, Optional.of(url)),
                Casebook.ALL.stream().filter(Case::isOnPodman).toList(),
                Path.of("target", "casebook", "podman"));

        assertThat(readings).allMatch(Reading::isRight);
    }

    private static List<Reading> read(EngineChoice choice, List<Case> cases, Path output) {
        try (DockerEngine engine = Engines.find(choice)) {
            List<Case> picked = cases.stream()
                    .filter(one -> PICKED.matcher(one.name()).find())
                    .toList();
            List<Reading> readings = new CasebookRun(engine, PYTHON, output).of(picked);
            System.out.println(Reading.table(readings));
            return readings;
        } catch (EngineException e) {
            assumeTrue(false, e.getMessage());
            return List.of();
        }
    }
}
