package io.bootgate.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bootgate.autopsy.Examination;
import io.bootgate.deployment.DeployedContainer;
import io.bootgate.deployment.Deployment;
import io.bootgate.deployment.SourceFiles;
import io.bootgate.deployment.format.Descriptor;
import io.bootgate.engine.ContainerSpec;
import io.bootgate.engine.EngineException;
import io.bootgate.engine.docker.DockerEngine;
import io.bootgate.engine.docker.EngineChoice;
import io.bootgate.engine.docker.EngineChoice.Kind;
import io.bootgate.engine.docker.Engines;
import io.bootgate.image.BuildLog;
import io.bootgate.it.TestEngine;
import io.bootgate.judge.Policy;
import io.bootgate.report.TimelineFile;
import io.bootgate.watch.ProbePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Groups of containers on real engines, healthy ones and ones that break a rule of their platform each. */
class GroupBootsIT {
    private static final String BASE = System.getProperty("bootgate.it.base", "bootgate/python:bookworm");

    /** Cases by the descriptor's name: what is to come of each, as the root cause with a word of its detail. */
    private static final Map<String, String> CASES = new TreeMap<>(Map.ofEntries(
            Map.entry("aci-healthy.yaml", "READY"),
            Map.entry("aci-port-collision.yaml", "PORT_COLLISION beside"),
            Map.entry("aci-init-fails.yaml", "ENTRYPOINT_FAILED migrate"),
            Map.entry("aci-volume-hides.yaml", "VOLUME_HIDES_APP /usr/share/python3"),
            Map.entry("k8s-healthy.yaml", "READY"),
            Map.entry("k8s-liveness-path.yaml", "PROBE_WOULD_FAIL status 404"),
            Map.entry("k8s-liveness-too-early.yaml", "PROBE_WOULD_FAIL after 1.0 s"),
            Map.entry("k8s-sidecar-dies.yaml", "MISSING_ENV worker"),
            Map.entry("compose-healthy.yaml", "READY"),
            Map.entry("compose-migration-fails.yaml", "MISSING_MODULE migrate")));

    @Test
    void everyGroupIsJudgedAsItsPlatformWouldOnDocker() throws IOException {
        assertTruthful(new EngineChoice(Kind.DOCKER, Optional.empty()), null);
    }

    @Test
    void andOnPodman() throws IOException {
        String url = System.getProperty("bootgate.it.podman", "");
        assumeTrue(!url.isEmpty(), "-Dbootgate.it.podman is the URL of a Podman service");
        assertTruthful(new EngineChoice(Kind.PODMAN, Optional.of(url)), url);
    }

    private void assertTruthful(EngineChoice choice, @Nullable String url) throws IOException {
        String only = System.getProperty("bootgate.groups", "");
        try (DockerEngine engine = Engines.find(choice)) {
            Map<String, CompletableFuture<String>> booting = CASES.keySet().stream()
                    .filter(name -> name.contains(only))
                    .collect(Collectors.toMap(
                            Function.identity(), name -> CompletableFuture.supplyAsync(() -> said(engine, name))));
            Map<String, String> said = new TreeMap<>();
            booting.forEach((name, outcome) -> said.put(name, outcome.join()));
            said.forEach((name, outcome) -> System.out.println(name + ": " + outcome));
            assertThat(said)
                    .allSatisfy((name, outcome) -> assertThat(outcome)
                            .as(name)
                            .startsWith(expected(name).replaceFirst(" .*", ""))
                            .contains(expected(name).replaceFirst("^\\S+ ?", "")));
        } catch (EngineException e) {
            assumeTrue(false, e.getMessage());
        }
        try (TestEngine left = new TestEngine(url)) {
            assertThat(left.containersOf("group-it")).isEmpty();
            assertThat(left.networksAndVolumesOf("group-it")).isEmpty();
        }
    }

    private static String expected(String name) {
        return CASES.getOrDefault(name, "a case of that name");
    }

    private String said(DockerEngine engine, String name) {
        String text = text(name).replace("BASE", BASE);
        SourceFiles files = path -> path.equals(name) ? Optional.of(text) : Optional.empty();
        Deployment deployment = Descriptor.read(name, files, Optional.empty(), Optional.empty());
        DeployedContainer own = deployment.containers().stream()
                .filter(one -> one.name().equals("web"))
                .findFirst()
                .orElseThrow();
        DeployedService service = new DeployedService(deployment, deployment, own, Set.of());
        ContainerSpec parameters = ContainerSpec.of(BASE).withName("group-it").withEnv(service.known(own));
        GateRequest request = new GateRequest(
                "group-it",
                service.under(parameters),
                OptionalInt.empty(),
                Optional.empty(),
                ProbePlan.DEFAULT,
                new Policy(Duration.ofSeconds(60), Duration.ofMillis(1500), 100, 499, true),
                Set.of(),
                Set.of(),
                Path.of("target/groups").toAbsolutePath(),
                Path.of("target/groups", engine.info().name().substring(0, 6), name)
                        .toAbsolutePath(),
                Optional.of(service),
                Examination.NONE,
                Optional.empty());
        GateResult result = new Gate(engine, Silence.INSTANCE).run(request);
        try {
            TimelineFile.write(request.outputDirectory().resolve("timeline.jsonl"), result.timeline());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return result.isReady()
                ? "READY " + result.warnings()
                : result.causes().stream()
                        .map(cause -> cause.id() + " " + cause.detail())
                        .collect(Collectors.joining(" | "));
    }

    private static String text(String name) {
        try {
            return Files.readString(Path.of("src/test/resources/groups", name));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

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
