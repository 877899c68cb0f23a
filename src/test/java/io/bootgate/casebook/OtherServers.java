package io.bootgate.casebook;

import static io.bootgate.casebook.Case.broken;
import static io.bootgate.casebook.Case.healthy;
import static io.bootgate.rule.cause.CauseId.ADDRESS_IN_USE;
import static io.bootgate.rule.cause.CauseId.APP_ERROR;
import static io.bootgate.rule.cause.CauseId.APP_NOT_FOUND;
import static io.bootgate.rule.cause.CauseId.BOOT_HANG;
import static io.bootgate.rule.cause.CauseId.COMMAND_NOT_FOUND;
import static io.bootgate.rule.cause.CauseId.CRLF_LINE_ENDINGS;
import static io.bootgate.rule.cause.CauseId.EXITED;
import static io.bootgate.rule.cause.CauseId.HTTP_ERROR;
import static io.bootgate.rule.cause.CauseId.HTTP_NO_ANSWER;
import static io.bootgate.rule.cause.CauseId.LOOPBACK_BIND;
import static io.bootgate.rule.cause.CauseId.MISSING_ENV;
import static io.bootgate.rule.cause.CauseId.MISSING_MODULE;
import static io.bootgate.rule.cause.CauseId.NATIVE_CRASH;
import static io.bootgate.rule.cause.CauseId.OUT_OF_MEMORY;
import static io.bootgate.rule.cause.CauseId.PORT_MISMATCH;
import static io.bootgate.rule.cause.CauseId.PORT_NOT_PERMITTED;
import static io.bootgate.rule.cause.CauseId.SERVER_MISCONFIGURED;
import static io.bootgate.rule.cause.CauseId.SERVER_NOT_STARTED;
import static io.bootgate.rule.cause.CauseId.SYNTAX_ERROR;
import static io.bootgate.rule.cause.CauseId.SYSTEM_EXIT;
import static io.bootgate.rule.cause.CauseId.UNREACHABLE_BIND;

import io.bootgate.server.Server;
import java.util.ArrayList;
import java.util.List;

/** Uvicorn, Hypercorn, Waitress, uWSGI, the development servers of Flask and Django, and none that is known. */
final class OtherServers {
    private static final String ASGI = """
            from fastapi import FastAPI
            app = FastAPI()

            @app.get("/")
            def index():
                return {"ok": True}
            """;
    private static final String FLASK = "from flask import Flask\napp = Flask(__name__)\n";
    private static final String DJANGO = """
            import sys
            from django.conf import settings
            settings.configure(SECRET_KEY="x", ROOT_URLCONF="__main__", ALLOWED_HOSTS=["*"], DEBUG=True, USE_TZ=True)
            from django.http import HttpResponse
            from django.urls import path
            urlpatterns = [path("", lambda request: HttpResponse("ok"))]
            from django.core.management import execute_from_command_line
            execute_from_command_line(sys.argv)
            """;

