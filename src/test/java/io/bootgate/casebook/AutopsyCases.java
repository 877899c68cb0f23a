package io.bootgate.casebook;

import io.bootgate.rule.cause.CauseId;
import java.util.List;

/** Services with two or more faults each, of which a boot shows one at most; all must be named in one run. */
final class AutopsyCases {
    private static final String SERVE = """

            def app(environ, start_response):
                start_response("200 OK", [])
                return [b"ok"]
            """;

    private AutopsyCases() {}

    /**
     * A broken service.
     *
     * @param faults each as {@code ID|what is named|/app/file.py:line}
     */
    record Planted(Case one, List<String> faults) {}

    static final List<Planted> ALL = List.of(
            planted(
                    Case.broken("variables-of-all-kinds", CauseId.SYSTEM_EXIT, CauseId.MISSING_ENV)
                            .file("config.py", """
                                    import os, sys
                                    REGION = os.getenv("REGION", "eu")
                                    if not os.getenv("DATABASE_URL"):
                                        sys.exit(1)
                                    missing = [n for n in ("MAIL_HOST", "MAIL_USER") if not os.environ.get(n)]
                                    if missing:
                                        raise RuntimeError("missing: " + ", ".join(missing))
                                    """)
                            .app("""
                                    import os
                                    import config
                                    SECRET = os.environ["APP_SECRET"]
                                    TIMEOUT = int(os.getenv("APP_TIMEOUT"))
                                    try:
                                        NAME = os.environ["APP_OPTIONAL"]
                                    except KeyError:
                                        NAME = None
                                    """ + SERVE),
                    "SYSTEM_EXIT|DATABASE_URL|/app/config.py:4",
                    "MISSING_ENV|DATABASE_URL|/app/config.py:3",
                    "MISSING_ENV|MAIL_HOST|/app/config.py:5",
                    "MISSING_ENV|MAIL_USER|/app/config.py:5",
                    "MISSING_ENV|APP_SECRET|/app/app.py:3",
                    "MISSING_ENV|APP_TIMEOUT|/app/app.py:4"),
            planted(
                    Case.broken("modules-optional-and-not", CauseId.MISSING_MODULE)
                            .app("""
                                    import stripe
                                    try:
                                        import ujson as json
                                    except ImportError:
                                        import json
                                    from google.cloud import storage
                                    import importlib
                                    importlib.import_module("boto3")
                                    client = stripe.Client(storage.Bucket("x"))
                                    """ + SERVE),
                    "MISSING_MODULE|stripe|/app/app.py:1",
                    "MISSING_MODULE|google|/app/app.py:6",
                    "MISSING_MODULE|boto3|/app/app.py:8"),
            planted(
                    Case.broken("exits-deep-in-a-library", CauseId.SYSTEM_EXIT)
                            .dockerfile(
                                    "RUN printf 'import sys\\ndef boot():\\n    try:\\n        {}[\"license\"]\\n    except KeyError:\\n        sys.exit(\"no license\")\\n' > /usr/local/lib/python3.11/dist-packages/vendorlib.py")
                            .app("""
                                    import os, threading, time, vendorlib
                                    vendorlib.boot()
                                    def background():
                                        os._exit(7)
                                    thread = threading.Thread(target=background)
                                    thread.start()
                                    thread.join()
                                    KEY = os.environ["LATER_KEY"]
                                    """ + SERVE),
                    "SYSTEM_EXIT|no license|/app/app.py:2",
                    "SYSTEM_EXIT|os._exit|/app/app.py:4",
                    "MISSING_ENV|LATER_KEY|/app/app.py:8"),
            planted(
                    Case.broken("settings-libraries", CauseId.MISSING_ENV).app("""
                                    from decouple import config
                                    A = config("DEC_REQUIRED")
                                    B = config("DEC_DEFAULT", default="x")
                                    from pydantic_settings import BaseSettings
                                    class Settings(BaseSettings):
                                        api_token: str
                                        api_port: int
                                        api_name: str = "x"
                                    settings = Settings()
                                    import environ
                                    env = environ.Env(DJ_DEFAULT=(int, 3))
                                    D = env("DJ_REQUIRED")
                                    from environs import Env
                                    F = Env().int("ENVIRONS_INT")
                                    from starlette.config import Config
                                    G = Config()("STARLETTE_REQUIRED", cast=int)
                                    """ + SERVE),
                    "MISSING_ENV|DEC_REQUIRED|/app/app.py:2",
                    "MISSING_ENV|API_TOKEN|/app/app.py:9",
                    "MISSING_ENV|API_PORT|/app/app.py:9",
                    "MISSING_ENV|DJ_REQUIRED|/app/app.py:12",
                    "MISSING_ENV|ENVIRONS_INT|/app/app.py:14",
                    "MISSING_ENV|STARLETTE_REQUIRED|/app/app.py:16"),
            planted(
                    Case.broken("a-hang-behind-a-variable", CauseId.MISSING_ENV)
                            .app("""
                                    import os, socket
                                    HOST = os.environ["DB_HOST"]
                                    import models
                                    """ + SERVE)
                            .file("models.py", """
                                    import socket
                                    one, other = socket.socketpair()
                                    other.recv(1)
                                    """),
                    "MISSING_ENV|DB_HOST|/app/app.py:2",
                    "BOOT_HANG||/app/models.py:3"),
            planted(
                    Case.broken("preload-as-a-user-on-a-read-only-root", CauseId.SYSTEM_EXIT, CauseId.MISSING_ENV)
                            .app("""
                                    import os, sys
                                    def require(name):
                                        value = os.environ.get(name)
                                        if not value:
                                            print("FATAL", name)
                                            sys.exit(3)
                                        return value
                                    A = require("FIRST")
                                    B = require("SECOND")
                                    import redis_om
                                    """ + SERVE)
                            .dockerfile("USER 1234:1234")
                            .command("gunicorn -b 0.0.0.0:8000 --preload --worker-tmp-dir /dev/shm app:app")
                            .readOnly("/tmp"),
                    "MISSING_ENV|FIRST|/app/app.py:8",
                    "MISSING_ENV|SECOND|/app/app.py:9",
                    "MISSING_MODULE|redis_om|/app/app.py:10"),
            planted(
                    Case.broken("an-entry-script-that-migrates", CauseId.MISSING_ENV, CauseId.ENTRYPOINT_FAILED)
                            .script("start.sh", """
                                    #!/bin/sh
                                    set -e
                                    python3 migrate.py
                                    exec gunicorn -b 0.0.0.0:8000 app:app
                                    """)
                            .file("migrate.py", """
                                    import os
                                    print("migrating", os.environ["MIGRATE_URL"])
                                    """)
                            .app("""
                                    import os
                                    import weasyprint
                                    KEY = os.environ["APP_KEY"]
                                    """ + SERVE)
                            .start("ENTRYPOINT [\"./start.sh\"]"),
                    "MISSING_ENV|MIGRATE_URL|/app/migrate.py:2",
                    "MISSING_MODULE|weasyprint|/app/app.py:2",
                    "MISSING_ENV|APP_KEY|/app/app.py:3"),
            planted(
                    Case.broken("uvicorn-workers-and-a-startup-event", CauseId.MISSING_MODULE, CauseId.MISSING_ENV)
                            .app("""
                                    import os
                                    from contextlib import asynccontextmanager
                                    from fastapi import FastAPI
                                    import motor
                                    @asynccontextmanager
                                    async def lifespan(app):
                                        app.state.key = os.environ["LIFESPAN_KEY"]
                                        yield
                                    app = FastAPI(lifespan=lifespan)
                                    """)
                            .options("-k uvicorn.workers.UvicornWorker -w 2"),
                    "MISSING_MODULE|motor|/app/app.py:4",
                    "MISSING_ENV|LIFESPAN_KEY|/app/app.py:7"),
            planted(
                    Case.broken("values-that-are-used-elsewhere", CauseId.APP_ERROR, CauseId.MISSING_ENV)
                            .file("config.py", """
                                    import os
                                    WORKERS = os.getenv("POOL")
                                    NAMES = os.getenv("NAMES")
                                    UNUSED = os.getenv("UNUSED")
                                    """)
                            .app("""
                                    import config
                                    pool = int(config.WORKERS)
                                    names = config.NAMES.split(",")
                                    raise SystemExit("giving up")
                                    """ + SERVE),
                    "MISSING_ENV|POOL|/app/config.py:2",
                    "MISSING_ENV|NAMES|/app/config.py:3",
                    "SYSTEM_EXIT|giving up|/app/app.py:4"),
            planted(
                    Case.broken("django-with-an-app-that-is-missing", CauseId.MISSING_ENV, CauseId.MISSING_MODULE)
                            .without("app.py")
                            .file("shop/__init__.py", "")
                            .file("shop/settings.py", """
                                    import os
                                    import dj_database_url
                                    SECRET_KEY = os.environ["DJANGO_SECRET"]
                                    ALLOWED_HOSTS = os.environ.get("HOSTS").split(",")
                                    ROOT_URLCONF = "shop.urls"
                                    INSTALLED_APPS = ["corsheaders"]
                                    """)
                            .file("shop/urls.py", """
                                    import os
                                    NAME = os.environ["URL_NAME"]
                                    urlpatterns = []
                                    """)
                            .file("manage.py", """
                                    import os, sys
                                    if __name__ == "__main__":
                                        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
                                        from django.core.management import execute_from_command_line
                                        execute_from_command_line(sys.argv)
                                    """)
                            .start(
                                    "CMD python3 manage.py check && python3 manage.py runserver --noreload 0.0.0.0:8000"),
                    "MISSING_MODULE|dj_database_url|/app/shop/settings.py:2",
                    "MISSING_ENV|DJANGO_SECRET|/app/shop/settings.py:3",
                    "MISSING_ENV|HOSTS|/app/shop/settings.py:4",
                    "MISSING_MODULE|corsheaders|/app/shop/settings.py:6",
                    "MISSING_ENV|URL_NAME|/app/shop/urls.py:2"),
            planted(
                    Case.broken("gevent-that-waits-and-gives-up-root", CauseId.MISSING_ENV)
                            .app("""
                                    import os, socket
                                    KEY = os.environ["GEVENT_KEY"]
                                    server = socket.create_server(("127.0.0.1", 0))
                                    def wait():
                                        client = socket.create_connection(server.getsockname())
                                        client.recv(1)
                                    wait()
                                    """ + SERVE)
                            .options("-k gevent --user nobody"),
                    "MISSING_ENV|GEVENT_KEY|/app/app.py:2",
                    "BOOT_HANG||/app/app.py:6"),
            planted(
                    Case.broken("a-crash-and-where", CauseId.NATIVE_CRASH, CauseId.CRASH_LOOP)
                            .app("""
                                    import ctypes
                                    def crash():
                                        ctypes.string_at(0)
                                    crash()
                                    """ + SERVE),
                    "NATIVE_CRASH||/app/app.py:3"),
            planted(
                    Case.broken("out-of-memory-and-where", CauseId.OUT_OF_MEMORY)
                            .app("""
                                    import os
                                    data = []
                                    for i in range(64):
                                        data.append(b"x" * (16 << 20))
                                    """ + SERVE)
                            .memory(160),
                    "OUT_OF_MEMORY||/app/app.py:4"),
            planted(
                    Case.broken("workers-killed-for-memory-and-where", CauseId.OUT_OF_MEMORY)
                            .app("""
                                    data = b"x" * (400 << 20)
                                    """ + SERVE)
                            .memory(160),
                    "OUT_OF_MEMORY||/app/app.py:1"));

    private static Planted planted(Case one, String... faults) {
        return new Planted(one.onPodman(), List.of(faults));
    }
}
