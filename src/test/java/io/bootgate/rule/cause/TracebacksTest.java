package io.bootgate.rule.cause;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TracebacksTest {
    private static final String PLAIN = """
            [2026-11-22 17:00:00 +0000] [7] [ERROR] Exception in worker process
            Traceback (most recent call last):
              File "/usr/local/lib/python3.12/site-packages/gunicorn/arbiter.py", line 608, in spawn_worker
                worker.init_process()
              File "<frozen importlib._bootstrap>", line 1331, in _find_and_load_unlocked
              File "/app/app.py", line 2, in <module>
                import requests
            ModuleNotFoundError: No module named 'requests'
            [2026-11-22 17:00:00 +0000] [7] [INFO] Worker exiting (pid: 7)
            """;

    private static final String CHAIN = """
            Traceback (most recent call last):
              File "/app/chain.py", line 4, in load
                return os.environ["NOPE"]
                       ~~~~~~~~~~^^^^^^^^
              File "<frozen os>", line 679, in __getitem__
            KeyError: 'NOPE'

            The above exception was the direct cause of the following exception:

            Traceback (most recent call last):
              File "/app/chain.py", line 8, in <module>
                load()
              File "/app/chain.py", line 6, in load
                raise ValueError("no limit") from e
            ValueError: no limit

            During handling of the above exception, another exception occurred:

            Traceback (most recent call last):
              File "/app/chain.py", line 10, in <module>
                raise RuntimeError("broken\\nsecond line")
            RuntimeError: broken
            second line
            """;

    @Test
    void readsFramesTypeAndMessage() {
        Traceback traceback = only(PLAIN);
        assertThat(traceback.frames())
                .containsExactly(
                        new Frame(
                                "/usr/local/lib/python3.12/site-packages/gunicorn/arbiter.py",
                                608,
                                "spawn_worker",
                                "worker.init_process()"),
                        new Frame("<frozen importlib._bootstrap>", 1331, "_find_and_load_unlocked", ""),
                        new Frame("/app/app.py", 2, "<module>", "import requests"));
        assertThat(traceback.summary()).isEqualTo("ModuleNotFoundError: No module named 'requests'");
        assertThat(traceback.last().logged().number()).isEqualTo(8);
        assertThat(traceback.pid()).hasValue(7);
        assertThat(traceback.announcement()).endsWith("[7] [ERROR] Exception in worker process");
    }

    @Test
    void takesTheDeepestFrameOutsideOfPythonAndLibrariesForTheApplications() {
        assertThat(only(PLAIN).appFrame()).map(Frame::path).contains("/app/app.py");
        assertThat(new Frame("/usr/lib/python3.11/json/decoder.py", 1, "decode", "").isOfTheApp())
                .isFalse();
        assertThat(new Frame("/usr/local/bin/gunicorn", 8, "<module>", "").isOfTheApp())
                .isFalse();
        assertThat(new Frame("/opt/venv/lib/python3.12/site-packages/x/y.py", 8, "f", "").isOfTheApp())
                .isFalse();
        assertThat(new Frame("/code/./views.py", 8, "f", "").path()).isEqualTo("/code/views.py");
    }

    @Test
    void followsAChainFromTheInnermostToTheLast() {
        Traceback last = only(CHAIN);
        assertThat(last.chain())
                .extracting(Traceback::summary)
                .containsExactly("KeyError: 'NOPE'", "ValueError: no limit", "RuntimeError: broken");
        assertThat(last.raisedFrom()).isFalse();
        assertThat(last.origin().orElseThrow().raisedFrom()).isTrue();
        assertThat(last.message()).isEqualTo("broken\nsecond line");
    }

    @Test
    void readsTheTreeOfAnExceptionGroup() {
        Traceback group = only("""
                ERROR:    Startup failed
                  + Exception Group Traceback (most recent call last):
                  |   File "/app/group.py", line 9, in <module>
                  |     run()
                  |   File "/app/group.py", line 8, in run
                  |     raise ExceptionGroup("start", [ValueError("a"), ExceptionGroup("inner", errors)])
                  | ExceptionGroup: start (2 sub-exceptions)
                  +-+---------------- 1 ----------------
                    | ValueError: a
                    +---------------- 2 ----------------
                    | ExceptionGroup: inner (1 sub-exception)
                    +-+---------------- 1 ----------------
                      | Traceback (most recent call last):
                      |   File "/app/group.py", line 6, in run
                      |     try: f()
                      |          ^^^
                      |   File "/app/group.py", line 2, in inner
                      |     raise TypeError("b")
                      | TypeError: b
                      +------------------------------------
                ERROR:    Application startup failed. Exiting.
                """);
        assertThat(group.chain())
                .extracting(Traceback::summary)
                .containsExactly(
                        "ValueError: a",
                        "TypeError: b",
                        "ExceptionGroup: inner (1 sub-exception)",
                        "ExceptionGroup: start (2 sub-exceptions)");
        assertThat(group.members()).hasSize(2);
        assertThat(group.chain().get(1).lastFrame()).map(Frame::line).contains(2);
        assertThat(group.frames()).hasSize(2);
    }

    @Test
    void readsASyntaxErrorWhosePlaceIsNoFrame() {
        Traceback traceback = only("""
                Traceback (most recent call last):
                  File "/app/syn.py", line 1, in <module>
                    import bad
                  File "/app/bad.py", line 1
                    x = = 1
                        ^
                SyntaxError: invalid syntax
                """);
        assertThat(traceback.lastFrame()).contains(new Frame("/app/bad.py", 1, "", "x = = 1"));
        assertThat(traceback.summary()).isEqualTo("SyntaxError: invalid syntax");
    }

    @Test
    void readsASyntaxErrorOfTheMainScriptWhichHasNoHeader() {
        Traceback traceback = only("""
                  File "/app/app.py", line 3
                    x = = 1
                        ^
                SyntaxError: invalid syntax
                """);
        assertThat(traceback.lastFrame()).map(Frame::line).contains(3);
        assertThat(traceback.type()).isEqualTo("SyntaxError");
    }

    @Test
    void survivesRecursion() {
        Traceback traceback = only("""
                Traceback (most recent call last):
                  File "/app/rec.py", line 3, in <module>
                    f(0)
                  File "/app/rec.py", line 2, in f
                    return f(n + 1)
                           ^^^^^^^^
                  File "/app/rec.py", line 2, in f
                    return f(n + 1)
                           ^^^^^^^^
                  [Previous line repeated 996 more times]
                RecursionError: maximum recursion depth exceeded
                """);
        assertThat(traceback.frames()).hasSize(3);
        assertThat(traceback.name()).isEqualTo("RecursionError");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "web_1  | ",
                "> ",
                "2026-11-22T17:00:00.123456789Z ",
                "2026-11-22T17:00:00.123456789Z stderr F ",
                "Nov 22 17:00:00 host app[123]: ",
                "[pod/web-7d9f/web] ",
                "2026-11-22T17:00:00.000000+00:00 app[web.1]: ",
                "web-7d9f5-abcde web "
            })
    void looksThroughWhatCollectorsPutInFrontOfEachLine(String prefix) {
        String log = PLAIN.lines().map(line -> prefix + line).collect(Collectors.joining("\n"));
        assertReadsLikePlain(log);
    }

    @Test
    void looksThroughColoursCarriageReturnsAndBlankLines() {
        assertReadsLikePlain(
                PLAIN.lines().map(l -> "\u001B[31m" + l + "\u001B[0m").collect(Collectors.joining("\n")));
        assertReadsLikePlain(PLAIN.replace("\n", "\r\n\r\n"));
        assertReadsLikePlain(PLAIN.replace("\n", "\n\n"));
    }

    @Test
    void findsATracebackInAJsonLogLine() {
        String escaped = PLAIN.lines()
                .skip(1)
                .limit(7)
                .collect(Collectors.joining("\\n"))
                .replace("\"", "\\\"");
        assertReadsLikePlain(
                "{\"asctime\": \"2026-11-22\", \"message\": \"Exception in worker process\", \"exc_info\": \"" + escaped
                        + "\"}");
        assertReadsLikePlain("{\"log\": \"" + escaped + "\\n\", \"stream\": \"stderr\"}");
        assertReadsLikePlain("ERROR app \"" + escaped + "\"");
    }

    @Test
    void findsATracebackOfWhichEachLineIsAJsonRecord() {
        assertReadsLikePlain(PLAIN.lines()
                .map(l -> "{\"log\":\"" + l.replace("\"", "\\\"") + "\\n\",\"stream\":\"stderr\",\"time\":\"2026\"}")
                .collect(Collectors.joining("\n")));
    }

    @Test
    void readsALogThatHasItsNewestLineFirst() {
        List<String> lines = new ArrayList<>(PLAIN.lines().toList());
        Collections.reverse(lines);
        assertReadsLikePlain(String.join("\n", lines));
    }

    @Test
    void toleratesLostIndentation() {
        assertReadsLikePlain(PLAIN.lines().map(String::strip).collect(Collectors.joining("\n")));
    }

    @Test
    void readsATracebackWhoseBeginningIsCutOff() {
        Traceback traceback = only("""
                app/settings.py", line 92, in get
                    raise UndefinedValueError('...')
                decouple.UndefinedValueError: secret not found. Declare it as envvar or define a default value.
                """);
        assertThat(traceback.type()).isEqualTo("decouple.UndefinedValueError");
        assertThat(traceback.frames()).hasSize(1);
    }

    @Test
    void readsATracebackWhoseEndIsCutOff() {
        Traceback traceback = only(PLAIN.lines().limit(7).collect(Collectors.joining("\n")));
        assertThat(traceback.type()).isEmpty();
        assertThat(traceback.frames()).hasSize(3);
    }

    @Test
    void chainsToAnExceptionOfWhichOnlyItsOwnLineIsLeft() {
        Traceback traceback = only("""
                sqlalchemy.exc.OperationalError: (psycopg2.OperationalError) could not connect
                \tIs the server running on host "localhost" (::1) and accepting
                \tTCP/IP connections on port 5432?

                During handling of the above exception, another exception occurred:

                Traceback (most recent call last):
                  File "/usr/lib/python3/dist-packages/gunicorn/instrument/statsd.py", line 121, in _sock_send
                    self.sock.send(msg)
                ConnectionRefusedError: [Errno 111] Connection refused
                """);
        assertThat(traceback.chain())
                .extracting(Traceback::name)
                .containsExactly("OperationalError", "ConnectionRefusedError");
        assertThat(traceback.chain().get(0).message()).contains("port 5432");
    }

    @Test
    void separatesTwoTracebacksThatWereWrittenLineByLineAtTheSameTime() {
        String first = """
                Traceback (most recent call last):
                  File "/opt/gunicorn/arbiter.py", line 608, in spawn_worker
                    worker.init_process()
                  File "/app/a.py", line 2, in <module>
                    import requests
                ModuleNotFoundError: No module named 'requests'
                """;
        String second = """
                Traceback (most recent call last):
                  File "/app/worker.py", line 9, in start
                    connect(host)
                  File "/app/net.py", line 4, in connect
                    raise OSError("no route")
                OSError: no route
                """;
        List<Traceback> read = Logs.tracebacks(woven(first, second));
        assertThat(read)
                .extracting(Traceback::summary)
                .containsExactlyInAnyOrder("ModuleNotFoundError: No module named 'requests'", "OSError: no route");
        for (Traceback traceback : read) {
            String expected = traceback.name().equals("OSError") ? "/app/net.py" : "/app/a.py";
            assertThat(traceback.lastFrame()).map(Frame::file).contains(expected);
        }
    }

    @Test
    void separatesTheSameTracebackOfSeveralWorkers() {
        String traceback = PLAIN.lines().skip(1).limit(7).collect(Collectors.joining("\n"));
        List<Traceback> read = Logs.tracebacks(woven(traceback, traceback));
        assertThat(read).hasSize(2);
        assertThat(read).allSatisfy(each -> {
            assertThat(each.frames()).hasSize(3);
            assertThat(each.summary()).isEqualTo("ModuleNotFoundError: No module named 'requests'");
        });
    }

    @Test
    void doesNotTakeTheTextThatGunicornRepeatsForAPartOfTheMessage() {
        Traceback traceback = only(PLAIN.replace(
                "[2026-11-22 17:00:00 +0000] [7] [INFO]",
                "No module named 'requests'\n[2026-11-22 17:00:00 +0000] [7] [INFO]"));
        assertThat(traceback.message()).isEqualTo("No module named 'requests'");
    }

    @Test
    void knowsTheExceptionThatWaitressTellsInThreeLines() {
        Traceback traceback = only("""
                There was an exception (ModuleNotFoundError) importing your module.

                It had these arguments:

                1. No module named 'weasyprint'
                """);
        assertThat(traceback.summary()).isEqualTo("ModuleNotFoundError: No module named 'weasyprint'");
    }

    @Test
    void seesNoExceptionInOrdinaryText() {
        assertThat(Logs.tracebacks("""
                        INFO: loading
                        Error: '' is not a valid port number.
                        Listening at: http://0.0.0.0:8000
                        retrying: connection refused
                        done
                        """)).isEmpty();
    }

    private static String woven(String first, String second) {
        List<String> a = first.lines().toList();
        List<String> b = second.lines().toList();
        List<String> woven = new ArrayList<>();
        for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
            if (i < a.size()) {
                woven.add(a.get(i));
            }
            if (i < b.size()) {
                woven.add(b.get(i));
            }
        }
        return String.join("\n", woven);
    }

    private static void assertReadsLikePlain(String log) {
        Traceback traceback = only(log);
        assertThat(traceback.frames()).isEqualTo(only(PLAIN).frames());
        assertThat(traceback.summary()).isEqualTo("ModuleNotFoundError: No module named 'requests'");
    }

    private static Traceback only(String log) {
        List<Traceback> tracebacks = Logs.tracebacks(log);
        assertThat(tracebacks).hasSize(1);
        return tracebacks.get(0);
    }
}
