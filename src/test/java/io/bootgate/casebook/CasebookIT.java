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
 * {@code -Dbootgate.casebook=REGEX} picks cases of the whole book by name ({@code .*} is all of them, some ten minutes on each engine);
 * without it an everyday part is booted.
 */
class CasebookIT {
    private static final String CASES = System.getProperty("bootgate.casebook", "");
    private static final String PYTHON = System.getProperty("bootgate.it.base", "bootgate/python:bookworm");

    @Test
    void everyVerdictAndEveryCauseIsRightOnDocker() {
        List<Reading> readings = read(
                new EngineChoice(EngineChoice.Kind.DOCKER, Optional.empty()),
                CASES.isEmpty() ? Casebook.everyday() : Casebook.ALL,
                Path.of("target", "casebook", "docker"));

        assertTruthful(readings);
    }

    @Test
    void theVerdictsAreTheSameOnPodman() {
        String url = System.getProperty("bootgate.it.podman", "");
        assumeTrue(!url.isEmpty(), "-Dbootgate.it.podman is the URL of a Podman service");

        List<Reading> readings = read(
                new EngineChoice(EngineChoice.Kind.PODMAN, Optional.of(url)),
                CASES.isEmpty() ? Casebook.ALL.stream().filter(Case::isOnPodman).toList() : Casebook.ALL,
                Path.of("target", "casebook", "podman"));

        assertTruthful(readings);
    }

    /** No false green, no false red, and the right cause in at least 95 of 100. */
    private static void assertTruthful(List<Reading> readings) {
        assertThat(readings).allMatch(Reading::isVerdictRight);
        List<Reading> broken =
                readings.stream().filter(reading -> !reading.one().isHealthy()).toList();
        assertThat(broken.stream().filter(reading -> !reading.isRight()).toList())
                .hasSizeLessThanOrEqualTo(broken.size() / 20);
    }

    private static List<Reading> read(EngineChoice choice, List<Case> cases, Path output) {
        try (DockerEngine engine = Engines.find(choice)) {
            List<Case> picked = cases.stream()
                    .filter(one -> Pattern.compile(CASES).matcher(one.name()).find())
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
