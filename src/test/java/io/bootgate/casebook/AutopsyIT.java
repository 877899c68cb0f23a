package io.bootgate.casebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bootgate.autopsy.Examination;
import io.bootgate.casebook.AutopsyCases.Planted;
import io.bootgate.engine.EngineException;
import io.bootgate.engine.docker.DockerEngine;
import io.bootgate.engine.docker.EngineChoice;
import io.bootgate.engine.docker.Engines;
import io.bootgate.gate.GateResult;
import io.bootgate.rule.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every fault of a service is named in one run; {@code -Dbootgate.autopsy.cases=REGEX} picks cases by name. */
class AutopsyIT {
    private static final String PICKED = System.getProperty("bootgate.autopsy.cases", "");
    /** Long enough for a machine that is busy: no time decides what is found. */
    private static final Examination EXAMINATION = new Examination(true, false, Duration.ofMinutes(2));

    private static final Path OUTPUT = Path.of("target", "autopsy");
    private static final String PYTHON = System.getProperty("bootgate.it.base", "bootgate/python:bookworm");

    @Test
    void allFaultsAreNamedInOneRunOnDocker() throws IOException {
        assertNamed(examined(new EngineChoice(EngineChoice.Kind.DOCKER, Optional.empty()), AutopsyCases.ALL));
        assertNoLoopIsWaitedFor();
    }

    @Test
    void soTheyAreOnPodman() {
        String url = System.getProperty("bootgate.it.podman", "");
        assumeTrue(!url.isEmpty(), "-Dbootgate.it.podman is the URL of a Podman service");
        List<Planted> some = PICKED.isEmpty()
                ? AutopsyCases.ALL.stream()
                        .filter(planted -> planted.one().name().matches("preload-.*|exits-.*"))
                        .toList()
                : AutopsyCases.ALL;

        assertNamed(examined(new EngineChoice(EngineChoice.Kind.PODMAN, Optional.of(url)), some));
    }

    /** One that crashes or is killed again and again is not watched until the time is up. */
    private static void assertNoLoopIsWaitedFor() throws IOException {
        for (String name : List.of("a-crash-and-where", "workers-killed-for-memory-and-where")) {
            Path log = OUTPUT.resolve(name).resolve(name + ".autopsy.log");
            if (Files.exists(log)) {
                assertThat(Files.readAllLines(log).stream().filter(line -> line.contains("Booting worker")))
                        .as(name)
                        .hasSizeLessThan(100);
            }
        }
    }

    private static void assertNamed(Map<Planted, GateResult> results) {
        List<String> unnamed = new ArrayList<>();
        results.forEach((planted, result) -> {
            System.out.println(planted.one().name() + ": " + result.verdict());
            result.causes().forEach(cause -> System.out.println("    " + told(cause)));
            result.warnings().forEach(warning -> System.out.println("    " + warning));
            planted.faults().stream()
                    .filter(fault -> result.causes().stream().noneMatch(cause -> names(cause, fault)))
                    .forEach(fault -> unnamed.add(planted.one().name() + " " + fault));
            assertThat(result.isReady()).isFalse();
        });
        assertThat(unnamed).isEmpty();
    }

    private static boolean names(Finding cause, String fault) {
        String[] parts = fault.split("\\|", -1);
        return cause.id().equals(parts[0])
                && told(cause).toLowerCase(java.util.Locale.ROOT).contains(parts[1].toLowerCase(java.util.Locale.ROOT))
                && place(cause).equals(parts[2]);
    }

    private static String place(Finding cause) {
        return cause.location()
                .flatMap(place ->
                        place.inImage().map(path -> path + ":" + place.line().orElse(0)))
                .orElse("");
    }

    private static String told(Finding cause) {
        return "%s [%s] %s | %s".formatted(cause.id(), place(cause), cause.detail(), cause.confirmed());
    }

    private static Map<Planted, GateResult> examined(EngineChoice choice, List<Planted> cases) {
        try (DockerEngine engine = Engines.find(choice)) {
            Map<String, Planted> picked = cases.stream()
                    .filter(planted -> Pattern.compile(PICKED)
                            .matcher(planted.one().name())
                            .find())
                    .collect(Collectors.toMap(planted -> planted.one().name(), Function.identity()));
            CasebookRun run = new CasebookRun(engine, PYTHON, OUTPUT);
            return run.results(picked.values().stream().map(Planted::one).toList(), EXAMINATION).stream()
                    .collect(Collectors.toMap(
                            result -> java.util.Objects.requireNonNull(picked.get(result.name())),
                            Function.identity()));
        } catch (EngineException e) {
            assumeTrue(false, e.getMessage());
            return Map.of();
        }
    }
}
