package io.bootgate.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.gate.Secrets;
import io.bootgate.rule.Finding;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignLogTest {
    private static final String BROKEN = """
            [2026-03-01 10:00:00 +0000] [1] [INFO] Starting gunicorn 23.0.0
            [2026-03-01 10:00:00 +0000] [1] [INFO] Listening at: http://0.0.0.0:8000 (1)
            [2026-03-01 10:00:00 +0000] [7] [INFO] Booting worker with pid: 7
            [2026-03-01 10:00:01 +0000] [7] [ERROR] Exception in worker process
            Traceback (most recent call last):
              File "/usr/local/lib/python3.12/site-packages/gunicorn/arbiter.py", line 608, in spawn_worker
                worker.init_process()
              File "/app/orders.py", line 3, in <module>
                import requests
            ModuleNotFoundError: No module named 'requests'
            [2026-03-01 10:00:01 +0000] [7] [INFO] Worker exiting (pid: 7)
            [2026-03-01 10:00:01 +0000] [1] [ERROR] Worker (pid:7) exited with code 3
            [2026-03-01 10:00:01 +0000] [1] [ERROR] Shutting down: Master
            [2026-03-01 10:00:01 +0000] [1] [ERROR] Reason: Worker failed to boot.
            """;
    private static final String STARTED = """
            [2026-03-01 10:00:09 +0000] [1] [INFO] Starting gunicorn 23.0.0
            [2026-03-01 10:00:09 +0000] [1] [INFO] Listening at: http://0.0.0.0:8000 (1)
            [2026-03-01 10:00:09 +0000] [8] [INFO] Booting worker with pid: 8
            """;
    private static final String SERVED =
            STARTED + "10.0.0.1 - - [01/Mar/2026:10:00:12 +0000] \"GET / HTTP/1.1\" 200 2 \"-\" \"curl\"\n";

    private static List<Explanation> explain(String log, OptionalInt exitCode) {
        ForeignLog foreign = new ForeignLog("log", Secrets.named(List.of()));
        log.lines().forEach(foreign::add);
        return foreign.explain(exitCode);
    }

    private static Explanation explain(String log) {
        return explain(log, OptionalInt.empty()).get(0);
    }

    private static List<String> ids(Explanation explanation) {
        return explanation.causes().stream().map(Finding::id).toList();
    }

    /** Puts each line in place of {@code %s}. */
    private static String wrapped(String format, String log) {
        StringBuilder text = new StringBuilder();
        log.lines().forEach(line -> text.append(format.replace("%s", line)).append('\n'));
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s",
                "2026-03-01T10:00:01.123456789Z %s",
                "2026-03-01T10:00:01.123456789Z stderr F %s",
                "web_1  | %s",
                "shop-web-1  | 2026-03-01T10:00:01.123456789Z %s",
                "web.1.k3x@node-2    | %s",
                "[pod/web-6d4-abc/web] %s",
                "2026-03-01T10:00:01.000000+00:00 app[web.1]: %s",
                "   2026-03-01T10:00:01.00+0000 [APP/PROC/WEB/0] ERR %s",
                "Mar 01 10:00:01 host gunicorn[812]: %s",
                "2026-03-01T10:00:01+0000 host gunicorn[812]: %s",
                "<14>1 2026-03-01T10:00:01Z host web 12 - - %s",
                "> %s",
                "\u001B[36mweb_1  |\u001B[0m %s",
                "%s\r",
            })
    void whatAPlatformPutsInFrontOfALineDoesNotHideTheCause(String format) {
        Explanation explanation = explain(wrapped(format, BROKEN));

        assertThat(ids(explanation)).containsExactly("MISSING_MODULE");
        assertThat(explanation.causes().get(0).evidence().get(0).line()).isEqualTo(10);
        assertThat(explanation.server().version()).isEqualTo("23.0.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"log\":\"%s\\n\",\"stream\":\"stderr\",\"time\":\"2026-03-01T10:00:01.1Z\"}",
                "{\"MESSAGE\":\"%s\",\"_PID\":\"812\",\"PRIORITY\":\"6\"}",
                "{\"textPayload\":\"%s\",\"severity\":\"ERROR\"}",
                "{\"TimeGenerated\":\"2026-03-01\",\"Message\":\"%s\"}",
            })
    void linesThatACollectorPutIntoJsonAreReadLikeAnyOthers(String format) {
        assertThat(ids(explain(wrapped(format, BROKEN.replace("\"", "\\\""))))).containsExactly("MISSING_MODULE");
    }

    @Test
    void aViewerThatShowsTheNewestLineFirstIsReadBackwards() {
        List<String> lines = BROKEN.lines().toList();
        StringBuilder newestFirst = new StringBuilder();
        for (int i = lines.size() - 1; i >= 0; i--) {
            newestFirst.append(lines.get(i)).append('\n');
        }

        Finding cause = explain(newestFirst.toString()).causes().get(0);

        assertThat(cause.id()).isEqualTo("MISSING_MODULE");
        assertThat(cause.evidence().get(0).line()).isEqualTo(5);
        assertThat(cause.location().orElseThrow().line()).hasValue(3);
    }

    @Test
    void theServiceThatFailedIsToldBeforeThoseThatDidNot() {
        String compose = "Attaching to proxy, web\n" + wrapped("proxy | %s", SERVED) + wrapped("web   | %s", BROKEN)
                + "web exited with code 3\n";

        List<Explanation> all = explain(compose, OptionalInt.empty());

        assertThat(all).extracting(Explanation::name).containsExactly("web", "proxy");
        assertThat(ids(all.get(0))).containsExactly("MISSING_MODULE");
        assertThat(all.get(1).isFailure()).isFalse();
    }

    @Test
    void aServiceThatCameUpAfterAFailedStartIsHealthyWithAWarning() {
        Explanation explanation = explain(BROKEN + SERVED);

        assertThat(explanation.isFailure()).isFalse();
        assertThat(explanation.warnings()).singleElement().asString().contains("MISSING_MODULE", "requests");
    }

    @Test
    void aLogThatIsCutOffDuringTheNextStartTellsOfTheOneBefore() {
        assertThat(ids(explain(BROKEN + STARTED))).containsExactly("MISSING_MODULE");
    }

    @Test
    void aLogThatIsCutOffAtItsStartStillTells() {
        String cut = BROKEN.lines().skip(6).reduce("", (a, b) -> a + b + "\n");

        assertThat(ids(explain(cut))).containsExactly("MISSING_MODULE");
    }

    @Test
    void aServiceThatWasStoppedDidNotFail() {
        String stopped = """
                [2026-03-01 10:05:00 +0000] [1] [INFO] Handling signal: term
                [2026-03-01 10:05:00 +0000] [8] [INFO] Worker exiting (pid: 8)
                [2026-03-01 10:05:00 +0000] [1] [INFO] Shutting down: Master
                """;

        assertThat(explain(SERVED + stopped).isFailure()).isFalse();
        assertThat(explain(SERVED + stopped, OptionalInt.of(143)).get(0).isFailure())
                .isFalse();
    }

    @Test
    void anEmptyLogShowsNoFailureUnlessItsExitCodeDoes() {
        assertThat(explain("").isFailure()).isFalse();
        assertThat(explain("", OptionalInt.of(137)).get(0).isFailure()).isTrue();
        assertThat(explain("", OptionalInt.of(137)).get(0).container().exitCode())
                .hasValue(137);
    }

    @Test
    void whatNoRuleKnowsIsUnknownWithTheLinesThatComeNearest() {
        String log = "loading settings\nERROR the frobnicator is out of fuel\n";

        Finding cause = explain(log, OptionalInt.of(1)).get(0).causes().get(0);

        assertThat(cause.evidence())
                .anyMatch(seen ->
                        seen.text().contains("frobnicator") || seen.text().contains("exit code 1"));
        assertThat(ids(explain(log))).containsExactly("UNKNOWN");
        assertThat(ids(explain("loading settings\nlistening\n"))).isEmpty();
    }

    @Test
    void aComplaintThatTheProgramGotOverIsNoFailure() {
        String complaint =
                "[2026-03-01 10:00:00,000: WARNING/MainProcess] consumer: Cannot connect to redis://redis:6379/0:"
                        + " Connection refused. Trying again in 2.00 seconds... (1/100)\n";

        assertThat(ids(explain(complaint))).containsExactly("BACKEND_UNREACHABLE");
        assertThat(ids(explain(complaint + "connected to redis\ncelery@web ready.\n")))
                .isEmpty();
    }

    @Test
    void whatThePlatformSaysOfTheEndCounts() {
        String heroku = """
                2026-03-01T10:00:00.000000+00:00 heroku[web.1]: Starting process with command `python serve.py`
                2026-03-01T10:00:01.000000+00:00 app[web.1]: warming up
                2026-03-01T10:00:05.000000+00:00 heroku[web.1]: Process running mem=1124M(219.0%) R15
                2026-03-01T10:00:05.000000+00:00 heroku[web.1]: Error R15 (Memory quota vastly exceeded)
                """;

        assertThat(ids(explain(heroku))).startsWith("OUT_OF_MEMORY");
        assertThat(ids(explain("web_1  | warming up\nweb_1 exited with code 139\n")))
                .startsWith("NATIVE_CRASH");
    }

    @Test
    void theSecretsThatALogShowsAreMasked() {
        String log = "DB_PASSWORD=hunter2hunter\n"
                + BROKEN.replace("No module named 'requests'", "No module named 'hunter2hunter'");

        Explanation explanation = explain(log);

        assertThat(explanation.causes().get(0).detail()).contains("***").doesNotContain("hunter2");
        assertThat(explanation.timeline().toString()).doesNotContain("hunter2");
    }

    @Test
    void ofALogOfAnySizeTheBeginningAndTheEndAreKept() {
        ForeignLog foreign = new ForeignLog("log", Secrets.named(List.of()));
        for (int i = 0; i < 300_000; i++) {
            foreign.add("2026-03-01T09:00:00Z warming up the cache, entry " + i);
        }
        BROKEN.lines().forEach(foreign::add);

        Explanation explanation = foreign.explain(OptionalInt.empty()).get(0);

        assertThat(ids(explanation)).containsExactly("MISSING_MODULE");
        assertThat(explanation.causes().get(0).evidence().get(0).line()).isEqualTo(300_010);
        assertThat(explanation.timeline().log()).hasSizeLessThan(20_000);
    }
}
