package io.bootgate.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.gate.Secrets;
import io.bootgate.rule.Finding;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
                "`%s`",
                "#12 0.637 %s",
                "[2026-03-01T10:00:01.000Z] %s",
                "2026-03-01 10:00:01 | stderr | %s",
                "2026-03-01 10:00:01,250 | %s",
                ">   |   | 2026-03-01 10:00:01 | %s",
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "2026-03-01 10:00:05,100 INFO exited: web (exit status 1; not expected) ~ EXITED",
                "2026-03-01 10:00:05,100 WARN exited: web (terminated by SIGSEGV; not expected) ~ NATIVE_CRASH",
                "0b1f683900a7   shop_web   \"python serve.py\"   7 minutes ago   Exited (139) 6 minutes ago   shop_web_1 ~ NATIVE_CRASH",
                "web-6d4-abc   0/1   CrashLoopBackOff   7 (20s ago)   14m ~ UNKNOWN",
                "##[error]Process completed with exit code 139. ~ NATIVE_CRASH",
                "ERROR: Job failed: exit code 1 ~ EXITED",
                "==> Out of memory (used over 512Mi) ~ OUT_OF_MEMORY",
                "Cloud Run error: Container failed to start. Failed to start and then listen on the port defined by PORT ~ UNKNOWN",
                "docker: Error response from daemon: Ports are not available: listen tcp 0.0.0.0:8000: bind: address already in use. ~ ADDRESS_IN_USE",
                "[WARNING] Worker with pid 41 was terminated due to signal 11 ~ NATIVE_CRASH",
                "gunicorn.errors.HaltServer: <HaltServer 'App failed to load.' 4> ~ APP_NOT_FOUND",
                "WARNING The app is not listening on the expected address and will not be reachable ~ UNKNOWN",
                "--- no python application found, check your startup logs for errors --- ~ UNKNOWN",
                "django.core.exceptions.ImproperlyConfigured: Set the STRIPE_KEY environment variable ~ MISSING_ENV",
            })
    void aLineThatStandsAloneMayBeAllThereIs(String line, String cause) {
        assertThat(ids(explain("warming up\n" + line + "\n"))).startsWith(cause);
    }

    @Test
    void aWorkerThatDumpsItsCoreIsNamedByItsSignalAndCountsUpToTheStop() {
        String log = STARTED + """
                [2026-03-01 10:00:12 +0000] [1] [ERROR] Worker (pid:8) was sent code 132!
                [2026-03-01 10:00:12 +0000] [9] [INFO] Booting worker with pid: 9
                [2026-03-01 10:00:14 +0000] [1] [INFO] Handling signal: term
                [2026-03-01 10:00:14 +0000] [1] [ERROR] Worker (pid:9) was sent SIGTERM!
                [2026-03-01 10:00:14 +0000] [1] [INFO] Shutting down: Master
                """;

        assertThat(ids(explain(log))).startsWith("NATIVE_CRASH");
        assertThat(ids(explain(log.replace("was sent code 132", "was sent SIGTERM"))))
                .isEmpty();
    }

    @Test
    void whatIsSaidOfOthersIsNoFailureOfAServiceThatIsUp() {
        String others = """
                1f2e3d4c5b6a   postgres:12   "docker-entrypoint.s\u2026"   3 weeks ago   Exited (255) 2 weeks ago   old_db_1
                2026-03-01 10:00:05,100 INFO exited: warm_cache (exit status 2; not expected)
                """;

        assertThat(ids(explain(others + STARTED))).isEmpty();
        assertThat(ids(explain(others))).isNotEmpty();
    }

    @Test
    void aWorkerThatWasReplacedLongAfterTheStartIsNoLoop() {
        StringBuilder log = new StringBuilder(STARTED.replace("23.0.0", "19.9.0"));
        for (int pid = 9; pid < 12; pid++) {
            log.append("[2026-03-01 10:00:09 +0000] [%d] [INFO] Booting worker with pid: %1$d\n".formatted(pid));
        }
        String started = log.toString();
        String later = "[2026-03-02 08:10:00 +0000] [77] [INFO] Booting worker with pid: 77\n";

        assertThat(ids(explain(started + later))).isEmpty();
        // The container was started again, by a reboot say, and comes up.
        assertThat(ids(explain(started + later + started.replace("2026-03-01", "2026-03-03"))))
                .isEmpty();
    }

    @Test
    void aKillForATimeLimitIsNotTakenForMemory() {
        String log = """
                [2026-03-01 10:00:59 +0000] [1] [CRITICAL] WORKER TIMEOUT (pid:8)
                [2026-03-01 10:01:00 +0000] [1] [ERROR] Worker (pid:8) was sent SIGKILL! Perhaps out of memory?
                """;

        assertThat(ids(explain(log))).startsWith("WORKER_TIMEOUT");
        assertThat(ids(explain(log.lines().skip(1).findFirst().orElseThrow()))).startsWith("OUT_OF_MEMORY");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-01 10:00:%s [1] [%s] %s",
                "[2026-03-01 10:00:%s,168 - gunicorn.error - 264][%s] %s",
                "{\"time\": \"2026-03-01 10:00:%s\", \"severity\": \"%s\", \"message\": \"info | %s\"}",
            })
    void gunicornIsKnownByItsWordsWhateverTheFormat(String format) {
        String log = format.formatted("09", "INFO", "Booting worker with pid: 8") + "\n"
                + format.formatted("40", "CRITICAL", "WORKER TIMEOUT (pid:8)") + "\n"
                + format.formatted("41", "INFO", "Booting worker with pid: 9") + "\n";

        assertThat(ids(explain(log))).startsWith("WORKER_TIMEOUT");
        assertThat(ids(explain(log.lines().findFirst().orElseThrow()))).isEmpty();
    }

    @Test
    void aWholeTracebackCountsMoreThanTheNextOneThatIsCutOff() {
        List<String> lines = BROKEN.lines().toList();
        String whole = String.join("\n", lines.subList(7, 11)) + "\n";
        String cutOff = String.join("\n", lines.subList(3, 8)) + "\n";

        assertThat(ids(explain(whole + cutOff))).containsExactly("MISSING_MODULE");
        assertThat(ids(explain("ModuleNotFoundError: No module named 'requests'\n" + cutOff)))
                .containsExactly("MISSING_MODULE");
        // The line that raises names the class.
        assertThat(
                        ids(
                                explain(
                                        cutOff.replace("    import requests", "    raise socket.gaierror(8)")
                                                + "  File \"/app/orders.py\", line 3, in <module>\n    raise socket.gaierror(-2, 'no address')\n")))
                .startsWith("BACKEND_UNREACHABLE");
    }

    @Test
    void theFirstLettersOfALogMayBeLost() {
        String log = wrapped("web-1  | %s", BROKEN).substring(2);

        List<Explanation> all = explain(log, OptionalInt.empty());

        assertThat(all).extracting(Explanation::name).containsExactly("web-1");
        assertThat(ids(all.get(0))).containsExactly("MISSING_MODULE");
    }

    @Test
    void whatAPageMadeOfQuotesAndBracketsIsRead() {
        String log = BROKEN.replace("\"", "&quot;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("'", "&#39;");

        assertThat(ids(explain("```log\n" + log + "```\n"))).containsExactly("MISSING_MODULE");
    }

    @Test
    void anApplicationsStartupThatFailsIsSeenBeforeUvicornSaysSo() {
        String log = """
                INFO:     Started server process [9]
                INFO:     Waiting for application startup.
                ERROR:    Traceback (most recent call last):
                  File "/usr/local/lib/python3.12/site-packages/starlette/routing.py", line 693, in lifespan
                    async with self.lifespan_context(app) as maybe_state:
                  File "/app/main.py", line 7, in up
                    raise ValueError("bad model file")
                ValueError: bad model file
                """;

        assertThat(ids(explain(log))).startsWith("APP_ERROR");
        assertThat(ids(explain("INFO:     Started server process [9]\nINFO:     Waiting for application startup.\n")))
                .isEmpty();
    }

    @Test
    void aPortThatTheMachineUsesIsToldApartFromOneInTheContainer() {
        Finding machine = explain(
                        "Error response from daemon: driver failed: Bind for 0.0.0.0:8000 failed: port is already allocated\n")
                .causes()
                .get(0);
        Finding container =
                explain("OSError: [Errno 98] Address already in use\n").causes().get(0);

        assertThat(machine.detail()).contains("on the machine");
        assertThat(container.id()).isEqualTo("ADDRESS_IN_USE");
        assertThat(container.detail()).contains("inside the container");
    }

    @Test
    void codeForPython3ThatPython2OrAnEarly3RunsIsTold() {
        assertThat(ids(explain("""
                  File "run.py", line 8
                    print("stopped", file=sys.stderr)
                                         ^
                SyntaxError: invalid syntax
                """))).containsExactly("PYTHON_VERSION_MISMATCH");
        String subscript = """
                Traceback (most recent call last):
                  File "main.py", line 2, in <module>
                    codes: %s = {}
                TypeError: 'type' object is not subscriptable
                """;
        assertThat(ids(explain(subscript.formatted("dict[int, str]")))).containsExactly("PYTHON_VERSION_MISMATCH");
        assertThat(ids(explain(subscript.formatted("Codes[int]")))).containsExactly("APP_ERROR");
    }

    @Test
    void aScriptThatMayNotMakeItsFilesIsTheCauseOfTheirAbsence() {
        String log = """
                /app/start.sh: 31: cannot create /app/config/settings.yaml: Permission denied
                FileNotFoundError: [Errno 2] No such file or directory: 'config/settings.yaml'
                """;

        assertThat(ids(explain(log))).startsWith("PERMISSION_DENIED");
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
