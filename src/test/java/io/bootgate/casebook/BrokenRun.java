package io.bootgate.casebook;

import static io.bootgate.casebook.Case.broken;
import static io.bootgate.rule.cause.CauseId.APP_ERROR;
import static io.bootgate.rule.cause.CauseId.APP_NOT_FOUND;
import static io.bootgate.rule.cause.CauseId.BACKEND_UNREACHABLE;
import static io.bootgate.rule.cause.CauseId.BOOT_HANG;
import static io.bootgate.rule.cause.CauseId.CRASH_LOOP;
import static io.bootgate.rule.cause.CauseId.EXITED;
import static io.bootgate.rule.cause.CauseId.HTTP_ERROR;
import static io.bootgate.rule.cause.CauseId.HTTP_NO_ANSWER;
import static io.bootgate.rule.cause.CauseId.KILLED;
import static io.bootgate.rule.cause.CauseId.NATIVE_CRASH;
import static io.bootgate.rule.cause.CauseId.OUT_OF_MEMORY;
import static io.bootgate.rule.cause.CauseId.RESOURCE_LIMIT;
import static io.bootgate.rule.cause.CauseId.SYSTEM_EXIT;
import static io.bootgate.rule.cause.CauseId.UNHEALTHY;
import static io.bootgate.rule.cause.CauseId.UNKNOWN;
import static io.bootgate.rule.cause.CauseId.WORKER_TIMEOUT;

import java.util.ArrayList;
import java.util.List;