    private OtherServers() {}

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        uvicorn(cases);
        hypercorn(cases);
        waitress(cases);
        uwsgi(cases);
        flask(cases);
        django(cases);
        unknown(cases);
        cases.forEach(Case::withoutGunicorn);
        return cases;
    }

    private static void uvicorn(List<Case> cases) {
        String serve = "uvicorn --host 0.0.0.0 --port 8000 app:app";
        cases.addAll(List.of(
                healthy("uvicorn-plain").app(ASGI).command(serve).onPodman(),
                healthy("uvicorn-two-workers").app(ASGI).command(serve + " --workers 2"),
                healthy("uvicorn-quiet").app(ASGI).command(serve + " --log-level critical --no-server-header"),
                healthy("uvicorn-run-by-a-program")
                        .app(
                                ASGI
                                        + "if __name__ == '__main__':\n    import uvicorn\n    uvicorn.run(app, host='0.0.0.0', port=8000)\n")
                        .command("python3 app.py"),
                healthy("uvicorn-json-log").app(ASGI).file("log.json", """
                        {"version": 1, "disable_existing_loggers": false,
                         "formatters": {"json": {"format": "{\\"level\\": \\"%(levelname)s\\", \\"message\\": \\"%(message)s\\"}"}},
                         "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "json", "stream": "ext://sys.stdout"}},
                         "loggers": {"uvicorn": {"handlers": ["out"], "level": "INFO", "propagate": false}}}
                        """).command(serve + " --log-config log.json"),
                healthy("uvicorn-slow-startup").app("""
                        import asyncio, contextlib
                        from fastapi import FastAPI
                        @contextlib.asynccontextmanager
                        async def lifespan(app):
                            await asyncio.sleep(4)
                            yield
                        app = FastAPI(lifespan=lifespan)
                        """).command(serve),
                healthy("uvicorn-reload").app(ASGI).command(serve + " --reload"),
                healthy("uvicorn-colours").app(ASGI).command(serve + " --use-colors"),
                healthy("uvicorn-by-shell-with-port")
                        .app(ASGI)
                        .shell("exec uvicorn app:app --host 0.0.0.0 --port ${PORT:-8000}"),
                healthy("uvicorn-tls")
                        .app(ASGI)
                        .resource("tls.pem")
                        .command(serve + " --ssl-certfile tls.pem --ssl-keyfile tls.pem"),
                healthy("uvicorn-factory")
                        .app(
                                "def create():\n    async def app(scope, receive, send):\n        if scope['type'] == 'http':\n            await send({'type': 'http.response.start', 'status': 200, 'headers': []})\n            await send({'type': 'http.response.body', 'body': b'ok'})\n    return app\n")
                        .command("uvicorn --factory app:create --host 0.0.0.0"),
                broken("uvicorn-module-missing", MISSING_MODULE)
                        .app("import httpx\n" + ASGI)
                        .command(serve)
                        .onPodman(),
                broken("uvicorn-module-missing-two-workers", MISSING_MODULE)
                        .app("import httpx\n" + ASGI)
                        .command(serve + " --workers 2"),
                broken("uvicorn-attribute-wrong", APP_NOT_FOUND)
                        .app(ASGI)
                        .command("uvicorn --host 0.0.0.0 app:application"),
                broken("uvicorn-module-wrong", APP_NOT_FOUND).app(ASGI).command("uvicorn --host 0.0.0.0 main:app"),
                broken("uvicorn-no-attribute-named", APP_NOT_FOUND, SERVER_MISCONFIGURED)
                        .app(ASGI)
                        .command("uvicorn --host 0.0.0.0 app"),
                broken("uvicorn-startup-raises", APP_ERROR).app("""
                        import contextlib
                        from fastapi import FastAPI
                        @contextlib.asynccontextmanager
                        async def lifespan(app):
                            raise ValueError("no weights")
                            yield
                        app = FastAPI(lifespan=lifespan)
                        """).command(serve),
                broken("uvicorn-startup-hangs", BOOT_HANG)
                        .app("""
                        import asyncio, contextlib
                        from fastapi import FastAPI
                        @contextlib.asynccontextmanager
                        async def lifespan(app):
                            await asyncio.sleep(600)
                            yield
                        app = FastAPI(lifespan=lifespan)
                        """)
                        .command(serve)
                        .timeout(7),
                broken("uvicorn-crlf-last-argument", CRLF_LINE_ENDINGS, APP_NOT_FOUND)
                        .app(ASGI)
                        .file("start.sh", "exec uvicorn --host 0.0.0.0 app:app\r\n")
                        .command("sh start.sh"),
                broken("uvicorn-loopback", LOOPBACK_BIND).app(ASGI).command("uvicorn app:app"),
                broken("uvicorn-other-port", PORT_MISMATCH)
                        .app(ASGI)
                        .command("uvicorn --host 0.0.0.0 --port 9000 app:app"),
                broken("uvicorn-unix-socket", UNREACHABLE_BIND)
                        .app(ASGI)
                        .command("uvicorn --uds /tmp/app.sock app:app"),
                // asyncio opens IPv6 sockets for IPv6 alone, unlike Gunicorn; the container has an IPv4 address only.
                broken("uvicorn-ipv6-only", UNREACHABLE_BIND, HTTP_NO_ANSWER)
                        .app(ASGI)
                        .command("uvicorn --host :: --port 8000 app:app")
                        .timeout(8),
                broken("uvicorn-wsgi-app", HTTP_ERROR, APP_NOT_FOUND, SERVER_MISCONFIGURED)
                        .app(FLASK)
                        .command(serve),
                broken("uvicorn-answers-500", HTTP_ERROR)
                        .app("from fastapi import FastAPI\napp = FastAPI()\n@app.get('/')\ndef index(): return 1 / 0\n")
                        .command(serve),
                broken("uvicorn-port-taken", ADDRESS_IN_USE)
                        .app(ASGI)
                        .script("start.sh", "#!/bin/sh\npython3 -m http.server 8000 &\nsleep 1\nexec " + serve + "\n")
                        .command("./start.sh"),
                broken("uvicorn-port-denied", PORT_NOT_PERMITTED)
                        .app(ASGI)
                        .dockerfile("USER nobody")
                        .sysctl("net.ipv4.ip_unprivileged_port_start", "1024")
                        .expose("80")
                        .command("uvicorn --host 0.0.0.0 --port 80 app:app"),
                broken("uvicorn-option-unknown", SERVER_MISCONFIGURED).app(ASGI).command(serve + " --threads 4"),
                broken("uvicorn-variable-missing", MISSING_ENV)
                        .app("import os\nKEY = os.environ['API_KEY']\n" + ASGI)
                        .command(serve),
                broken("uvicorn-exits", SYSTEM_EXIT, EXITED)
                        .app("import sys; sys.exit(2)")
                        .command(serve),
                broken("uvicorn-out-of-memory", OUT_OF_MEMORY)
                        .app("x = bytearray(1)\nwhile True: x += bytes(8 << 20)\n")
                        .memory(96)
                        .command(serve),
                broken("uvicorn-segfault", NATIVE_CRASH)
                        .app("import ctypes; ctypes.string_at(0)")
                        .command(serve),
                broken("uvicorn-not-installed", COMMAND_NOT_FOUND)
                        .dockerfile("RUN rm /usr/local/bin/uvicorn")
                        .app(ASGI)
                        .command(serve)));
    }

    private static void hypercorn(List<Case> cases) {
        String serve = "hypercorn -b 0.0.0.0:8000 app:app";
        cases.addAll(List.of(
                healthy("hypercorn-plain").app(ASGI).command(serve),
                healthy("hypercorn-two-workers").app(ASGI).command(serve + " -w 2"),
                healthy("hypercorn-quiet").app(ASGI).command(serve + " --log-level CRITICAL"),
                broken("hypercorn-loopback", LOOPBACK_BIND).app(ASGI).command("hypercorn app:app"),
                broken("hypercorn-module-missing", MISSING_MODULE)
                        .app("import httpx\n" + ASGI)
                        .command(serve),
                broken("hypercorn-attribute-wrong", APP_NOT_FOUND)
                        .app(ASGI)
                        .command("hypercorn -b 0.0.0.0:8000 app:nope")));
    }

    private static void waitress(List<Case> cases) {
        String serve = "waitress-serve --listen=0.0.0.0:8000 app:app";
        cases.addAll(List.of(
                healthy("waitress-plain").app(FLASK).command(serve).onPodman(),
                healthy("waitress-quiet-by-a-program")
                        .app(FLASK + "import waitress\nwaitress.serve(app, listen='*:8000', _quiet=True)\n")
                        .command("python3 app.py"),
                healthy("waitress-by-port").app(FLASK).command("waitress-serve --port 8000 app:app"),
                broken("waitress-module-missing", MISSING_MODULE)
                        .app("import requests\n" + FLASK)
                        .command(serve),
                broken("waitress-module-wrong", APP_NOT_FOUND)
                        .app(FLASK)
                        .command("waitress-serve --listen=0.0.0.0:8000 main:app"),
                broken("waitress-attribute-wrong", APP_NOT_FOUND)
                        .app(FLASK)
                        .command("waitress-serve --listen=0.0.0.0:8000 app:nope"),
                broken("waitress-variable-missing", MISSING_ENV)
                        .app("import os\nos.environ['API_KEY']\n" + FLASK)
                        .command(serve),
                broken("waitress-loopback", LOOPBACK_BIND)
                        .app(FLASK)
                        .command("waitress-serve --listen=127.0.0.1:8000 app:app"),
                broken("waitress-other-port", PORT_MISMATCH).app(FLASK).command("waitress-serve app:app"),
                broken("waitress-answers-500", HTTP_ERROR)
                        .app("def app(environ, start_response):\n    raise ValueError('x')\n")
                        .command(serve)));
    }

    private static void uwsgi(List<Case> cases) {
        String serve = "uwsgi --http-socket 0.0.0.0:8000 --wsgi-file app.py --callable app --master --processes 2";
        cases.addAll(List.of(
                healthy("uwsgi-plain").app(FLASK).command(serve),
                healthy("uwsgi-http-router").app(FLASK).command("uwsgi --http :8000 --module app:app"),
                healthy("uwsgi-by-ini-file")
                        .app(FLASK)
                        .file(
                                "uwsgi.ini",
                                "[uwsgi]\nmodule = app:app\nhttp-socket = 0.0.0.0:8000\nmaster = true\nprocesses = 2\ndie-on-term = true\n")
                        .command("uwsgi --ini uwsgi.ini"),
                healthy("uwsgi-quiet").app(FLASK).command(serve + " --disable-logging --logto /tmp/uwsgi.log"),
                healthy("uwsgi-lazy-apps-need-app").app(FLASK).command(serve + " --lazy-apps --need-app"),
                broken("uwsgi-module-missing-stays-up", MISSING_MODULE)
                        .app("import requests\n" + FLASK)
                        .command(serve),
                broken("uwsgi-module-missing-needs-app", MISSING_MODULE)
                        .app("import requests\n" + FLASK)
                        .command(serve + " --need-app"),
                broken("uwsgi-module-wrong", APP_NOT_FOUND)
                        .app(FLASK)
                        .command("uwsgi --http-socket :8000 --module main:app --need-app"),
                broken("uwsgi-callable-wrong", APP_NOT_FOUND)
                        .app(FLASK)
                        .command("uwsgi --http-socket :8000 --module app:nope"),
                broken("uwsgi-loopback", LOOPBACK_BIND)
                        .app(FLASK)
                        .command("uwsgi --http-socket 127.0.0.1:8000 --module app:app"),
                broken("uwsgi-protocol-of-its-own", UNREACHABLE_BIND, SERVER_MISCONFIGURED, HTTP_NO_ANSWER)
                        .app(FLASK)
                        .command("uwsgi --socket :8000 --module app:app")
                        .timeout(8),
                broken("uwsgi-variable-missing", MISSING_ENV)
                        .app("import os\nos.environ['API_KEY']\n" + FLASK)
                        .command(serve),
                broken("uwsgi-option-unknown", SERVER_MISCONFIGURED).app(FLASK).command(serve + " --no-such-option")));
    }

    private static void flask(List<Case> cases) {
        String serve = "flask --app app run --host 0.0.0.0 --port 8000";
        cases.addAll(List.of(
                healthy("flask-dev-plain").app(FLASK).command(serve).onPodman(),
                healthy("flask-dev-debug-with-reloader")
                        .app(FLASK)
                        .command("flask --app app --debug run --host 0.0.0.0 --port 8000"),
                healthy("flask-dev-by-app-run")
                        .app(FLASK + "app.run('0.0.0.0', 8000)\n")
                        .command("python3 app.py"),
                healthy("flask-dev-by-module")
                        .app(FLASK)
                        .env("FLASK_RUN_HOST", "0.0.0.0")
                        .env("FLASK_RUN_PORT", "8000")
                        .command("python3 -m flask run"),
                broken("flask-dev-loopback", LOOPBACK_BIND)
                        .app(FLASK)
                        .expose("5000")
                        .command("flask run"),
                broken("flask-dev-app-run-loopback", LOOPBACK_BIND)
                        .app(FLASK + "app.run(port=8000)\n")
                        .command("python3 app.py"),
                broken("flask-dev-module-missing", MISSING_MODULE)
                        .app("import requests\n" + FLASK)
                        .command(serve),
                broken("flask-dev-module-missing-debug", MISSING_MODULE)
                        .app("import requests\n" + FLASK)
                        .env("FLASK_DEBUG", "1")
                        .command(serve),
                broken("flask-dev-app-not-found", APP_NOT_FOUND)
                        .without("app.py")
                        .file("server.py", FLASK)
                        .command("flask run --host 0.0.0.0 --port 8000"),
                broken("flask-dev-app-named-wrong", APP_NOT_FOUND)
                        .app(FLASK)
                        .command("flask --app shop run --host 0.0.0.0 --port 8000"),
                broken("flask-dev-variable-missing", MISSING_ENV)
                        .app("import os\nos.environ['API_KEY']\n" + FLASK)
                        .command(serve),
                broken("flask-dev-syntax-error", SYNTAX_ERROR)
                        .app("def broken(:\n" + FLASK)
                        .command(serve),
                broken("flask-dev-other-port", PORT_MISMATCH).app(FLASK).command("flask --app app run --host 0.0.0.0"),
                broken("flask-dev-port-taken", ADDRESS_IN_USE)
                        .app(FLASK)
                        .script("start.sh", "#!/bin/sh\npython3 -m http.server 8000 &\nsleep 1\nexec " + serve + "\n")
                        .command("./start.sh")));
    }

    private static void django(List<Case> cases) {
        cases.addAll(List.of(
                healthy("django-dev-plain")
                        .file("manage.py", DJANGO)
                        .command("python3 manage.py runserver 0.0.0.0:8000"),
                healthy("django-dev-without-reload")
                        .file("manage.py", DJANGO)
                        .command("python3 -u manage.py runserver --noreload 0.0.0.0:8000"),
                broken("django-dev-loopback", LOOPBACK_BIND)
                        .file("manage.py", DJANGO)
                        .command("python3 manage.py runserver"),
                broken("django-dev-module-missing", MISSING_MODULE)
                        .file("manage.py", "import stripe\n" + DJANGO)
                        .command("python3 manage.py runserver 0.0.0.0:8000"),
                broken("django-dev-answers-500", HTTP_ERROR)
                        .file("manage.py", DJANGO.replace("HttpResponse(\"ok\")", "1 / 0"))
                        .command("python3 manage.py runserver 0.0.0.0:8000")));
    }

    private static void unknown(List<Case> cases) {
        cases.addAll(List.of(
                healthy("none-http-server").server(Server.NONE).command("python3 -m http.server 8000"),
                healthy("unknown-http-server").command("python3 -u -m http.server 8000"),
                healthy("none-answers-quietly").server(Server.NONE).app("""
                        from wsgiref.simple_server import WSGIRequestHandler, make_server
                        class Quiet(WSGIRequestHandler):
                            def log_message(self, *args): pass
                        def app(environ, start_response):
                            start_response("200 OK", [])
                            return [b"ok"]
                        make_server("0.0.0.0", 8000, app, handler_class=Quiet).serve_forever()
                        """).command("python3 app.py"),
                broken("none-ends-at-once", EXITED, SERVER_NOT_STARTED)
                        .server(Server.NONE)
                        .app("print('done')")
                        .command("python3 app.py"),
                broken("none-fails", MISSING_MODULE)
                        .server(Server.NONE)
                        .app("import requests")
                        .command("python3 app.py"),
                broken("none-never-listens", SERVER_NOT_STARTED, BOOT_HANG, HTTP_NO_ANSWER)
                        .server(Server.NONE)
                        .command("sleep 600")
                        .timeout(6)));
    }
}
