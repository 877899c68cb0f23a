package io.bootgate.casebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bootgate.autopsy.Examination;
import io.bootgate.engine.ContainerSpec;
import io.bootgate.engine.docker.DockerEngine;
import io.bootgate.engine.docker.EngineChoice;
import io.bootgate.engine.docker.Engines;
import io.bootgate.gate.Gate;
import io.bootgate.gate.GateRequest;
import io.bootgate.gate.GateResult;
import io.bootgate.judge.Policy;
import io.bootgate.rule.Finding;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Memory and processors of real containers: what is measured, what is found by booting again, what is advised. */
class ResourcesIT {
    private static final long MIB = 1L << 20;
    private static final String PYTHON = System.getProperty("bootgate.it.base", "bootgate/python:bookworm");

    /**
     * Takes memory that it holds, and reads a file that only the page cache holds, as much of each as the variables say. No worker
     * answers before all of them are there, so that no test depends on how fast they come.
     */
    private static final Case SERVICE =
            Case.healthy("resources").file("gunicorn.conf.py", """
                    import multiprocessing, os
                    workers = int(os.environ.get("WORKERS", multiprocessing.cpu_count() * 2 + 1))
                    os.environ["ALL"] = str(workers)
                    """).atImport("""
                    import os, time
                    held = bytearray(int(os.environ.get("HELD", 1)) << 20)
                    held[::4096] = b"x" * len(held[::4096])
                    with open("/tmp/file-%d" % os.getpid(), "wb") as out:
                        for i in range(int(os.environ.get("FILE", 0))):
                            out.write(bytes(1 << 20))
                        out.flush()
                        os.fsync(out.fileno())
                    for again in range(2):
                        with open("/tmp/file-%d" % os.getpid(), "rb") as file:
                            while file.read(1 << 20):
                                pass
                    os.makedirs("/tmp/workers", exist_ok=True)
                    open("/tmp/workers/%d" % os.getpid(), "w").close()
                    while len(os.listdir("/tmp/workers")) < int(os.environ["ALL"]):
                        time.sleep(0.02)
                    """);

    @TempDir
    Path folder = Path.of("");

    private GateResult boot(EngineChoice.Kind kind, int mib, double cpus, Map<String, String> env) {
        Optional<String> podman =
                Optional.of(System.getProperty("bootgate.it.podman", "")).filter(url -> !url.isEmpty());
        boolean onDocker = kind == EngineChoice.Kind.DOCKER;
        assumeTrue(onDocker || podman.isPresent(), "-Dbootgate.it.podman is the URL of a Podman service");
        try (DockerEngine engine = Engines.find(new EngineChoice(kind, onDocker ? Optional.empty() : podman))) {
            GateRequest usual = SERVICE.memory(mib)
                    .cpus(cpus)
                    .request(new CaseImages(engine.connection().client(), PYTHON).of(SERVICE), folder);
            ContainerSpec container = usual.container().withEnv(env);
            return new Gate(engine, Silence.INSTANCE)
                    .run(new GateRequest(
                            usual.name(),
                            container,
                            usual.port(),
                            usual.server(),
                            usual.probe(),
                            new Policy(Duration.ofSeconds(60), Duration.ofMillis(300), 100, 499, true),
                            Set.of(),
                            Set.of(),
                            folder,
                            folder,
                            Optional.empty(),
                            Examination.NONE,
                            Optional.of(new GateRequest.MemoryLimit("deploy/aci.yaml:22", true))));
        }
    }

    private static Finding outOfMemory(GateResult result) {
        assertThat(result.isReady()).isFalse();
        Finding cause = result.causes().get(0);
        assertThat(cause.id()).isEqualTo("OUT_OF_MEMORY");
        return cause;
    }

    @ParameterizedTest
    @EnumSource(
            value = EngineChoice.Kind.class,
            names = {"DOCKER", "PODMAN"})
    void whatTheBootNeedsIsFound(EngineChoice.Kind kind) {
        GateResult result = boot(kind, 64, 1, Map.of("WORKERS", "1", "HELD", "150"));
        Finding cause = outOfMemory(result);
        long enough = result.container()
                .memorySearch()
                .orElseThrow()
                .smallest()
                .orElseThrow()
                .limitBytes();
        assertThat(enough / MIB).isBetween(160L, 256L);
        assertThat(cause.detail())
                .contains("It boots with %d MiB, peak ".formatted(enough / MIB))
                .endsWith("the descriptor (deploy/aci.yaml:22) gives 64 MiB.");
        assertThat(cause.fix())
                .contains("Raise the memory limit in deploy/aci.yaml:22 to %d MiB".formatted(enough / MIB));
    }

    @ParameterizedTest
    @EnumSource(
            value = EngineChoice.Kind.class,
            names = {"DOCKER", "PODMAN"})
    void workersThatDoNotFitAreCounted(EngineChoice.Kind kind) {
        Finding cause = outOfMemory(boot(kind, 256, 64, Map.of("WORKERS", "12", "HELD", "30")));
        assertThat(cause.detail()).contains("They are 12 workers, about ");
        assertThat(cause.fix()).containsPattern("or start at most [4-9] workers\\. Set --workers [4-9]");
    }

    @ParameterizedTest
    @EnumSource(
            value = EngineChoice.Kind.class,
            names = {"DOCKER", "PODMAN"})
    void pageCacheIsNoNeedAndSaneNumbersAreNotWarnedOf(EngineChoice.Kind kind) {
        GateResult result = boot(kind, 128, 1, Map.of("WORKERS", "2", "HELD", "20", "FILE", "150"));
        assertThat(result.isReady()).isTrue();
        assertThat(result.warnings()).isEmpty();
        assertThat(result.container().peakMemoryBytes().orElseThrow() / MIB).isBetween(45L, 110L);
        assertThat(result.container().cpu().orElseThrow()).isPositive();
        assertThat(result.container().throttled()).isPresent();
        assertThat(result.container().memorySearch()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = EngineChoice.Kind.class,
            names = {"DOCKER", "PODMAN"})
    void workersThatCountTheMachinesProcessorsAreToldOf(EngineChoice.Kind kind) {
        int machine = Runtime.getRuntime().availableProcessors();
        assumeTrue(machine > 1, "needs a machine with several processors");
        int workers = machine * 2 + 1;
        GateResult result = boot(kind, 2048, 1, Map.of());
        assertThat(result.isReady()).isTrue();
        assertThat(result.warnings())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("%d workers share 1 CPU: the number of workers is computed from the %d CPUs of the machine"
                        .formatted(workers, machine));
        assertThat(result.container().memoryLimitBytes()).isEqualTo(OptionalLong.of(2048 * MIB));
    }
}