/** Services that exit, loop, hang, starve or answer wrongly. */
final class BrokenRun {
    private BrokenRun() {}

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        cases.addAll(exits());
        cases.addAll(signals());
        cases.addAll(hangs());
        cases.addAll(resources());
        cases.addAll(lateDeaths());
        cases.addAll(answers());
        return cases;
    }

    private static List<Case> exits() {
        List<Case> cases = new ArrayList<>();
        for (String version : List.of("19.9.0", "20.0.4", "20.1.0", "21.2.0", "22.0.0", "24.1.1", "26.2.0")) {
            cases.add(broken("exit-1-loops-" + version, SYSTEM_EXIT).on(version).atImport("import sys; sys.exit(1)"));
        }
        for (String version : List.of("20.1.0", "23.0.0", "25.3.0")) {
            cases.add(broken("exit-0-loops-" + version, SYSTEM_EXIT).on(version).atImport("import sys; sys.exit(0)"));
        }
        cases.addAll(List.of(
                broken("exit-1-loops-on-podman-too", SYSTEM_EXIT)
                        .on("23.0.0")
                        .atImport("import sys; sys.exit(1)")
                        .onPodman(),
                broken("exit-with-a-message", SYSTEM_EXIT)
                        .on("23.0.0")
                        .atImport("import sys; sys.exit('FATAL: licence file is too old')"),
                broken("exit-quiet", SYSTEM_EXIT, CRASH_LOOP)
                        .on("20.1.0")
                        .options("--log-level critical")
                        .atImport("import sys; sys.exit(1)"),
                broken("exit-quiet-26", SYSTEM_EXIT, CRASH_LOOP)
                        .on("26.2.0")
                        .options("--log-level critical")
                        .atImport("import sys; sys.exit(1)"),
                broken("exit-0-quiet-slowly", SYSTEM_EXIT, CRASH_LOOP)
                        .on("23.0.0")
                        .options("--log-level critical")
                        .atImport("import sys, time; time.sleep(1); sys.exit(0)")
                        .timeout(12),
                broken("exit-preload", SYSTEM_EXIT, EXITED, UNKNOWN)
                        .on("20.1.0")
                        .options("--preload")
                        .atImport("import sys; sys.exit(1)"),
                broken("exit-0-preload", SYSTEM_EXIT, EXITED, UNKNOWN)
                        .on("26.2.0")
                        .options("--preload")
                        .atImport("import sys; sys.exit(0)"),
                broken("exit-hard-1", SYSTEM_EXIT).on("20.1.0").atImport("import os; os._exit(1)"),
                broken("exit-hard-1-26", SYSTEM_EXIT).on("26.2.0").atImport("import os; os._exit(1)"),
                broken("exit-hard-1-oldest", SYSTEM_EXIT, CRASH_LOOP)
                        .on("19.9.0")
                        .atImport("import os; os._exit(1)"),
                broken("exit-hard-3", SYSTEM_EXIT, APP_ERROR).on("23.0.0").atImport("import os; os._exit(3)"),
                broken("exit-3", SYSTEM_EXIT, APP_ERROR).on("22.0.0").atImport("import sys; sys.exit(3)"),
                broken("exit-4-looks-like-app-not-found", SYSTEM_EXIT, APP_ERROR, APP_NOT_FOUND)
                        .on("20.1.0")
                        .atImport("import sys; sys.exit(4)"),
                broken("exit-by-argparse", SYSTEM_EXIT)
                        .on("23.0.0")
                        .atImport(
                                "import argparse\np = argparse.ArgumentParser()\np.add_argument('--model', required=True)\np.parse_args()"),
                broken("exit-four-workers", SYSTEM_EXIT)
                        .on("25.3.0")
                        .options("-w 4")
                        .atImport("import sys; sys.exit(1)"),
                broken("exit-slowly", SYSTEM_EXIT)
                        .on("26.2.0")
                        .atImport("import sys, time; time.sleep(2); sys.exit(1)"),
                broken("exit-every-second-worker", SYSTEM_EXIT, CRASH_LOOP)
                        .on("23.0.0")
                        .options("-w 2")
                        .atImport("""
                                import fcntl, sys
                                slot = open("/tmp/slot", "w")
                                try:
                                    fcntl.flock(slot, fcntl.LOCK_EX | fcntl.LOCK_NB)
                                except OSError:
                                    sys.exit(1)
                                """),
                broken("exit-under-a-shell", SYSTEM_EXIT)
                        .on("20.1.0")
                        .shell("gunicorn -b 0.0.0.0:8000 app:app; true")
                        .atImport("exit(1)"),
                broken("exit-of-an-embedded-main", SYSTEM_EXIT, EXITED)
                        .on("23.0.0")
                        .script("start.sh", "#!/bin/sh\ngunicorn -b 0.0.0.0:8000 app:app &\nsleep 1\nexit 7\n")
                        .command("./start.sh"),
                broken("exit-by-a-time-limit", EXITED, KILLED)
                        .on("22.0.0")
                        .shell("timeout 1 gunicorn -b 0.0.0.0:8000 app:app")
                        .atImport("import time; time.sleep(30)")));
        return cases;
    }

    private static List<Case> signals() {
        List<Case> cases = new ArrayList<>();
        for (String version : List.of("19.9.0", "20.1.0", "23.0.0", "26.2.0")) {
            cases.add(broken("segfault-" + version, NATIVE_CRASH)
                    .on(version)
                    .atImport("import ctypes; ctypes.string_at(0)"));
        }
        for (String version : List.of("20.1.0", "21.2.0", "24.1.1", "26.2.0")) {
            cases.add(broken("killed-but-not-for-memory-" + version, KILLED)
                    .on(version)
                    .atImport("import os, signal; os.kill(os.getpid(), signal.SIGKILL)"));
        }
        cases.addAll(List.of(
                broken("abort", NATIVE_CRASH).on("20.1.0").atImport("import os; os.abort()"),
                broken("abort-26", NATIVE_CRASH).on("26.2.0").options("-w 2").atImport("import os; os.abort()"),
                broken("illegal-instruction", NATIVE_CRASH)
                        .on("22.0.0")
                        .atImport("import os, signal; os.kill(os.getpid(), signal.SIGILL)"),
                broken("segfault-with-faulthandler", NATIVE_CRASH)
                        .on("20.0.4")
                        .env("PYTHONFAULTHANDLER", "1")
                        .atImport("import ctypes; ctypes.string_at(0)"),
                broken("segfault-preload", NATIVE_CRASH)
                        .on("23.0.0")
                        .options("--preload")
                        .atImport("import ctypes; ctypes.string_at(0)")
                        .onPodman(),
                broken("segfault-preload-under-a-shell", NATIVE_CRASH)
                        .on("20.1.0")
                        .shell("gunicorn -b 0.0.0.0:8000 --preload app:app; exit $?")
                        .atImport("import ctypes; ctypes.string_at(0)"),
                broken("segfault-quiet", NATIVE_CRASH, CRASH_LOOP, SYSTEM_EXIT)
                        .on("23.0.0")
                        .options("--log-level critical")
                        .atImport("import ctypes; ctypes.string_at(0)"),
                broken("segfault-at-request", NATIVE_CRASH)
                        .on("23.0.0")
                        .atRequest("import ctypes; ctypes.string_at(0)")));
        return cases;
    }

    private static List<Case> hangs() {
        List<Case> cases = new ArrayList<>();
        for (String version : List.of("19.9.0", "20.1.0", "21.2.0")) {
            cases.add(broken("import-past-the-timeout-" + version, WORKER_TIMEOUT)
                    .on(version)
                    .options("--timeout 2")
                    .atImport("import time; time.sleep(60)"));
        }
        for (String version : List.of("22.0.0", "26.2.0")) {
            cases.add(broken("import-hangs-" + version, BOOT_HANG)
                    .on(version)
                    .options("--timeout 2")
                    .atImport("import time; time.sleep(600)")
                    .timeout(7));
        }
        for (String version : List.of("20.0.4", "20.1.0", "21.2.0", "23.0.0", "26.2.0")) {
            cases.add(broken("request-past-the-timeout-" + version, WORKER_TIMEOUT, HTTP_NO_ANSWER)
                    .on(version)
                    .options("--timeout 2")
                    .atRequest("import time; time.sleep(600)")
                    .timeout(15));
        }
        cases.addAll(List.of(
                broken("import-hangs-on-a-lock", BOOT_HANG)
                        .on("23.0.0")
                        .atImport("import threading\nlock = threading.Lock()\nlock.acquire(); lock.acquire()")
                        .timeout(7)
                        .onPodman(),
                broken("import-hangs-busily", BOOT_HANG)
                        .on("25.3.0")
                        .atImport("while True: pass")
                        .timeout(7),
                broken("import-hangs-preload", BOOT_HANG)
                        .on("23.0.0")
                        .options("--preload")
                        .atImport("import time; time.sleep(600)")
                        .timeout(7),
                broken("import-hangs-quiet", BOOT_HANG, HTTP_NO_ANSWER)
                        .on("20.1.0")
                        .options("--log-level critical")
                        .atImport("import time; time.sleep(600)")
                        .timeout(7),
                broken("import-hangs-chattering", BOOT_HANG)
                        .on("26.2.0")
                        .atImport(
                                "import time\nwhile True:\n    print('downloading model', flush=True); time.sleep(0.2)")
                        .timeout(7),
                broken("import-hangs-on-a-backend", BOOT_HANG, BACKEND_UNREACHABLE)
                        .on("22.0.0")
                        .atImport("""
                        import socket
                        trap = socket.create_server(("127.0.0.1", 5432))
                        socket.create_connection(("127.0.0.1", 5432)).recv(1)
                        """)
                        .timeout(7),
                broken("request-hangs-with-threads", HTTP_NO_ANSWER)
                        .on("20.1.0")
                        .options("--threads 2 --timeout 0")
                        .atRequest("import time; time.sleep(600)")
                        .timeout(8)
                        .onPodman(),
                broken("request-hangs-before-the-timeout", HTTP_NO_ANSWER)
                        .on("26.2.0")
                        .atRequest("import time; time.sleep(600)")
                        .timeout(8),
                broken("request-hangs-quietly", HTTP_NO_ANSWER)
                        .on("23.0.0")
                        .options("--log-level critical --timeout 0")
                        .atRequest("import time; time.sleep(600)")
                        .timeout(8),
                broken("request-answered-too-late-always", HTTP_NO_ANSWER)
                        .on("22.0.0")
                        .atRequest("import time; time.sleep(6)")
                        .timeout(14),
                broken("request-closed-without-an-answer", HTTP_NO_ANSWER)
                        .on("23.0.0")
                        .options("-k gthread")
                        .app("""
                        import socket
                        def app(environ, start_response):
                            environ["gunicorn.socket"].shutdown(socket.SHUT_RDWR)
                            start_response("200 OK", [])
                            return [b"ok"]
                        """)
                        .timeout(8)));
        return cases;
    }

    private static List<Case> resources() {
        String hungry = "hoard = []\nwhile True:\n    hoard.append(bytearray(8 * 1024 * 1024))";
        List<Case> cases = new ArrayList<>();
        for (String version : List.of("19.9.0", "20.1.0", "22.0.0", "24.1.1", "26.2.0")) {
            cases.add(broken("memory-of-a-worker-" + version, OUT_OF_MEMORY)
                    .on(version)
                    .memory(96)
                    .atImport(hungry));
        }
        cases.addAll(
                List.of(
                        broken("memory-at-import-podman", OUT_OF_MEMORY)
                                .on("23.0.0")
                                .memory(96)
                                .options("--preload")
                                .atImport(hungry)
                                .onPodman(),
                        broken("memory-quiet", OUT_OF_MEMORY)
                                .on("20.1.0")
                                .memory(96)
                                .options("--log-level critical")
                                .atImport(hungry),
                        broken("memory-under-a-shell", OUT_OF_MEMORY)
                                .on("26.2.0")
                                .memory(96)
                                .options("--preload")
                                .shell("gunicorn -b 0.0.0.0:8000 --preload app:app; exit $?")
                                .atImport(hungry),
                        broken("memory-of-four-workers", OUT_OF_MEMORY)
                                .on("23.0.0")
                                .memory(128)
                                .options("-w 4")
                                .atImport(
                                        "cache = bytearray(60 * 1024 * 1024)\nfor i in range(0, len(cache), 4096): cache[i] = 1"),
                        broken("memory-at-each-request", OUT_OF_MEMORY)
                                .on("21.2.0")
                                .memory(96)
                                .atRequest(hungry),
                        broken("memory-limit-of-python", OUT_OF_MEMORY)
                                .on("23.0.0")
                                .atImport(
                                        "import resource\nresource.setrlimit(resource.RLIMIT_AS, (200_000_000, 200_000_000))\nx = bytearray(1_000_000_000)"),
                        broken("memory-error-plain", OUT_OF_MEMORY, APP_ERROR)
                                .on("20.1.0")
                                .atImport("x = bytearray(1 << 55)"),
                        broken("memory-killed-child-ends-the-app", OUT_OF_MEMORY)
                                .on("23.0.0")
                                .memory(128)
                                .atImport(
                                        "import subprocess, sys\nsubprocess.run([sys.executable, '-c', 'x = bytearray(400 * 1024 * 1024)'], check=True)"),
                        broken("processes-limit-of-the-master", RESOURCE_LIMIT)
                                .on("20.1.0")
                                .pids(1),
                        broken("processes-limit-of-the-master-26", RESOURCE_LIMIT)
                                .on("26.2.0")
                                .pids(2)
                                .options("-w 4"),
                        broken("threads-limit", RESOURCE_LIMIT)
                                .on("23.0.0")
                                .pids(12)
                                .atImport(
                                        "import threading, time\nfor i in range(40): threading.Thread(target=time.sleep, args=(60,), daemon=True).start()"),
                        broken("files-limit", RESOURCE_LIMIT)
                                .on("22.0.0")
                                .atImport(
                                        "import resource\nresource.setrlimit(resource.RLIMIT_NOFILE, (24, 24))\nhandles = [open('/dev/null') for _ in range(50)]")));
        return cases;
    }

    private static List<Case> lateDeaths() {
        return List.of(
                broken("dies-a-second-after-it-serves", CRASH_LOOP, SYSTEM_EXIT)
                        .on("20.1.0")
                        .atImport("import os, threading\nthreading.Timer(1, os._exit, (1,)).start()"),
                broken("dies-a-second-after-it-serves-26", CRASH_LOOP, SYSTEM_EXIT)
                        .on("26.2.0")
                        .atImport("import os, threading\nthreading.Timer(1.5, os._exit, (1,)).start()"),
                broken("dies-quietly-after-it-serves", CRASH_LOOP, SYSTEM_EXIT)
                        .on("23.0.0")
                        .options("--log-level critical")
                        .atImport("import os, threading\nthreading.Timer(1, os._exit, (1,)).start()"),
                broken("dies-late-within-a-long-settle", CRASH_LOOP, SYSTEM_EXIT)
                        .on("23.0.0")
                        .settle(8)
                        .atImport("import os, threading\nthreading.Timer(3, os._exit, (1,)).start()"),
                broken("dies-at-each-request-after-it", CRASH_LOOP, SYSTEM_EXIT)
                        .on("22.0.0")
                        .app("""
                                import os, threading
                                def app(environ, start_response):
                                    threading.Timer(0.2, os._exit, (1,)).start()
                                    start_response("200 OK", [])
                                    return [b"ok"]
                                """),
                broken("master-ends-after-it-serves", EXITED, KILLED)
                        .on("25.3.0")
                        .atImport(
                                "import os, signal, threading\nthreading.Timer(1, os.kill, (os.getppid(), signal.SIGTERM)).start()"),
                broken("memory-grows-after-it-serves", OUT_OF_MEMORY)
                        .on("23.0.0")
                        .memory(128)
                        .atImport("""
                        import threading, time
                        hoard = []
                        def leak():
                            while True:
                                hoard.append(bytearray(8 * 1024 * 1024)); time.sleep(0.05)
                        threading.Thread(target=leak, daemon=True).start()
                        """),
                broken("segfault-a-second-after-it-serves", NATIVE_CRASH)
                        .on("21.2.0")
                        .atImport("import ctypes, threading\nthreading.Timer(1, ctypes.string_at, (0,)).start()"));
    }

    private static List<Case> answers() {
        List<Case> cases = new ArrayList<>();
        for (String version : List.of("20.1.0", "23.0.0", "26.2.0")) {
            cases.add(broken("answers-500-by-gunicorn-" + version, HTTP_ERROR)
                    .on(version)
                    .atRequest("raise ValueError('no such plan')"));
        }
        String status = """
                def app(environ, start_response):
                    start_response("%s", [])
                    return [b"not today"]
                """;
        cases.addAll(List.of(
                broken("answers-500-by-flask", HTTP_ERROR).on("22.0.0").app("""
                        from flask import Flask
                        app = Flask(__name__)
                        @app.get("/")
                        def index():
                            return 1 / 0
                        """).onPodman(),
                broken("answers-503-always", HTTP_ERROR)
                        .on("20.1.0")
                        .app(status.formatted("503 Service Unavailable"))
                        .timeout(8),
                broken("answers-502-quietly", HTTP_ERROR)
                        .on("26.2.0")
                        .options("--log-level critical")
                        .app(status.formatted("502 Bad Gateway"))
                        .timeout(8),
                broken("answers-500-on-the-path-asked-for", HTTP_ERROR)
                        .on("23.0.0")
                        .path("/health")
                        .app("""
                        def app(environ, start_response):
                            bad = environ["PATH_INFO"] == "/health"
                            start_response("500 Internal Server Error" if bad else "200 OK", [])
                            return [b"x"]
                        """),
                broken("answers-500-after-a-first-200", HTTP_ERROR).on("23.0.0").app("""
                        count = 0
                        def app(environ, start_response):
                            global count
                            count += 1
                            start_response("200 OK" if count == 1 else "500 Internal Server Error", [])
                            return [b"x"]
                        """),
                broken("answers-500-for-a-table-that-is-missing", HTTP_ERROR)
                        .on("20.1.0")
                        .atRequest("import sqlite3; sqlite3.connect(':memory:').execute('select * from orders')"),
                broken("answers-500-for-a-backend-that-is-missing", HTTP_ERROR, BACKEND_UNREACHABLE)
                        .on("23.0.0")
                        .atRequest("import redis; redis.Redis(host='127.0.0.1').ping()"),
                broken("healthcheck-fails", UNHEALTHY)
                        .on("20.1.0")
                        .dockerfile("HEALTHCHECK --interval=1s --retries=2 CMD exit 1")
                        .timeout(10)
                        .onPodman(),
                broken("healthcheck-needs-curl", UNHEALTHY)
                        .on("23.0.0")
                        .dockerfile(
                                "HEALTHCHECK --interval=1s --retries=2 CMD curl -f http://127.0.0.1:8000/ || exit 1")
                        .timeout(10),
                broken("healthcheck-asks-a-path-that-is-missing", UNHEALTHY)
                        .on("26.2.0")
                        .app("from flask import Flask\napp = Flask(__name__)\n")
                        .dockerfile(
                                "HEALTHCHECK --interval=1s --retries=2 CMD python3 -c \"import urllib.request as u; u.urlopen('http://127.0.0.1:8000/health')\"")
                        .timeout(10),
                broken("healthcheck-asks-another-port", UNHEALTHY)
                        .on("22.0.0")
                        .dockerfile(
                                "HEALTHCHECK --interval=2s --retries=2 CMD [\"python3\", \"-c\", \"import socket; socket.create_connection(('127.0.0.1', 5000), 1)\"]")
                        .timeout(10)));
        return cases;
    }
}
