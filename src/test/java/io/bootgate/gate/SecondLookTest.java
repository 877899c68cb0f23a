package io.bootgate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.autopsy.Examination;
import io.bootgate.engine.ContainerSpec;
import io.bootgate.engine.ScriptedEngine;
import io.bootgate.engine.ScriptedEngine.Play;
import io.bootgate.image.BuildLog;
import io.bootgate.judge.Policy;
import io.bootgate.rule.Finding;
import io.bootgate.watch.ProbePlan;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecondLookTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nServer: gunicorn\r\nContent-Length: 0\r\n\r\n";
    private static final String TRACEBACK = """
            Traceback (most recent call last):
              File "/app/app.py", line 2, in <module>
                A = os.environ["FIRST"]
              File "<frozen os>", line 679, in __getitem__
            KeyError: 'FIRST'
            """;
    private static final Examination EXAMINED = new Examination(true, false, Duration.ofSeconds(20));

    @TempDir
    Path folder;

    @Test
    void whatASecondBootFindsIsAddedAndTheVerdictStands() {
        ScriptedEngine engine = engine(play -> {
            if (isExamined(play)) {
                play.left.put("1.jsonl", (missing("FIRST", 2) + missing("SECOND", 3)).getBytes(StandardCharsets.UTF_8));
                play.serve(8000, OK);
            } else {
                die(play);
            }
        });
        GateResult result = run(engine, EXAMINED);
        assertThat(result.isReady()).isFalse();
        assertThat(result.causes()).extracting(Finding::id).containsExactly("MISSING_ENV", "MISSING_ENV");
        assertThat(result.causes())
                .allSatisfy(cause -> assertThat(cause.confirmed()).contains(true));
        assertThat(result.environment()).isPresent();
        assertThat(engine.plays)
                .hasSize(2)
                .allSatisfy(play -> assertThat(play.removed).isTrue());
        assertThat(folder.resolve("orders.autopsy.log")).exists();
    }

    @Test
    void theSecondBootIsTheFirstWithAnObserver() {
        ScriptedEngine engine = engine(SecondLookTest::die);
        run(engine, EXAMINED);
        Play examined = engine.plays.get(engine.plays.size() - 1);
        assertThat(examined.spec.env())
                .containsEntry("PYTHONPATH", "/.bootgate/probe:/srv/lib")
                .containsEntry("API_KEY", "hunter2hunter2")
                .containsKey("BOOTGATE_AUTOPSY");
        assertThat(examined.spec.withEnv(Map.of()))
                .isEqualTo(engine.plays.get(0).spec.withEnv(Map.of()));
        assertThat(examined.unpacked).containsKey("/.bootgate");
    }

    @Test
    void anImageThatCannotBeObservedIsToldAndItsCausesStand() {
        GateResult result = run(engine(SecondLookTest::die), EXAMINED);
        assertThat(result.warnings()).singleElement().asString().contains("No autopsy", "-I");
        assertThat(result.causes()).extracting(Finding::id).containsExactly("MISSING_ENV");
        assertThat(result.causes().get(0).confirmed()).isEmpty();
        assertThat(result.environment()).isEmpty();
    }

    @Test
    void secretsAreMaskedInWhatTheObserverTells() {
        ScriptedEngine engine = engine(play -> {
            if (isExamined(play)) {
                play.left.put(
                        "1.jsonl",
                        ("{\"kind\":\"exit\",\"pid\":7,\"at\":1.0,\"how\":\"sys.exit\",\"value\":\"bad hunter2hunter2\","
                                        + "\"stack\":[[\"/app/app.py\",9,\"f\",\"app\"]]}\n")
                                .getBytes(StandardCharsets.UTF_8));
            }
            die(play);
        });
        assertThat(run(engine, EXAMINED).causes()).allSatisfy(cause -> {
            assertThat(cause.detail()).doesNotContain("hunter2");
            assertThat(cause.evidence().toString()).doesNotContain("hunter2");
        });
    }

    @Test
    void aServiceThatIsReadyIsLookedIntoOnlyIfItsEnvironmentIsWanted() {
        Consumer<Play> serves = play -> {
            bind(play);
            if (isExamined(play)) {
                play.left.put(
                        "1.jsonl",
                        "{\"kind\":\"read\",\"pid\":7,\"at\":1.0,\"name\":\"API_KEY\",\"set\":true,\"file\":\"/app/app.py\",\"line\":2,\"owner\":\"app\"}\n"
                                .getBytes(StandardCharsets.UTF_8));
            }
            play.serve(8000, OK);
        };
        ScriptedEngine once = engine(serves);
        assertThat(run(once, EXAMINED).environment()).isEmpty();
        assertThat(once.plays).hasSize(1);

        ScriptedEngine twice = engine(serves);
        GateResult recorded = run(twice, new Examination(false, true, Duration.ofSeconds(20)));
        assertThat(recorded.isReady()).isTrue();
        assertThat(recorded.causes()).isEmpty();
        assertThat(recorded.environment().orElseThrow().variables())
                .singleElement()
                .satisfies(variable -> assertThat(variable.name()).isEqualTo("API_KEY"));
    }

    private static boolean isExamined(Play play) {
        return play.spec.env().containsKey("BOOTGATE_AUTOPSY");
    }

    private static String missing(String name, int line) {
        return "{\"kind\":\"missing\",\"pid\":7,\"at\":%d.0,\"name\":\"%s\",\"type\":\"text\",\"file\":\"/app/app.py\",\"line\":%d,\"owner\":\"app\",\"stack\":[]}%n"
                .formatted(line, name, line);
    }

    private static void bind(Play play) {
        play.log("[2026-01-01 00:00:00 +0000] [1] [INFO] Starting gunicorn 23.0.0");
        play.log("[2026-01-01 00:00:00 +0000] [1] [INFO] Listening at: http://0.0.0.0:8000 (1)");
    }

    private static void die(Play play) {
        bind(play);
        play.log("[2026-01-01 00:00:00 +0000] [7] [ERROR] Exception in worker process");
        TRACEBACK.lines().forEach(play::log);
        play.log("[2026-01-01 00:00:00 +0000] [1] [ERROR] Reason: Worker failed to boot.");
        play.exit(3);
    }

    private static ScriptedEngine engine(Consumer<Play> script) {
        return new ScriptedEngine(
                ScriptedEngine.image(List.of("gunicorn", "app:app"), List.of(8000), Map.of("PYTHONPATH", "/srv/lib")),
                script);
    }

    private GateResult run(ScriptedEngine engine, Examination examination) {
        GateRequest request = new GateRequest(
                        "orders",
                        ContainerSpec.of("acme/orders:1").withEnv(Map.of("API_KEY", "hunter2hunter2")),
                        OptionalInt.empty(),
                        Optional.empty(),
                        ProbePlan.DEFAULT,
                        new Policy(Duration.ofSeconds(20), Duration.ofMillis(50), 200, 499, true),
                        Set.of(),
                        Set.of(),
                        folder,
                        folder)
                .with(examination);
        return new Gate(engine, new Quiet()).run(request);
    }

    private static final class Quiet implements GateLog, BuildLog {
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
