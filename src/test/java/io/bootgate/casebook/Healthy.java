package io.bootgate.casebook;

import static io.bootgate.casebook.Case.healthy;

import java.util.ArrayList;
import java.util.List;

/** Services on Gunicorn that serve: plain, quiet, loud, slow, oddly started, recycling. */
final class Healthy {
    private static final String FLASK = """
            from flask import Flask
            app = Flask(__name__)

            @app.get("/")
            def index():
                return "ok"
            """;

    private Healthy() {}

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (String version : Case.GUNICORNS) {
            cases.add(healthy("plain-flask-" + version).on(version).app(FLASK));
        }
        cases.addAll(quiet());
        cases.addAll(oddLogs());
        cases.addAll(slow());
        cases.addAll(workers());
        cases.addAll(recycling());
        cases.addAll(starts());
        cases.addAll(limits());
        cases.addAll(binds());
        return cases;
    }

    private static List<Case> quiet() {
        return List.of(
                healthy("quiet-at-level-warning")
                        .on("20.1.0")
                        .options("--log-level warning")
                        .onPodman(),
                healthy("quiet-at-level-critical").on("26.2.0").options("--log-level critical"),
                healthy("quiet-at-level-critical-oldest").on("19.9.0").options("--log-level critical -w 2"),
                healthy("quiet-error-log-in-a-file").options("--error-logfile /tmp/gunicorn.log -w 4"),
                healthy("quiet-error-log-in-a-file-preload")
                        .on("25.3.0")
                        .options("--error-logfile /tmp/gunicorn.log --preload"),
                healthy("quiet-and-slow")
                        .on("22.0.0")
                        .options("--log-level error")
                        .atImport("import time; time.sleep(6)"),
                healthy("quiet-with-another-server-header")
                        .options("--log-level critical")
                        .app("""
                                def app(environ, start_response):
                                    start_response("200 OK", [("Server", "acme"), ("Content-Length", "2")])
                                    return [b"ok"]
                                """),
                healthy("quiet-with-shell-form")
                        .on("20.1.0")
                        .shell("gunicorn --log-level error -b 0.0.0.0:${PORT:-8000} app:app"));
    }

    private static List<Case> oddLogs() {
        String jsonFormatter = """
                import json, logging

                class Json(logging.Formatter):
                    indent = %s
                    def format(self, record):
                        entry = {"ts": self.formatTime(record), "level": record.levelname, "logger": record.name,
                                 "message": record.getMessage()}
                        if record.exc_info:
                            entry["exc_info"] = self.formatException(record.exc_info)
                        return json.dumps(entry, indent=self.indent)
                """;
        String jsonConfig = """
                from jsonlog import Json
                logconfig_dict = {
                    "version": 1, "disable_existing_loggers": False,
                    "formatters": {"json": {"()": Json}},
                    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json", "stream": "ext://sys.stdout"}},
                    "root": {"level": "INFO", "handlers": ["console"]},
                    "loggers": {"gunicorn.error": {"level": "INFO", "handlers": ["console"], "propagate": False},
                                "gunicorn.access": {"level": "INFO", "handlers": ["console"], "propagate": False}},
                }
                """;
        return List.of(
                healthy("log-json")
                        .file("jsonlog.py", jsonFormatter.formatted("None"))
                        .file("gunicorn.conf.py", jsonConfig)
                        .onPodman(),
                healthy("log-json-20.1")
                        .on("20.1.0")
                        .file("jsonlog.py", jsonFormatter.formatted("None"))
                        .file("conf.py", jsonConfig)
                        .options("-c conf.py"),
                healthy("log-pretty-json")
                        .on("26.2.0")
                        .file("jsonlog.py", jsonFormatter.formatted("2"))
                        .file("gunicorn.conf.py", jsonConfig),
                healthy("log-ansi-colours").file("gunicorn.conf.py", """
                                logconfig_dict = {
                                    "version": 1, "disable_existing_loggers": False,
                                    "formatters": {"colour": {"format": "\\033[32m%(asctime)s\\033[0m [\\033[36m%(process)d\\033[0m] [\\033[1;34m%(levelname)s\\033[0m] %(message)s"}},
                                    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "colour", "stream": "ext://sys.stderr"}},
                                    "root": {"level": "INFO", "handlers": ["console"]},
                                    "loggers": {"gunicorn.error": {"level": "INFO", "handlers": ["console"], "propagate": False}},
                                }
                                """),
                healthy("log-config-ini-without-pids")
                        .on("21.2.0")
                        .file("logging.ini", """
                                [loggers]
                                keys=root,gunicorn.error
                                [handlers]
                                keys=console
                                [formatters]
                                keys=short
                                [logger_root]
                                level=INFO
                                handlers=console
                                [logger_gunicorn.error]
                                level=INFO
                                handlers=console
                                propagate=0
                                qualname=gunicorn.error
                                [handler_console]
                                class=StreamHandler
                                formatter=short
                                args=(sys.stdout,)
                                [formatter_short]
                                format=%(levelname)s | %(name)s | %(message)s
                                """)
                        .options("--log-config logging.ini"),
                healthy("log-own-logger-class").on("22.0.0").file("gunicorn.conf.py", """
                                from gunicorn.glogging import Logger

                                class Terse(Logger):
                                    error_fmt = r"%(asctime)s api[%(process)d] %(levelname)-8s %(message)s"
                                    datefmt = r"%Y-%m-%dT%H:%M:%S"

                                logger_class = Terse
                                """),
                healthy("log-with-captured-output")
                        .on("24.1.1")
                        .options("--error-logfile - --access-logfile - --capture-output"),
                healthy("log-level-debug-dumps-configuration").on("20.1.0").options("--log-level debug"),
                healthy("log-level-debug-dumps-configuration-26").on("26.2.0").options("--log-level debug"),
                healthy("log-to-a-device").on("22.0.0").options("--error-logfile /dev/stdout"),
                healthy("log-level-unknown-is-info").on("26.2.0").options("--log-level verbose"),
                healthy("log-handled-tracebacks").atImport("""
                        import logging, sys, traceback
                        try:
                            import ujson
                        except ImportError:
                            traceback.print_exc()
                        try:
                            open("/etc/acme/optional.yaml")
                        except OSError:
                            logging.exception("no optional configuration, using defaults")
                        try:
                            sys.exit(1)
                        except SystemExit:
                            traceback.print_exc()
                        """),
                healthy("log-alarming-words").atImport("""
                        import sys
                        for line in ("Perhaps out of memory?", "MemoryError", "Segmentation fault (core dumped)", "Killed",
                                     "[Errno 98] Address already in use", "ModuleNotFoundError: No module named 'ghost'",
                                     "KeyError: 'SECRET_KEY'", "Worker failed to boot.", "no space left on device",
                                     "exec format error", "SystemExit: 1", "*** no app loaded. GAME OVER ***",
                                     "ERROR:    Application startup failed. Exiting."):
                            print(line, file=sys.stderr, flush=True)
                        """),
                healthy("log-forged-failures-of-gunicorn").on("21.2.0").atImport("""
                        import sys
                        for line in ("[CRITICAL] WORKER TIMEOUT (pid:7)", "[ERROR] Worker (pid:7) was sent SIGKILL! Perhaps out of memory?",
                                     "[ERROR] Worker (pid:7) exited with code 3", "Shutting down: Master", "Reason: Worker failed to boot."):
                            print("[2026-11-22 10:00:00 +0000] [4711] " + line if line[0] == "[" else line, file=sys.stderr, flush=True)
                        """),
                healthy("log-forged-banner-before-the-real-one")
                        .on("23.0.0")
                        .options("--preload")
                        .atImport("""
                        import sys, time
                        print("[2026-11-22 10:00:00 +0000] [99] [INFO] Starting gunicorn 18.0.0", file=sys.stderr, flush=True)
                        print("[2026-11-22 10:00:00 +0000] [99] [INFO] Listening at: http://127.0.0.1:5000 (99)", file=sys.stderr, flush=True)
                        time.sleep(2)
                        """),
                healthy("log-100000-lines-at-import").atImport("""
                        for i in range(100000):
                            print("loading record", i, "of 100000: nothing to see here")
                        """),
                healthy("log-lines-of-a-megabyte").atImport("""
                        import sys
                        print("x" * 1_000_000, flush=True)
                        print("y" * 1_000_000, file=sys.stderr, flush=True)
                        """),
                healthy("log-not-utf8-nul-and-no-newline").atImport("""
                        import os
                        os.write(2, b"caf\\xe9 \\xff\\xfe\\x00 \\xc3( broken\\n")
                        os.write(1, "Gr\\u00fc\\u00dfe \\U0001f40d\\n".encode("utf-16"))
                        os.write(1, b"\\n")
                        os.write(2, b"waiting for input: ")
                        """),
                healthy("log-progress-bar-with-carriage-returns").atImport("""
                        import sys, time
                        for i in range(0, 101, 10):
                            sys.stderr.write("\\r%3d%%|%-10s| loading model" % (i, "#" * (i // 10))); sys.stderr.flush(); time.sleep(0.05)
                        """),
                healthy("log-control-characters-and-ci-commands").atImport("""
                        print("\\x1b[2J\\x1b[H##vso[task.complete result=Failed;]", flush=True)
                        print("::error file=app.py::boom", flush=True)
                        print("##teamcity[buildProblem description='boom']", flush=True)
                        """),
                healthy("log-verbose-interpreter").on("20.1.0").env("PYTHONVERBOSE", "1"),
                healthy("log-thread-that-crashes").app(FLASK + """
                        import threading
                        threading.Thread(target=lambda: 1 / 0).start()
                        """),
                healthy("log-own-access-log-tells-500")
                        .options("--access-logfile -")
                        .app("""
                        import sys
                        def app(environ, start_response):
                            print('127.0.0.1 - - [22/Nov/2026:10:00:00 +0000] "GET /metrics HTTP/1.1" 500 0 "-" "-"', file=sys.stderr, flush=True)
                            print("[2026-11-22 10:00:00 +0000] [7] [ERROR] Error handling request /metrics", file=sys.stderr, flush=True)
                            start_response("200 OK", [])
                            return [b"ok"]
                        """),
                healthy("log-flood-while-serving").app(FLASK + """
                        import threading
                        def chatter():
                            while True:
                                print("tick", flush=True)
                        threading.Thread(target=chatter, daemon=True).start()
                        """).cpus(1));
    }

    private static List<Case> slow() {
        return List.of(
                healthy("slow-import-8s")
                        .on("20.1.0")
                        .atImport("import time; time.sleep(8)")
                        .onPodman(),
                healthy("slow-import-past-the-timeout-that-22-ignores")
                        .on("22.0.0")
                        .options("--timeout 3")
                        .atImport("import time; time.sleep(6)"),
                healthy("slow-import-past-the-timeout-that-26-ignores")
                        .on("26.2.0")
                        .options("--timeout 2 -w 2")
                        .atImport("import time; time.sleep(5)"),
                healthy("slow-preload-silent-for-8s").options("--preload").atImport("import time; time.sleep(8)"),
                healthy("slow-entry-script-silent-for-8s")
                        .script("start.sh", "#!/bin/sh\nsleep 8\nexec gunicorn -b 0.0.0.0:8000 app:app\n")
                        .command("./start.sh"),
                healthy("slow-first-request-3s").on("20.1.0").app("""
                        import time
                        state = {}
                        def app(environ, start_response):
                            if not state:
                                time.sleep(3)
                                state["warm"] = True
                            start_response("200 OK", [])
                            return [b"ok"]
                        """).onPodman(),
                healthy("slow-first-request-7s").app("""
                        import time
                        state = {}
                        def app(environ, start_response):
                            if not state:
                                time.sleep(7)
                                state["warm"] = True
                            start_response("200 OK", [])
                            return [b"ok"]
                        """),
                healthy("slow-every-request-1500ms").atRequest("import time; time.sleep(1.5)"),
                healthy("slow-warm-up-answers-503-for-4s").on("25.3.0").app("""
                        import time
                        born = time.monotonic()
                        def app(environ, start_response):
                            start_response("200 OK" if time.monotonic() - born > 4 else "503 Service Unavailable", [("Retry-After", "1")])
                            return [b"ok"]
                        """),
                healthy("slow-workers-one-after-another")
                        .on("23.0.0")
                        .options("-w 4")
                        .atImport("""
                        import os, time
                        time.sleep(os.getpid() % 4)
                        """),
                healthy("slow-on-a-tenth-of-a-cpu").app(FLASK).cpus(0.15));
    }

    private static List<Case> workers() {
        String asgi = """
                from fastapi import FastAPI
                app = FastAPI()

                @app.get("/")
                def index():
                    return {"ok": True}
                """;
        return List.of(
                healthy("workers-four").on("20.1.0").options("-w 4").onPodman(),
                healthy("workers-four-preloaded").on("26.2.0").options("-w 4 --preload"),
                healthy("workers-threads").on("20.1.0").options("--threads 4"),
                healthy("workers-threads-25").on("25.3.0").options("-k gthread --threads 8 -w 2"),
                healthy("workers-gevent").on("23.0.0").options("-k gevent"),
                healthy("workers-gevent-26").on("26.2.0").options("-k gevent -w 2"),
                healthy("workers-eventlet").on("25.3.0").options("-k eventlet"),
                healthy("workers-uvicorn")
                        .on("23.0.0")
                        .options("-k uvicorn_worker.UvicornWorker")
                        .app(asgi),
                healthy("workers-uvicorn-26")
                        .on("26.2.0")
                        .options("-k uvicorn_worker.UvicornWorker -w 2 --log-level warning")
                        .app(asgi),
                healthy("workers-asgi-of-gunicorn-itself")
                        .on("26.2.0")
                        .options("-k asgi")
                        .app(asgi),
                healthy("workers-by-web-concurrency").on("21.2.0").env("WEB_CONCURRENCY", "3"),
                healthy("workers-with-dev-reload").on("20.1.0").options("--reload"),
                healthy("workers-without-timeout").on("22.0.0").options("--timeout 0 --graceful-timeout 1"),
                healthy("workers-temp-directory-in-shared-memory").on("19.9.0").options("--worker-tmp-dir /dev/shm"));
    }

    private static List<Case> recycling() {
        String fromAThread = """
                import os, signal, threading, time
                def later(action, seconds=1.0):
                    def run():
                        time.sleep(seconds)
                        action()
                    threading.Thread(target=run, daemon=True).start()
                """;
        String once = """
                import os
                def first(name):
                    try:
                        os.close(os.open("/tmp/" + name, os.O_CREAT | os.O_EXCL))
                        return True
                    except FileExistsError:
                        return False
                """;
        String reload = fromAThread + once + """
                if first("reloaded"):
                    later(lambda: os.kill(os.getppid(), signal.SIGHUP))
                """;
        List<Case> cases = new ArrayList<>();
        for (String version : List.of("19.9.0", "20.1.0", "23.0.0", "26.2.0")) {
            cases.add(healthy("recycles-after-every-request-" + version)
                    .on(version)
                    .options("--max-requests 1"));
        }
        for (String version : List.of("20.1.0", "21.2.0", "23.0.0", "26.2.0")) {
            cases.add(healthy("recycles-on-sighup-" + version)
                    .on(version)
                    .options("-w 2")
                    .atImport(reload));
        }
        cases.addAll(List.of(
                healthy("recycles-with-jitter-four-workers")
                        .on("22.0.0")
                        .options("-w 4 --max-requests 2 --max-requests-jitter 3"),
                healthy("recycles-on-sighup-preloaded")
                        .on("23.0.0")
                        .options("--preload")
                        .file("gunicorn.conf.py", """
                        import os, signal, threading, time
                        def when_ready(server):
                            def later():
                                time.sleep(1)
                                os.kill(os.getpid(), signal.SIGHUP)
                            if not os.path.exists("/tmp/reloaded"):
                                open("/tmp/reloaded", "w").close()
                                threading.Thread(target=later, daemon=True).start()
                        """),
                healthy("recycles-slowly")
                        .on("20.1.0")
                        .options("--max-requests 2")
                        .atImport("import time; time.sleep(1.5)"),
                healthy("reopens-its-log-by-signal").on("24.1.1").atImport(fromAThread + """
                        later(lambda: os.kill(os.getppid(), signal.SIGUSR1))
                        """),
                healthy("scales-up-and-down-by-signal").on("22.0.0").file("gunicorn.conf.py", """
                        import os, signal, threading, time
                        def when_ready(server):
                            def later():
                                for what in (signal.SIGTTIN, signal.SIGTTIN, signal.SIGTTOU):
                                    time.sleep(0.5)
                                    os.kill(os.getpid(), what)
                            threading.Thread(target=later, daemon=True).start()
                        """),
                // Not at once: a worker that ends before Gunicorn has written it down is missed until --timeout is
                // over.
                healthy("heals-after-one-exit").on("23.0.0").atImport(once + """
                        import time
                        if first("died"):
                            time.sleep(0.3)
                            os._exit(1)
                        """),
                healthy("heals-after-one-exit-unlogged").on("19.9.0").atImport(once + """
                        import time
                        import sys
                        if first("died"):
                            time.sleep(0.3)
                            sys.exit(1)
                        """),
                healthy("heals-after-one-segfault").on("20.1.0").atImport(once + """
                        import time
                        if first("died"):
                            time.sleep(0.3)
                            import ctypes
                            ctypes.string_at(0)
                        """),
                healthy("heals-after-one-kill-of-four")
                        .on("26.2.0")
                        .options("-w 4")
                        .atImport(once + """
                        import signal
                        if first("died"):
                            os.kill(os.getpid(), signal.SIGKILL)
                        """),
                healthy("survives-child-killed-for-memory")
                        .on("23.0.0")
                        .memory(160)
                        .atImport("""
                        import subprocess, sys
                        done = subprocess.run([sys.executable, "-c", "x = bytearray(400 * 1024 * 1024)"])
                        print("converter ended with", done.returncode, "- going on without previews", flush=True)
                        """),
                healthy("survives-child-killed-for-memory-quietly")
                        .on("20.1.0")
                        .memory(160)
                        .options("--log-level critical")
                        .atImport("""
                        import subprocess, sys
                        subprocess.run([sys.executable, "-c", "x = bytearray(400 * 1024 * 1024)"])
                        """),
                healthy("survives-memory-error-handled").on("26.2.0").atImport("""
                        try:
                            x = bytearray(1 << 50)
                        except MemoryError:
                            print("no room for the big cache, using the small one", flush=True)
                        """)));
        return cases;
    }

    private static List<Case> starts() {
        return List.of(
                healthy("start-shell-form").on("20.1.0").shell("gunicorn -b 0.0.0.0:8000 app:app"),
                healthy("start-shell-form-that-stays")
                        .on("23.0.0")
                        .shell("gunicorn -b 0.0.0.0:8000 app:app; echo stopped"),
                healthy("start-script-with-exec")
                        .script("docker-entrypoint.sh", "#!/bin/sh\nset -e\nexec \"$@\"\n")
                        .start(
                                "ENTRYPOINT [\"/app/docker-entrypoint.sh\"]",
                                "CMD [\"gunicorn\", \"-b\", \"0.0.0.0:8000\", \"app:app\"]"),
                healthy("start-script-without-exec")
                        .on("20.1.0")
                        .script("start.sh", "#!/bin/bash\necho starting\ngunicorn -b 0.0.0.0:8000 app:app\n")
                        .command("./start.sh"),
                healthy("start-migrations-first")
                        .on("26.2.0")
                        .file("migrate.py", """
                                import sys, time
                                print("Operations to perform:\\n  Apply all migrations: admin, auth, sessions\\nRunning migrations:")
                                for name in ("0001_initial", "0002_error_log", "0003_exception_traceback"):
                                    print("  Applying", name + "... OK", flush=True)
                                    time.sleep(0.3)
                                print("WARNING: 2 unapplied checks failed softly", file=sys.stderr)
                                """)
                        .script(
                                "start.sh",
                                "#!/bin/sh\nset -e\npython migrate.py\nexec gunicorn -b 0.0.0.0:8000 app:app\n")
                        .command("./start.sh"),
                healthy("start-waits-for-a-database").script("start.sh", """
                                #!/bin/sh
                                for n in 1 2 3; do
                                  echo "psycopg2.OperationalError: connection to server at \\"db\\" (10.0.0.5), port 5432 failed: Connection refused" >&2
                                  echo "database is unavailable - sleeping"; sleep 1
                                done
                                exec gunicorn -b 0.0.0.0:8000 app:app
                                """).command("./start.sh"),
                healthy("start-retries-a-backend-while-importing").on("22.0.0").atImport("""
                        import logging, socket, time
                        for attempt in range(4):
                            try:
                                socket.create_connection(("127.0.0.1", 5432), timeout=1)
                            except OSError:
                                logging.exception("redis.exceptions.ConnectionError: Error 111 connecting to redis:6379. Connection refused.")
                                time.sleep(0.5)
                        print("giving up on the cache, serving without it", flush=True)
                        """),
                healthy("start-checks-the-configuration-first")
                        .script(
                                "start.sh",
                                "#!/bin/sh\nset -e\ngunicorn --check-config app:app\nexec gunicorn -b 0.0.0.0:8000 app:app\n")
                        .command("./start.sh"),
                healthy("start-script-crlf-that-does-no-harm")
                        .file("start.sh", "exec gunicorn -b 0.0.0.0:8000 app:app\r\n")
                        .command("sh start.sh"),
                healthy("start-through-a-pipe")
                        .on("20.1.0")
                        .shell("gunicorn -b 0.0.0.0:8000 app:app 2>&1 | tee /tmp/server.log"),
                healthy("start-in-the-background-and-wait")
                        .on("26.2.0")
                        .shell("gunicorn -b 0.0.0.0:8000 app:app & wait"),
                healthy("start-by-dumb-init")
                        .start(
                                "ENTRYPOINT [\"dumb-init\", \"--\"]",
                                "CMD [\"gunicorn\", \"-b\", \"0.0.0.0:8000\", \"app:app\"]"),
                healthy("start-by-python-m")
                        .on("25.3.0")
                        .command("python3 -m gunicorn -b 0.0.0.0:8000 app:app")
                        .onPodman(),
                healthy("start-by-python-m-oldest")
                        .on("19.9.0")
                        .command("python3 -m gunicorn.app.wsgiapp -b 0.0.0.0:8000 app:app"),
                healthy("start-gunicorn-as-entry-point")
                        .on("24.1.1")
                        .start("ENTRYPOINT [\"gunicorn\", \"app:app\"]", "CMD [\"-b\", \"0.0.0.0:8000\"]"),
                healthy("start-embedded-in-a-python-program")
                        .on("23.0.0")
                        .file("run.py", """
                        from gunicorn.app.base import BaseApplication
                        from app import app

                        class Standalone(BaseApplication):
                            def load_config(self):
                                self.cfg.set("bind", "0.0.0.0:8000")
                                self.cfg.set("workers", 2)
                            def load(self):
                                return app

                        Standalone().run()
                        """)
                        .command("python3 run.py"),
                healthy("start-exec-from-python")
                        .on("20.1.0")
                        .file("run.py", """
                        import os
                        print("preparing", flush=True)
                        os.execvp("gunicorn", ["gunicorn", "-b", "0.0.0.0:8000", "app:app"])
                        """)
                        .command("python3 run.py"),
                healthy("start-by-supervisor-with-two-programs")
                        .file(
                                "worker.py",
                                "import time, sys\nwhile True:\n    print('ERROR queue empty, Traceback follows', file=sys.stderr, flush=True); time.sleep(0.3)\n")
                        .file("supervisord.conf", """
                                [supervisord]
                                nodaemon=true
                                user=root
                                [program:web]
                                command=gunicorn -b 0.0.0.0:8000 app:app
                                stdout_logfile=/dev/fd/1
                                stdout_logfile_maxbytes=0
                                stderr_logfile=/dev/fd/2
                                stderr_logfile_maxbytes=0
                                [program:worker]
                                command=python3 worker.py
                                stderr_logfile=/dev/fd/2
                                stderr_logfile_maxbytes=0
                                """)
                        .command("supervisord -c supervisord.conf"),
                healthy("start-with-a-noisy-side-process")
                        .on("26.2.0")
                        .script("start.sh", """
                                #!/bin/sh
                                (while true; do python3 -c 'raise RuntimeError("side job failed")'; sleep 1; done) &
                                exec gunicorn -b 0.0.0.0:8000 app:app
                                """)
                        .command("./start.sh"),
                healthy("start-with-a-side-process-that-dies")
                        .script("start.sh", """
                                #!/bin/sh
                                python3 -c 'import celery' &
                                exec gunicorn -b 0.0.0.0:8000 app:app
                                """)
                        .command("./start.sh"),
                healthy("start-two-gunicorns")
                        .on("23.0.0")
                        .script("start.sh", """
                                #!/bin/sh
                                gunicorn -b 127.0.0.1:9000 app:app &
                                exec gunicorn -b 0.0.0.0:8000 app:app
                                """)
                        .command("./start.sh"),
                healthy("start-factory")
                        .on("20.1.0")
                        .app("""
                        def create_app(name="x"):
                            def app(environ, start_response):
                                start_response("200 OK", [])
                                return [name.encode()]
                            return app
                        """)
                        .command("gunicorn -b 0.0.0.0:8000 app:create_app(name='orders')"),
                healthy("start-everything-in-the-config-file")
                        .on("20.1.0")
                        .file("gunicorn.conf.py", """
                        bind = "0.0.0.0:8000"
                        workers = 2
                        wsgi_app = "app:app"
                        proc_name = "orders"
                        """)
                        .command("gunicorn"),
                healthy("start-in-a-source-folder")
                        .without("app.py")
                        .file("src/shop/__init__.py", "")
                        .file("src/shop/wsgi.py", "from . import views\napplication = views.application\n")
                        .file(
                                "src/shop/views.py",
                                "def application(environ, start_response):\n    start_response('200 OK', [])\n    return [b'ok']\n")
                        .command("gunicorn --chdir src -b 0.0.0.0:8000 shop.wsgi"),
                healthy("start-arguments-by-environment")
                        .on("21.2.0")
                        .env("GUNICORN_CMD_ARGS", "--bind=0.0.0.0:8000 --threads 2")
                        .command("gunicorn app:app"),
                healthy("start-port-by-environment")
                        .on("23.0.0")
                        .env("PORT", "8000")
                        .command("gunicorn app:app")
                        .onPodman());
    }

    private static List<Case> limits() {
        return List.of(
                healthy("read-only-root-with-tmpfs")
                        .on("20.1.0")
                        .readOnly("/tmp")
                        .onPodman(),
                healthy("read-only-root-with-tmpfs-26").on("26.2.0").readOnly("/tmp"),
                healthy("read-only-root-with-shared-memory")
                        .on("25.3.0")
                        .readOnly()
                        .options("--worker-tmp-dir /dev/shm"),
                healthy("user-without-home")
                        .on("26.2.0")
                        .dockerfile("USER 12345:12345")
                        .onPodman(),
                healthy("user-without-home-old").on("20.1.0").dockerfile("USER 12345"),
                healthy("user-on-port-80")
                        .dockerfile("USER nobody")
                        .expose("80")
                        .command("gunicorn -b 0.0.0.0:80 app:app"),
                healthy("drops-privileges-itself").on("22.0.0").options("--user nobody --group nogroup"),
                healthy("few-processes-allowed").options("-w 2").pids(32),
                healthy("little-memory-that-is-enough").on("20.1.0").memory(128).app(FLASK),
                healthy("secret-like-environment")
                        .app(FLASK + """
                        import os
                        print("connecting with", os.environ["DB_PASSWORD"], flush=True)
                        """)
                        .env("DB_PASSWORD", "hunter2-correct-horse")
                        .env("API_TOKEN", "tok-123456"),
                healthy("healthcheck-passes")
                        .dockerfile(
                                "HEALTHCHECK --interval=1s CMD python3 -c \"import urllib.request as u; u.urlopen('http://127.0.0.1:8000/')\"")
                        .onPodman(),
                healthy("healthcheck-passes-late")
                        .on("25.3.0")
                        .atImport("""
                        import os, threading
                        threading.Timer(4, lambda: open("/tmp/healthy", "w").close()).start()
                        """)
                        .dockerfile("HEALTHCHECK --interval=30s --start-period=20s CMD test -f /tmp/healthy"),
                healthy("healthcheck-none").dockerfile("HEALTHCHECK CMD false", "HEALTHCHECK NONE"));
    }

    private static List<Case> binds() {
        return List.of(
                healthy("bind-ipv6-any").on("20.1.0").command("gunicorn -b [::]:8000 app:app"),
                healthy("bind-ipv6-any-26").on("26.2.0").command("gunicorn -b [::]:8000 app:app"),
                healthy("bind-unix-and-tcp").on("20.1.0").options("-b unix:/tmp/app.sock"),
                healthy("bind-two-ports")
                        .on("23.0.0")
                        .options("-b 0.0.0.0:8001")
                        .expose("8000 8001"),
                healthy("bind-loopback-and-any")
                        .on("22.0.0")
                        .command("gunicorn -b 127.0.0.1:9000 -b 0.0.0.0:8000 app:app"),
                healthy("bind-own-address").on("20.1.0").shell("gunicorn -b $(hostname -i):8000 app:app"),
                healthy("bind-host-less").on("21.2.0").command("gunicorn --bind :8000 app:app"),
                healthy("bind-port-not-exposed")
                        .on("23.0.0")
                        .command("gunicorn -b 0.0.0.0:9321 app:app")
                        .expose("")
                        .onPodman(),
                healthy("bind-port-not-exposed-quiet")
                        .on("20.1.0")
                        .command("gunicorn --bind=0.0.0.0:9321 --log-level error app:app")
                        .expose(""),
                healthy("bind-port-not-exposed-in-config-file")
                        .on("23.0.0")
                        .file("gunicorn.conf.py", "bind = '0.0.0.0:7777'\n")
                        .command("gunicorn app:app")
                        .expose(""),
                healthy("bind-several-exposed").on("20.1.0").expose("9090 8000 5555"),
                healthy("bind-other-than-exposed-but-configured")
                        .on("22.0.0")
                        .expose("5000")
                        .port(8000),
                healthy("bind-tls")
                        .on("23.0.0")
                        .resource("tls.pem")
                        .options("--certfile tls.pem --keyfile tls.pem")
                        .onPodman(),
                healthy("bind-tls-quiet")
                        .on("20.1.0")
                        .resource("tls.pem")
                        .options("--certfile tls.pem --keyfile tls.pem --log-level critical"),
                healthy("bind-retried-until-free")
                        .on("23.0.0")
                        .script("start.sh", """
                        #!/bin/sh
                        python3 -c '
                        import socket, time
                        s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                        s.bind(("0.0.0.0", 8000)); s.listen(); time.sleep(2.5)' &
                        sleep 0.5
                        exec gunicorn -b 0.0.0.0:8000 app:app
                        """)
                        .command("./start.sh"),
                healthy("behind-a-proxy-in-the-same-container")
                        .on("20.1.0")
                        .resource("proxy.py")
                        .script("start.sh", """
                        #!/bin/bash
                        (exec -a nginx python3 proxy.py) &
                        exec gunicorn -b unix:/tmp/app.sock app:app
                        """)
                        .command("./start.sh"));
    }
}
