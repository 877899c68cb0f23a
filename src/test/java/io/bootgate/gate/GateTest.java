package io.bootgate.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bootgate.autopsy.Examination;
import io.bootgate.engine.ContainerSpec;
import io.bootgate.engine.EngineException;
import io.bootgate.engine.ImageFacts;
import io.bootgate.engine.Machine;
import io.bootgate.engine.ScriptedEngine;
import io.bootgate.engine.ScriptedEngine.Play;
import io.bootgate.engine.Usage;
import io.bootgate.image.BuildLog;
import io.bootgate.image.BuildOutcome;
import io.bootgate.judge.Policy;
import io.bootgate.judge.Verdict.NotReady;
import io.bootgate.judge.Verdict.Reason;
import io.bootgate.rule.Finding;
import io.bootgate.timeline.BootEvent.DistributionsSeen;
import io.bootgate.timeline.BootEvent.Logged;
import io.bootgate.watch.ProbePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nServer: gunicorn\r\nContent-Length: 0\r\n\r\n";
    private static final List<String> GUNICORN = List.of("gunicorn", "app:app");

    @TempDir
    Path folder;

    @Test
    void aServiceThatServesIsReadyAndItsContainerIsRemoved() {
        ScriptedEngine engine = engine(GUNICORN, List.of(8000), play -> {
            bind(play, 8000);
            play.serve(8000, OK);
        });
        GateResult result = gate(engine).run(request(Map.of()));
        assertThat(result.isReady()).isTrue();
        assertThat(result.server().boundTo()).containsExactly("http://0.0.0.0:8000");
        assertThat(result.timings().orElseThrow().answered()).isPresent();
        assertThat(engine.plays).allSatisfy(play -> assertThat(play.removed).isTrue());
    }

    @Test
    void aServiceThatDiedIsNotWaitedFor() {
        ScriptedEngine engine = engine(GUNICORN, List.of(8000), play -> {
            play.log("Traceback (most recent call last):");
            play.exit(1);
        });
        long start = System.nanoTime();
        GateResult result = gate(engine).run(request(Map.of()));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
        assertThat(result.verdict())
                .get()
                .isInstanceOfSatisfying(
                        NotReady.class, verdict -> assertThat(verdict.reason()).isEqualTo(Reason.EXITED));
        assertThat(result.causes()).isNotEmpty();
        assertThat(engine.plays).allSatisfy(play -> assertThat(play.removed).isTrue());
    }

    @Test
    void theVersionsOfAClashAreAskedOfTheImageItself() {
        ScriptedEngine engine = engine(GUNICORN, List.of(8000), play -> {
            if (play.spec.entrypoint().equals(Optional.of(List.of("/opt/venv/bin/python3.11")))) {
                play.print("python\t3.11.2\nFlask\t2.2.0\tflask\tWerkzeug>=2.2.0\nWerkzeug\t3.0.6\twerkzeug\t");
                play.exit(0);
                return;
            }
            play.log("Traceback (most recent call last):");
            play.log("  File \"/opt/venv/lib/python3.11/site-packages/flask/app.py\", line 30, in <module>");
            play.log("    from werkzeug.urls import url_quote");
            play.log("ImportError: cannot import name 'url_quote' from 'werkzeug.urls' (urls.py)");
            play.exit(1);
        });
        GateResult result = gate(engine).run(request(Map.of("DATABASE", "x")));
        assertThat(result.causes()).first().satisfies(cause -> {
            assertThat(cause.detail())
                    .startsWith(
                            "Flask 2.2.0 does not work with Werkzeug 3.0.6, Werkzeug 3 removed url_quote: ImportError");
            assertThat(cause.fix()).isEqualTo("Add Flask>=2.3 or Werkzeug<3 to requirements.txt.");
        });
        assertThat(result.timeline().last(DistributionsSeen.class)).isPresent();
        assertThat(engine.plays)
                .hasSize(2)
                .allSatisfy(play -> assertThat(play.removed).isTrue());
        assertThat(engine.plays.get(1).spec.ports()).isEmpty();
        assertThat(engine.plays.get(1).spec.env()).containsEntry("DATABASE", "x");
    }

    @Test
    void anImageThatCannotBeAskedForItsDistributionsIsExplainedWithoutThem() {
        ScriptedEngine engine = engine(GUNICORN, List.of(8000), play -> {
            play.log(
                    "ImportError: cannot import name 'url_quote' from 'werkzeug.urls' (/site-packages/werkzeug/urls.py)");
            play.exit(1);
        });
        GateResult result = gate(engine).run(request(Map.of()));
        assertThat(result.causes())
                .first()
                .satisfies(cause -> assertThat(cause.detail())
                        .startsWith("Flask<2.2.3 does not work with Werkzeug>=3, Werkzeug 3 removed url_quote"));
        assertThat(result.timeline().has(DistributionsSeen.class)).isFalse();
        assertThat(engine.plays).allSatisfy(play -> assertThat(play.removed).isTrue());
    }

    @Test
    void aHostPortThatAnotherProgramTookIsNoFaultOfTheService() {
        ScriptedEngine engine = engine(GUNICORN, List.of(8000), play -> {
            bind(play, 8000);
            play.serve(8000, OK);
        });
        engine.portsLost = 1;

        assertThat(gate(engine).run(request(Map.of())).isReady()).isTrue();
        assertThat(engine.plays)
                .hasSize(2)
                .allSatisfy(play -> assertThat(play.removed).isTrue());
    }

    @Test
    void aHostWhoseEveryPortIsTakenIsAnErrorOfTheEngine() {
        ScriptedEngine engine = engine(GUNICORN, List.of(8000), play -> {});
        engine.portsLost = 10;

        assertThatThrownBy(() -> gate(engine).run(request(Map.of())))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("address already in use");
        assertThat(engine.plays).allSatisfy(play -> assertThat(play.removed).isTrue());
    }

    @Test
    void aPortThatOnlyTheBindLineTellsIsPublishedInASecondBoot() {
        ScriptedEngine engine = engine(List.of("python", "serve.py"), List.of(), play -> {
            bind(play, 9123);
            play.serve(9123, OK);
        });
        GateResult result = gate(engine).run(request(Map.of()));
        assertThat(result.isReady()).isTrue();
        assertThat(engine.plays)
                .hasSize(2)
                .last()
                .satisfies(play -> assertThat(play.spec.ports()).contains(9123));
        assertThat(engine.plays).allSatisfy(play -> assertThat(play.removed).isTrue());
    }

    @Test
    void aPortThatTheEntryScriptNamesIsPublishedAtOnce() {
        ScriptedEngine engine = engine(List.of("/start.sh"), List.of(), play -> {
            bind(play, 9123);
            play.serve(9123, OK);
        });
        engine.files.put("/start.sh", "#!/bin/sh\nexec gunicorn -b 0.0.0.0:9123 app:app\n");
        assertThat(gate(engine).run(request(Map.of())).isReady()).isTrue();
        assertThat(engine.plays)
                .filteredOn(play -> play.state().startedAt().isPresent())
                .hasSize(1);
    }

    @Test
    void secretsAreMaskedInTimelineAndLogFile() throws IOException {
        ScriptedEngine engine = engine(GUNICORN, List.of(8000), play -> {
            play.log("connecting with hunter2hunter2");
            play.exit(1);
        });
        GateResult result = gate(engine).run(request(Map.of("DB_PASSWORD", "hunter2hunter2")));
        assertThat(result.timeline().log()).extracting(Logged::text).containsExactly("connecting with ***");
        assertThat(Files.readString(folder.resolve("orders.log"))).isEqualTo("connecting with ***\n");
        assertThat(result.timeline().toString()).doesNotContain("hunter2");
        assertThat(result.causes().toString()).doesNotContain("hunter2");
    }

    @Test
    void anEngineThatIsLostWhileBootingIsAnErrorThatSaysSo() {
        ScriptedEngine engine = engine(GUNICORN, List.of(8000), Play::loseEngine);
        assertThatThrownBy(() -> gate(engine).run(request(Map.of())))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("acme/orders:1")
                .hasMessageContaining("lost");
        assertThat(engine.plays).allSatisfy(play -> assertThat(play.removed).isTrue());
    }

    @Test
    void anImageThatIsAbsentIsPulled() {
        ScriptedEngine engine = engine(GUNICORN, List.of(8000), play -> play.exit(0));
        engine.present = false;
        gate(engine).run(request(Map.of()));
        assertThat(engine.pulled).containsExactly("acme/orders:1");
    }

    @Test
    void aFailedBuildIsAResultWithThePlaceInTheDockerfile() {
        ScriptedEngine engine = engine(GUNICORN, List.of(8000), play -> {});
        GateResult result = gate(engine)
                .run(
                        request(Map.of()),
                        log -> new BuildOutcome.Failed(
                                "docker",
                                "Dockerfile",
                                OptionalInt.of(3),
                                Optional.of("RUN pip install nosuch"),
                                "pip found no distribution that matches nosuch",
                                Optional.empty(),
                                List.of("ERROR: No matching distribution found for nosuch"),
                                Duration.ofSeconds(1)));
        assertThat(result.isReady()).isFalse();
        assertThat(engine.plays).isEmpty();
        Finding cause = result.causes().get(0);
        assertThat(cause.id()).isEqualTo("BUILD_FAILED");
        assertThat(cause.location().orElseThrow().path()).contains("Dockerfile");
        assertThat(cause.location().orElseThrow().line()).hasValue(3);
    }

    @Test
    void aVariableThatTheImageMustSetIsLookedForInItBeforeTheBoot() {
        ImageFacts image =
                ScriptedEngine.image(GUNICORN, List.of(8000), Map.of("SETTINGS", "shop.settings", "EMPTY", ""));
        ScriptedEngine engine = new ScriptedEngine(image, play -> {
            bind(play, 8000);
            play.serve(8000, OK);
        });
        assertThat(gate(engine).run(requiring("SETTINGS")).isReady()).isTrue();
        int boots = engine.plays.size();

        assertThatThrownBy(() -> gate(engine).run(requiring("SETTINGS", "EMPTY", "ABSENT")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Nothing was booted: 2 variables have no value.")
                .hasMessageContaining("ABSENT  asked for by <requiredEnv>")
                .hasMessageContaining("EMPTY   is empty in the image acme/orders:1, asked for by <requiredEnv>");
        assertThat(engine.plays).hasSize(boots);
    }

    private GateRequest requiring(String... names) {
        GateRequest request = request(Map.of());
        return new GateRequest(
                request.name(),
                request.container(),
                request.port(),
                request.server(),
                request.probe(),
                request.policy(),
                request.secretEnv(),
                Set.of(names),
                folder,
                folder);
    }

    /** A service that needs 214 MiB; its kernel kills it where it has less. */
    private static ScriptedEngine hungry(List<Long> limits, long need) {
        return engine(GUNICORN, List.of(8000), play -> {
            long limit = play.spec.memoryBytes().orElseThrow();
            limits.add(limit >> 20);
            bind(play, 8000);
            play.log("[2026-11-22 12:00:00 +0000] [7] [INFO] Booting worker with pid: 7");
            play.used = new Usage(
                    OptionalLong.of(Math.min(limit, need << 20)),
                    Optional.of(Duration.ofMillis(730)),
                    Optional.of(Duration.ZERO));
            if (limit < need << 20) {
                play.killForMemory();
                play.exit(137);
            } else {
                play.serve(8000, OK);
            }
        });
    }

    private GateRequest limited(long mib, boolean searched) {
        GateRequest request = request(Map.of());
        return new GateRequest(
                request.name(),
                request.container().withMemory(mib << 20),
                request.port(),
                request.server(),
                request.probe(),
                request.policy(),
                request.secretEnv(),
                Set.of(),
                folder,
                folder,
                Optional.empty(),
                Examination.NONE,
                Optional.of(new GateRequest.MemoryLimit("deploy/aci.yaml:22", searched)));
    }

    @Test
    void howMuchMemoryABootNeedsIsFoundByBootingAgain() throws IOException {
        List<Long> limits = new CopyOnWriteArrayList<>();
        ScriptedEngine engine = hungry(limits, 214);

        GateResult result = gate(engine).run(limited(128, true));

        assertThat(result.isReady()).isFalse();
        assertThat(limits).containsExactly(128L, 512L, 256L);
        Finding cause = result.causes().get(0);
        assertThat(cause.id()).isEqualTo("OUT_OF_MEMORY");
        assertThat(cause.detail())
                .endsWith("It boots with 256 MiB, peak 214 MiB; the descriptor (deploy/aci.yaml:22) gives 128 MiB.");
        assertThat(cause.fix()).startsWith("Raise the memory limit in deploy/aci.yaml:22 to 256 MiB;");
        assertThat(result.container().memorySearch())
                .get()
                .satisfies(search -> assertThat(search.trials()).hasSize(2));
        assertThat(result.container().peakMemoryBytes()).hasValue(128L << 20);
        assertThat(engine.plays).allSatisfy(play -> assertThat(play.removed).isTrue());
        assertThat(folder.resolve("memory-search")).doesNotExist();
        assertThat(Files.readString(folder.resolve("orders.log"))).contains("Booting worker");
    }

    @Test
    void memoryIsNotSearchedForWhereThatIsOffOrTheMachineHasNoMore() {
        List<Long> limits = new CopyOnWriteArrayList<>();
        GateResult result = gate(hungry(limits, 214)).run(limited(128, false));
        assertThat(result.causes().get(0).id()).isEqualTo("OUT_OF_MEMORY");
        assertThat(result.container().memorySearch()).isEmpty();

        ScriptedEngine small = hungry(limits, 214);
        small.machine = new Machine(2, 280L << 20);
        assertThat(gate(small).run(limited(128, true)).isReady()).isFalse();
        assertThat(limits).containsExactly(128L, 128L);
    }

    @Test
    void memoryIsNotSearchedForWhereAnotherLimitThanTheContainersRefusedIt() {
        ScriptedEngine engine = engine(GUNICORN, List.of(8000), play -> {
            play.used = new Usage(OptionalLong.of(30L << 20), Optional.empty(), Optional.empty());
            play.log("Traceback (most recent call last):");
            play.log("MemoryError");
            play.exit(1);
        });
        GateResult result = gate(engine).run(limited(128, true));
        assertThat(result.causes().get(0).id()).isEqualTo("OUT_OF_MEMORY");
        assertThat(result.container().memorySearch()).isEmpty();
        assertThat(engine.plays)
                .filteredOn(play -> play.state().startedAt().isPresent())
                .hasSize(1);
    }

    @Test
    void aBootThatUsedNearlyAllOfItsMemoryIsReadyWithAWarning() {
        List<Long> limits = new CopyOnWriteArrayList<>();
        GateResult result = gate(hungry(limits, 214)).run(limited(224, true));
        assertThat(result.isReady()).isTrue();
        assertThat(limits).containsExactly(224L, 448L);
        assertThat(result.warnings())
                .containsExactly(
                        "The boot used 214 MiB of the 224 MiB that deploy/aci.yaml:22 gives (95 %). With 448 MiB it uses 214"
                                + " MiB. Requests need memory on top: raise the limit, or start fewer workers.");

        assertThat(gate(hungry(limits, 214)).run(limited(256, true)).warnings()).isEmpty();
    }

    private static void bind(Play play, int port) {
        play.log("[2026-11-22 12:00:00 +0000] [1] [INFO] Starting gunicorn 23.0.0");
        play.log("[2026-11-22 12:00:00 +0000] [1] [INFO] Listening at: http://0.0.0.0:%d (1)".formatted(port));
    }

    private static ScriptedEngine engine(List<String> command, List<Integer> exposed, Consumer<Play> script) {
        return new ScriptedEngine(ScriptedEngine.image(command, exposed, Map.of()), script);
    }

    private GateRequest request(Map<String, String> env) {
        ContainerSpec spec = ContainerSpec.of("acme/orders:1").withEnv(env);
        return new GateRequest(
                "orders",
                spec,
                OptionalInt.empty(),
                Optional.empty(),
                ProbePlan.DEFAULT,
                new Policy(Duration.ofSeconds(10), Duration.ofMillis(100), 100, 499, true),
                Set.of(),
                Set.of(),
                folder,
                folder);
    }

    private static Gate gate(ScriptedEngine engine) {
        return new Gate(engine, new GateLog() {
            @Override
            public BuildLog build() {
                return new BuildLog() {
                    @Override
                    public void step(String text) {}

                    @Override
                    public void output(String line) {}
                };
            }

            @Override
            public void info(String text) {}

            @Override
            public void warn(String text) {}

            @Override
            public void debug(String text) {}
        });
    }
}
