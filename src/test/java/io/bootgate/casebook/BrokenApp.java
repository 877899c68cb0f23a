package io.bootgate.casebook;

import static io.bootgate.casebook.Case.broken;
import static io.bootgate.rule.cause.CauseId.APP_ERROR;
import static io.bootgate.rule.cause.CauseId.APP_NOT_FOUND;
import static io.bootgate.rule.cause.CauseId.BACKEND_UNREACHABLE;
import static io.bootgate.rule.cause.CauseId.COMMAND_NOT_FOUND;
import static io.bootgate.rule.cause.CauseId.DEPENDENCY_CONFLICT;
import static io.bootgate.rule.cause.CauseId.DISK_FULL;
import static io.bootgate.rule.cause.CauseId.EXITED;
import static io.bootgate.rule.cause.CauseId.HTTP_ERROR;
import static io.bootgate.rule.cause.CauseId.INVALID_ENV;
import static io.bootgate.rule.cause.CauseId.MISSING_ENV;
import static io.bootgate.rule.cause.CauseId.MISSING_FILE;
import static io.bootgate.rule.cause.CauseId.MISSING_MODULE;
import static io.bootgate.rule.cause.CauseId.MISSING_SYSTEM_LIBRARY;
import static io.bootgate.rule.cause.CauseId.PERMISSION_DENIED;
import static io.bootgate.rule.cause.CauseId.PYTHON_VERSION_MISMATCH;
import static io.bootgate.rule.cause.CauseId.READ_ONLY_FILESYSTEM;
import static io.bootgate.rule.cause.CauseId.SERVER_MISCONFIGURED;
import static io.bootgate.rule.cause.CauseId.SYNTAX_ERROR;
import static io.bootgate.rule.cause.CauseId.SYSTEM_EXIT;
import static io.bootgate.rule.cause.CauseId.UNKNOWN;

import java.util.ArrayList;
import java.util.List;

/** Services whose app cannot be found or fails with an exception while it is loaded. */
final class BrokenApp {
    private BrokenApp() {}

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        cases.addAll(notFound());
        cases.addAll(missingModules());
        cases.addAll(conflicts());
        cases.addAll(systemLibraries());
        cases.addAll(language());
        cases.addAll(environment());
        cases.addAll(files());
        cases.addAll(backends());
        cases.addAll(otherErrors());
        return cases;
    }

    private static List<Case> notFound() {
        String factory = """
                def create_app():
                    def app(environ, start_response):
                        start_response("200 OK", [])
                        return [b"ok"]
                    return app
                """;
        return List.of(
                broken("app-module-wrong", APP_NOT_FOUND)
                        .on("20.1.0")
                        .command("gunicorn -b 0.0.0.0:8000 nosuch:app")
                        .onPodman(),
                broken("app-module-wrong-26-four-workers", APP_NOT_FOUND)
                        .on("26.2.0")
                        .command("gunicorn -b 0.0.0.0:8000 -w 4 nosuch:app"),
                broken("app-module-wrong-preload", APP_NOT_FOUND)
                        .on("23.0.0")
                        .command("gunicorn -b 0.0.0.0:8000 --preload nosuch:app"),
                broken("app-package-wrong", APP_NOT_FOUND).on("23.0.0").command("gunicorn -b 0.0.0.0:8000 src.app:app"),
                broken("app-submodule-wrong", APP_NOT_FOUND)
                        .on("22.0.0")
                        .file("shop/__init__.py", "")
                        .command("gunicorn -b 0.0.0.0:8000 shop.wsgi:application"),
                broken("app-working-directory-wrong", APP_NOT_FOUND)
                        .on("21.2.0")
                        .dockerfile("WORKDIR /"),
                broken("app-attribute-wrong-19.9", APP_NOT_FOUND)
                        .on("19.9.0")
                        .command("gunicorn -b 0.0.0.0:8000 app:application"),
                broken("app-attribute-wrong-20.1", APP_NOT_FOUND).on("20.1.0").command("gunicorn -b 0.0.0.0:8000 app"),
                broken("app-attribute-wrong-26", APP_NOT_FOUND)
                        .on("26.2.0")
                        .command("gunicorn -b 0.0.0.0:8000 -w 2 app:server"),
                broken("app-attribute-wrong-preload", APP_NOT_FOUND)
                        .on("24.1.1")
                        .command("gunicorn -b 0.0.0.0:8000 --preload app:server"),
                broken("app-dotted-attribute", APP_NOT_FOUND)
                        .on("23.0.0")
                        .command("gunicorn -b 0.0.0.0:8000 app:server._app"),
                broken("app-file-name-instead-of-module", APP_NOT_FOUND)
                        .on("23.0.0")
                        .command("gunicorn -b 0.0.0.0:8000 app.py"),
                broken("app-quotes-kept", APP_NOT_FOUND).on("20.1.0").command("gunicorn -b 0.0.0.0:8000 'app:app'"),
                broken("app-factory-not-called", APP_NOT_FOUND, HTTP_ERROR)
                        .on("20.1.0")
                        .app(factory)
                        .command("gunicorn -b 0.0.0.0:8000 app:create_app"),
                broken("app-factory-not-called-26", APP_NOT_FOUND, HTTP_ERROR)
                        .on("26.2.0")
                        .app(factory)
                        .command("gunicorn -b 0.0.0.0:8000 app:create_app"),
                broken("app-factory-wrong-arguments", APP_NOT_FOUND)
                        .on("23.0.0")
                        .app(factory)
                        .command("gunicorn -b 0.0.0.0:8000 app:create_app('prod')"),
                broken("app-factory-wrong-arguments-19.9", APP_NOT_FOUND)
                        .on("19.9.0")
                        .app(factory)
                        .command("gunicorn -b 0.0.0.0:8000 app:create_app('prod')"),
                broken("app-factory-returns-nothing", APP_NOT_FOUND)
                        .on("20.1.0")
                        .app("def create_app():\n    pass\n")
                        .command("gunicorn -b 0.0.0.0:8000 app:create_app()"),
                broken("app-not-callable", APP_NOT_FOUND).on("22.0.0").app("app = {'debug': False}\n"),
                broken("app-is-none", APP_NOT_FOUND).on("25.3.0").app("app = None\n"),
                broken("app-is-asgi-on-a-sync-worker", HTTP_ERROR, APP_NOT_FOUND, SERVER_MISCONFIGURED)
                        .on("23.0.0")
                        .app("from fastapi import FastAPI\napp = FastAPI()\n"));
    }

    private static List<Case> missingModules() {
        List<Case> cases = new ArrayList<>();
        for (String version : Case.GUNICORNS) {
            cases.add(broken("module-missing-" + version, MISSING_MODULE)
                    .on(version)
                    .atImport("import weasyprint"));
        }
        for (String version : List.of("20.1.0", "24.1.1", "26.2.0")) {
            cases.add(broken("module-missing-four-workers-" + version, MISSING_MODULE)
                    .on(version)
                    .options("-w 4")
                    .atImport("import requests"));
        }
        cases.addAll(List.of(
                broken("module-missing-preload", MISSING_MODULE)
                        .on("20.1.0")
                        .options("--preload")
                        .atImport("import requests")
                        .onPodman(),
                broken("module-missing-dotted", MISSING_MODULE).on("23.0.0").atImport("import stripe.webhooks"),
                broken("module-missing-in-own-package", MISSING_MODULE)
                        .on("26.2.0")
                        .file("shop/__init__.py", "from .views import app\n")
                        .file("shop/views.py", "from . import payments\napp = payments.app\n")
                        .file("shop/payments.py", "import stripe\n")
                        .command("gunicorn -b 0.0.0.0:8000 shop:app"),
                broken("module-missing-own-file-not-copied", MISSING_MODULE)
                        .on("22.0.0")
                        .atImport("from settings_local import DEBUG"),
                broken("module-missing-after-100000-lines", MISSING_MODULE)
                        .on("23.0.0")
                        .atImport("for i in range(100000): print('loading record', i)\nimport requests")
                        .onPodman(),
                broken("module-missing-chained", MISSING_MODULE, APP_ERROR)
                        .on("21.2.0")
                        .atImport("""
                        try:
                            import redis_om
                        except ImportError as e:
                            raise RuntimeError("the cache extra is not installed") from e
                        """),
                broken("module-missing-while-handling-another", MISSING_MODULE)
                        .on("23.0.0")
                        .atImport("""
                        try:
                            import ujson as json
                        except ImportError:
                            import orjson as json
                        """),
                broken("module-missing-quiet-24", MISSING_MODULE)
                        .on("25.3.0")
                        .options("--log-level critical")
                        .atImport("import weasyprint"),
                broken("module-missing-quiet-20", EXITED, MISSING_MODULE, APP_ERROR, UNKNOWN)
                        .on("20.1.0")
                        .options("--log-level critical")
                        .atImport("import weasyprint"),
                broken("module-missing-error-log-in-a-file", EXITED, MISSING_MODULE, APP_ERROR, UNKNOWN)
                        .on("23.0.0")
                        .options("--error-logfile /tmp/error.log")
                        .atImport("import weasyprint"),
                broken("module-missing-in-json-log", MISSING_MODULE)
                        .on("23.0.0")
                        .atImport("import weasyprint")
                        .file("gunicorn.conf.py", """
                                import json, logging
                                class Json(logging.Formatter):
                                    def format(self, record):
                                        entry = {"level": record.levelname, "message": record.getMessage()}
                                        if record.exc_info:
                                            entry["exc_info"] = self.formatException(record.exc_info)
                                        return json.dumps(entry)
                                logconfig_dict = {
                                    "version": 1, "disable_existing_loggers": False,
                                    "formatters": {"json": {"()": Json}},
                                    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
                                    "root": {"level": "INFO", "handlers": ["console"]},
                                    "loggers": {"gunicorn.error": {"level": "INFO", "handlers": ["console"], "propagate": False}},
                                }
                                """),
                broken("module-missing-at-each-request", HTTP_ERROR, MISSING_MODULE)
                        .on("23.0.0")
                        .atRequest("import weasyprint"),
                broken("module-missing-at-each-request-flask", HTTP_ERROR, MISSING_MODULE)
                        .on("20.1.0")
                        .app("""
                        from flask import Flask
                        app = Flask(__name__)
                        @app.get("/")
                        def index():
                            import weasyprint
                        """),
                broken("module-missing-in-uvicorn-worker", MISSING_MODULE)
                        .on("23.0.0")
                        .options("-k uvicorn_worker.UvicornWorker -w 2")
                        .app("import httpx\n"),
                broken("module-missing-in-gevent-worker", MISSING_MODULE)
                        .on("26.2.0")
                        .options("-k gevent")
                        .atImport("import requests"),
                broken("module-missing-with-threads-and-reload", MISSING_MODULE)
                        .on("20.1.0")
                        .options("--threads 4")
                        .atImport("import requests"),
                broken("module-missing-under-a-shell", MISSING_MODULE)
                        .on("23.0.0")
                        .shell("gunicorn -b 0.0.0.0:8000 app:app; echo ended")
                        .atImport("import requests"),
                broken("module-missing-through-a-pipe", MISSING_MODULE)
                        .on("26.2.0")
                        .shell("gunicorn -b 0.0.0.0:8000 app:app 2>&1 | tee /tmp/server.log")
                        .atImport("import requests"),
                broken("module-missing-restarted-by-a-script", MISSING_MODULE)
                        .on("22.0.0")
                        .script(
                                "start.sh",
                                "#!/bin/sh\nwhile true; do gunicorn -b 0.0.0.0:8000 app:app; echo restarting; sleep 1; done\n")
                        .command("./start.sh")
                        .atImport("import requests")
                        .timeout(10),
                broken("module-missing-restarted-by-supervisor", MISSING_MODULE)
                        .on("20.1.0")
                        .file("supervisord.conf", """
                                [supervisord]
                                nodaemon=true
                                user=root
                                [program:web]
                                command=gunicorn -b 0.0.0.0:8000 app:app
                                startretries=2
                                stderr_logfile=/dev/fd/2
                                stderr_logfile_maxbytes=0
                                """)
                        .command("supervisord -c supervisord.conf")
                        .atImport("import requests")
                        .timeout(12),
                broken("module-missing-database-driver-of-django", MISSING_MODULE)
                        .on("23.0.0")
                        .app("""
                                import django
                                from django.conf import settings
                                settings.configure(SECRET_KEY="x", INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth"],
                                                   DATABASES={"default": {"ENGINE": "django.db.backends.mysql"}})
                                django.setup()
                                """),
                broken("module-missing-installed-app-of-django", MISSING_MODULE)
                        .on("20.1.0")
                        .app("""
                                import django
                                from django.conf import settings
                                settings.configure(SECRET_KEY="x", INSTALLED_APPS=["rest_framework"])
                                django.setup()
                                """),
                broken("module-missing-driver-of-sqlalchemy", MISSING_MODULE)
                        .on("25.3.0")
                        .atImport("import sqlalchemy; sqlalchemy.create_engine('mysql+pymysql://u:p@db/x')"),
                broken("module-missing-multipart-for-forms", MISSING_MODULE)
                        .on("23.0.0")
                        .options("-k uvicorn_worker.UvicornWorker")
                        .app("""
                                from fastapi import FastAPI, Form
                                app = FastAPI()
                                @app.post("/")
                                def index(name: str = Form(...)):
                                    return name
                                """),
                broken("module-missing-relative-import", APP_ERROR, APP_NOT_FOUND, MISSING_MODULE)
                        .on("23.0.0")
                        .atImport("from .models import Order")));
        return cases;
    }

    private static List<Case> conflicts() {
        return List.of(
                broken("conflict-flask-1-with-jinja-3.1", DEPENDENCY_CONFLICT)
                        .on("20.1.0")
                        .dockerfile("RUN pip install --no-cache-dir --no-deps flask==1.1.2")
                        .atImport("import flask"),
                broken("conflict-flask-2-with-werkzeug-3", DEPENDENCY_CONFLICT)
                        .on("23.0.0")
                        .dockerfile("RUN pip install --no-cache-dir --no-deps flask==2.2.0")
                        .atImport("import flask")
                        .onPodman(),
                broken("conflict-name-removed-from-flask", DEPENDENCY_CONFLICT)
                        .on("22.0.0")
                        .atImport("from flask import Markup"),
                broken("conflict-name-removed-from-werkzeug", DEPENDENCY_CONFLICT)
                        .on("26.2.0")
                        .options("--preload")
                        .atImport("from werkzeug.urls import url_quote"),
                broken("conflict-pydantic-2-with-code-for-1", DEPENDENCY_CONFLICT)
                        .on("21.2.0")
                        .atImport("from pydantic import BaseSettings"),
                broken("conflict-httpx-0.28-with-openai", DEPENDENCY_CONFLICT)
                        .on("23.0.0")
                        .dockerfile("RUN pip install --no-cache-dir openai==1.40.0 httpx==0.28.1")
                        .atImport("import openai; openai.OpenAI(api_key='sk-x')"),
                broken("conflict-numpy-2-with-code-built-for-1", DEPENDENCY_CONFLICT)
                        .on("23.0.0")
                        .dockerfile("RUN pip install --no-cache-dir --no-deps numpy==2.0.2 bottleneck==1.3.7")
                        .atImport("import bottleneck"),
                broken("conflict-distribution-not-found", DEPENDENCY_CONFLICT, MISSING_MODULE)
                        .on("20.1.0")
                        .atImport("import pkg_resources; pkg_resources.require('celery>=5')"),
                broken("conflict-version-of-distribution", DEPENDENCY_CONFLICT)
                        .on("20.1.0")
                        .atImport("import pkg_resources; pkg_resources.require('flask<2')"));
    }

    private static List<Case> systemLibraries() {
        return List.of(
                broken("library-missing-sqlite", MISSING_SYSTEM_LIBRARY)
                        .on("23.0.0")
                        .dockerfile("RUN rm -f /usr/lib/*/libsqlite3.so*")
                        .atImport("import sqlite3")
                        .onPodman(),
                broken("library-missing-ctypes", MISSING_SYSTEM_LIBRARY)
                        .on("20.1.0")
                        .atImport("import ctypes; ctypes.CDLL('libGL.so.1')"),
                broken("library-missing-cairo", MISSING_SYSTEM_LIBRARY)
                        .on("26.2.0")
                        .dockerfile("RUN pip install --no-cache-dir cairocffi==1.7.1")
                        .atImport("import cairocffi"),
                broken("library-missing-magic", MISSING_SYSTEM_LIBRARY)
                        .on("22.0.0")
                        .dockerfile("RUN pip install --no-cache-dir python-magic==0.4.27")
                        .atImport("import magic"),
                broken("library-missing-pq", MISSING_SYSTEM_LIBRARY)
                        .on("25.3.0")
                        .dockerfile("RUN pip install --no-cache-dir psycopg==3.2.3")
                        .atImport("import psycopg"),
                broken("library-wants-a-newer-glibc", MISSING_SYSTEM_LIBRARY)
                        .on("23.0.0")
                        .dockerfile(
                                "RUN sed -i 's/GLIBC_2.2.5/GLIBC_2.9.5/g' /usr/local/lib/python3*/*-packages/markupsafe/_speedups*.so")
                        .atImport("import markupsafe._speedups"));
    }

    private static List<Case> language() {
        return List.of(
                broken("syntax-error-19.9", SYNTAX_ERROR).on("19.9.0").atImport("def broken(:\n    pass"),
                broken("syntax-error-26", SYNTAX_ERROR)
                        .on("26.2.0")
                        .atImport("x = (1,\ny = 2")
                        .onPodman(),
                broken("syntax-error-preload", SYNTAX_ERROR)
                        .on("23.0.0")
                        .options("--preload")
                        .atImport("return 1"),
                broken("syntax-indentation", SYNTAX_ERROR).on("20.1.0").atImport("if True:\nx = 1"),
                broken("syntax-tabs", SYNTAX_ERROR).on("22.0.0").atImport("if True:\n        x = 1\n\ty = 2"),
                broken("syntax-merge-conflict-in-second-module", SYNTAX_ERROR)
                        .on("21.2.0")
                        .file("prices.py", "<<<<<<< HEAD\nTAX = 19\n=======\nTAX = 20\n>>>>>>> feature\n")
                        .atImport("import prices"),
                broken("syntax-not-utf8", SYNTAX_ERROR)
                        .on("23.0.0")
                        .file("app.py", new byte[] {'x', '=', '"', (byte) 0xe9, '"', '\n'}, false),
                broken("python-newer-syntax-type-alias", PYTHON_VERSION_MISMATCH, SYNTAX_ERROR)
                        .on("23.0.0")
                        .atImport("type Ids = list[int]"),
                broken("python-newer-syntax-generic", PYTHON_VERSION_MISMATCH, SYNTAX_ERROR)
                        .on("26.2.0")
                        .atImport("def first[T](xs: list[T]) -> T:\n    return xs[0]"),
                broken("python-newer-typing", PYTHON_VERSION_MISMATCH, DEPENDENCY_CONFLICT)
                        .on("20.1.0")
                        .atImport("from typing import override"),
                broken("python-newer-itertools", PYTHON_VERSION_MISMATCH, DEPENDENCY_CONFLICT)
                        .on("23.0.0")
                        .atImport("from itertools import batched"),
                broken("python-older-collections", PYTHON_VERSION_MISMATCH, DEPENDENCY_CONFLICT)
                        .on("22.0.0")
                        .atImport("from collections import Mapping"),
                broken("python-2-print", PYTHON_VERSION_MISMATCH, SYNTAX_ERROR)
                        .on("20.1.0")
                        .atImport("print \"hello\""),
                broken("python-refuses-by-itself", PYTHON_VERSION_MISMATCH, APP_ERROR)
                        .on("23.0.0")
                        .atImport(
                                "import sys\nif sys.version_info < (3, 12):\n    raise RuntimeError('Python 3.12 or newer is required')"));
    }

    private static List<Case> environment() {
        List<Case> cases = new ArrayList<>();
        for (String version : List.of("19.9.0", "20.1.0", "22.0.0", "24.1.1", "26.2.0")) {
            cases.add(broken("variable-missing-" + version, MISSING_ENV)
                    .on(version)
                    .atImport("import os\nSECRET_KEY = os.environ['SECRET_KEY']"));
        }
        cases.addAll(List.of(
                broken("variable-missing-four-workers", MISSING_ENV)
                        .on("26.2.0")
                        .options("-w 4")
                        .atImport("import os\nSECRET_KEY = os.environ['SECRET_KEY']"),
                broken("variable-missing-preload", MISSING_ENV)
                        .on("23.0.0")
                        .options("--preload")
                        .atImport("import os\nSECRET_KEY = os.environ['SECRET_KEY']")
                        .onPodman(),
                broken("variable-missing-in-helper", MISSING_ENV)
                        .on("23.0.0")
                        .file(
                                "settings.py",
                                "from os import environ\n\ndef need(name):\n    return environ[name]\n\nclass Settings:\n    url = need('DATABASE_URL')\n")
                        .atImport("from settings import Settings"),
                broken("variable-missing-environb", MISSING_ENV)
                        .on("20.1.0")
                        .atImport("import os\nKEY = os.environb[b'SIGNING_KEY']"),
                broken("variable-missing-own-message", MISSING_ENV, APP_ERROR)
                        .on("23.0.0")
                        .atImport(
                                "import os\nif not os.getenv('SECRET_KEY'):\n    raise RuntimeError('SECRET_KEY environment variable is not set')"),
                broken("variable-missing-own-message-preload", MISSING_ENV, APP_ERROR)
                        .on("20.1.0")
                        .options("--preload")
                        .atImport(
                                "import os\nif not os.getenv('SECRET_KEY'):\n    raise RuntimeError('SECRET_KEY environment variable is not set')"),
                broken("variable-missing-then-exits", SYSTEM_EXIT, MISSING_ENV)
                        .on("22.0.0")
                        .atImport(
                                "import os, sys\nif not os.getenv('DATABASE_URL'):\n    sys.exit('FATAL: DATABASE_URL is not set')"),
                broken("variable-missing-decouple", MISSING_ENV)
                        .on("20.1.0")
                        .atImport("from decouple import config\nDEBUG = config('SECRET_KEY')"),
                broken("variable-missing-environs", MISSING_ENV)
                        .on("25.3.0")
                        .atImport("from environs import Env\nurl = Env().str('DATABASE_URL')"),
                broken("variable-missing-django-environ", MISSING_ENV)
                        .on("23.0.0")
                        .atImport("import environ\nurl = environ.Env()('DATABASE_URL')"),
                broken("variable-missing-pydantic-settings", MISSING_ENV)
                        .on("26.2.0")
                        .atImport(
                                "from pydantic_settings import BaseSettings\nclass Settings(BaseSettings):\n    database_url: str\n    redis_url: str\nSettings()"),
                broken("variable-missing-starlette", MISSING_ENV)
                        .on("22.0.0")
                        .atImport("from starlette.config import Config\nurl = Config()('DATABASE_URL')"),
                broken("variable-missing-django-secret-key", MISSING_ENV)
                        .on("20.1.0")
                        .file(
                                "settings.py",
                                "import os\nSECRET_KEY = os.environ.get('DJANGO_SECRET_KEY', '')\nROOT_URLCONF = 'settings'\nurlpatterns = []\nALLOWED_HOSTS = ['*']\nINSTALLED_APPS = ['django.contrib.contenttypes', 'django.contrib.auth', 'django.contrib.sessions']\nMIDDLEWARE = ['django.contrib.sessions.middleware.SessionMiddleware', 'django.middleware.csrf.CsrfViewMiddleware']\n")
                        .app(
                                "import os\nos.environ['DJANGO_SETTINGS_MODULE'] = 'settings'\nfrom django.conf import settings\nsettings.SECRET_KEY\nfrom django.core.wsgi import get_wsgi_application\napp = get_wsgi_application()\n"),
                broken("variable-missing-told-by-an-exception-of-the-app", MISSING_ENV, APP_ERROR)
                        .on("23.0.0")
                        .atImport("""
                                import os
                                class Misconfigured(Exception): pass
                                try:
                                    url = os.environ["DATABASE_URL"]
                                except KeyError as e:
                                    raise Misconfigured("set DATABASE_URL, e.g. postgresql://db/orders") from e
                                """),
                broken("variable-missing-django-settings-module", MISSING_ENV)
                        .on("23.0.0")
                        .app("from django.core.wsgi import get_wsgi_application\napp = get_wsgi_application()\n"),
                broken("variable-missing-used-as-number", MISSING_ENV, INVALID_ENV, APP_ERROR)
                        .on("23.0.0")
                        .atImport("import os\nworkers = int(os.environ.get('POOL_SIZE'))"),
                broken("variable-not-a-number", INVALID_ENV)
                        .on("20.1.0")
                        .env("POOL_SIZE", "ten")
                        .atImport("import os\npool = int(os.environ['POOL_SIZE'])"),
                broken("variable-not-a-number-environs", INVALID_ENV)
                        .on("23.0.0")
                        .env("POOL_SIZE", "ten")
                        .atImport("from environs import Env\npool = Env().int('POOL_SIZE')"),
                broken("variable-not-a-boolean-decouple", INVALID_ENV)
                        .on("22.0.0")
                        .env("DEBUG", "release")
                        .atImport("from decouple import config\nDEBUG = config('DEBUG', cast=bool)"),
                broken("variable-not-a-number-pydantic-settings", INVALID_ENV)
                        .on("26.2.0")
                        .env("POOL_SIZE", "ten")
                        .atImport(
                                "from pydantic_settings import BaseSettings\nclass Settings(BaseSettings):\n    pool_size: int\nSettings()"),
                broken("variable-not-a-url-sqlalchemy", INVALID_ENV, APP_ERROR)
                        .on("23.0.0")
                        .env("DATABASE_URL", "")
                        .atImport("import os, sqlalchemy\nsqlalchemy.create_engine(os.environ['DATABASE_URL'])"),
                broken("key-error-of-an-ordinary-dictionary", APP_ERROR)
                        .on("23.0.0")
                        .atImport("settings = {'debug': True}\nurl = settings['DATABASE_URL']"),
                broken("key-error-named-like-a-variable-preload", APP_ERROR)
                        .on("20.1.0")
                        .options("--preload")
                        .atImport("prices = {}\nprint(prices['SECRET_KEY'])")));
        return cases;
    }

    private static List<Case> files() {
        return List.of(
                broken("file-missing", MISSING_FILE)
                        .on("20.1.0")
                        .atImport("import json\nconfig = json.load(open('config.json'))")
                        .onPodman(),
                broken("file-missing-absolute", MISSING_FILE)
                        .on("26.2.0")
                        .atImport("from pathlib import Path\nkey = Path('/run/secrets/jwt.pem').read_text()"),
                broken("file-missing-program", MISSING_FILE, APP_ERROR, COMMAND_NOT_FOUND)
                        .on("23.0.0")
                        .atImport("import subprocess\nsubprocess.run(['ffmpeg', '-version'])"),
                broken("file-denied-read", PERMISSION_DENIED)
                        .on("23.0.0")
                        .file("secret.pem", "x")
                        .dockerfile("RUN chmod 600 secret.pem", "USER nobody")
                        .atImport("open('/app/secret.pem').read()"),
                broken("file-denied-write", PERMISSION_DENIED)
                        .on("20.1.0")
                        .dockerfile("USER nobody")
                        .atImport("import os\nos.makedirs('/app/uploads')"),
                broken("file-denied-log-handler", PERMISSION_DENIED)
                        .on("22.0.0")
                        .dockerfile("USER nobody")
                        .atImport("import logging\nlogging.basicConfig(filename='/var/log/orders.log')"),
                broken("file-denied-app-itself", PERMISSION_DENIED)
                        .on("25.3.0")
                        .dockerfile("RUN chmod 600 app.py", "USER nobody"),
                broken(
                                "file-denied-sqlite",
                                PERMISSION_DENIED,
                                MISSING_FILE,
                                APP_ERROR,
                                READ_ONLY_FILESYSTEM,
                                BACKEND_UNREACHABLE)
                        .on("23.0.0")
                        .dockerfile("USER nobody")
                        .atImport("import sqlite3\nsqlite3.connect('/app/orders.db').execute('create table t(x)')"),
                broken("read-only-root-20", READ_ONLY_FILESYSTEM).on("20.1.0").readOnly(),
                broken("read-only-root-26", READ_ONLY_FILESYSTEM)
                        .on("26.2.0")
                        .readOnly()
                        .onPodman(),
                broken("read-only-root-written-by-the-app", READ_ONLY_FILESYSTEM)
                        .on("23.0.0")
                        .readOnly("/tmp")
                        .atImport("open('/app/cache.bin', 'wb')"),
                broken("read-only-root-loops", READ_ONLY_FILESYSTEM, SYSTEM_EXIT)
                        .on("23.0.0")
                        .readOnly("/tmp")
                        .atImport(
                                "import sys, traceback\ntry:\n    open('/app/cache.bin', 'wb')\nexcept OSError:\n    traceback.print_exc()\n    sys.exit(1)"),
                broken("disk-full", DISK_FULL)
                        .on("23.0.0")
                        .atImport("with open('/dev/shm/model.bin', 'wb') as f:\n    f.write(b'x' * 80_000_000)"));
    }

    private static List<Case> backends() {
        return List.of(
                broken("backend-socket-refused", BACKEND_UNREACHABLE)
                        .on("20.1.0")
                        .atImport("import socket\nsocket.create_connection(('127.0.0.1', 5672), 2)"),
                broken("backend-name-unknown", BACKEND_UNREACHABLE)
                        .on("23.0.0")
                        .atImport("import socket\nsocket.create_connection(('db.orders.invalid', 5432), 2)"),
                broken("backend-postgres", BACKEND_UNREACHABLE)
                        .on("26.2.0")
                        .atImport("import psycopg2\npsycopg2.connect('postgresql://u:p@127.0.0.1:5432/x')")
                        .onPodman(),
                broken("backend-postgres-by-sqlalchemy", BACKEND_UNREACHABLE)
                        .on("22.0.0")
                        .atImport(
                                "import sqlalchemy\nsqlalchemy.create_engine('postgresql+psycopg2://u:p@127.0.0.1/x').connect()"),
                broken("backend-redis", BACKEND_UNREACHABLE)
                        .on("21.2.0")
                        .atImport("import redis\nredis.Redis(host='127.0.0.1').ping()"),
                broken("backend-redis-preload-four-workers", BACKEND_UNREACHABLE)
                        .on("26.2.0")
                        .options("--preload -w 4")
                        .atImport("import redis\nredis.Redis(host='redis.invalid').ping()"),
                broken("backend-mongo", BACKEND_UNREACHABLE)
                        .on("23.0.0")
                        .atImport(
                                "import pymongo\npymongo.MongoClient('mongodb://127.0.0.1', serverSelectionTimeoutMS=1500).admin.command('ping')"),
                broken("backend-http", BACKEND_UNREACHABLE)
                        .on("20.1.0")
                        .atImport("import urllib.request\nurllib.request.urlopen('http://127.0.0.1:8200/v1/secret')"),
                broken("backend-then-a-side-failure", BACKEND_UNREACHABLE)
                        .on("23.0.0")
                        .atImport("""
                        import psycopg2, statistics
                        try:
                            psycopg2.connect("postgresql://u:p@127.0.0.1:5432/x")
                        except psycopg2.OperationalError:
                            statistics.mean([])
                        """),
                broken("backend-retried-then-exits", BACKEND_UNREACHABLE, SYSTEM_EXIT)
                        .on("20.1.0")
                        .atImport("""
                        import socket, sys, time
                        for attempt in range(3):
                            try:
                                socket.create_connection(("127.0.0.1", 5432), 1)
                            except OSError as e:
                                print("database not reachable:", e, flush=True)
                                time.sleep(0.3)
                        sys.exit(1)
                        """),
                broken("backend-at-startup-of-asgi", BACKEND_UNREACHABLE)
                        .on("23.0.0")
                        .options("-k uvicorn_worker.UvicornWorker")
                        .app("""
                        import contextlib, redis
                        from fastapi import FastAPI

                        @contextlib.asynccontextmanager
                        async def lifespan(app):
                            redis.Redis(host="127.0.0.1").ping()
                            yield

                        app = FastAPI(lifespan=lifespan)
                        """));
    }

    private static List<Case> otherErrors() {
        return List.of(
                broken("error-runtime", APP_ERROR)
                        .on("20.1.0")
                        .atImport("raise RuntimeError('licence expired')")
                        .onPodman(),
                broken("error-runtime-preload", APP_ERROR)
                        .on("23.0.0")
                        .options("--preload")
                        .atImport("raise RuntimeError('licence expired')"),
                broken("error-name", APP_ERROR).on("26.2.0").options("-w 3").atImport("print(undefined_name)"),
                broken("error-own-exception", APP_ERROR)
                        .on("19.9.0")
                        .atImport("class LicenceError(Exception): pass\nraise LicenceError"),
                broken("error-exception-group", APP_ERROR)
                        .on("23.0.0")
                        .atImport("raise ExceptionGroup('start-up checks', [ValueError('a'), TypeError('b')])"),
                broken("error-recursion", APP_ERROR).on("22.0.0").atImport("def f(): f()\nf()"),
                broken("error-circular-import", APP_ERROR)
                        .on("20.1.0")
                        .file("models.py", "from app import db\nclass Order: pass\n")
                        .app("from models import Order\ndb = object()\n"),
                broken("error-name-missing-in-own-module", APP_ERROR)
                        .on("23.0.0")
                        .file("prices.py", "TAX = 19\n")
                        .atImport("from prices import VAT"),
                broken("error-endpoint-twice", APP_ERROR).on("23.0.0").app("""
                        from flask import Flask
                        app = Flask(__name__)
                        @app.get("/")
                        def index(): return "a"
                        @app.get("/b")
                        def index(): return "b"
                        """),
                broken("error-django-apps-not-ready", APP_ERROR).on("22.0.0").app("""
                        from django.conf import settings
                        settings.configure(SECRET_KEY="x", INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth"])
                        from django.contrib.auth.models import User
                        """),
                broken("error-json-of-a-file", APP_ERROR, MISSING_FILE)
                        .on("25.3.0")
                        .file("config.json", "{oops")
                        .atImport("import json\njson.load(open('config.json'))"),
                broken("error-at-asgi-startup", APP_ERROR)
                        .on("23.0.0")
                        .options("-k uvicorn_worker.UvicornWorker")
                        .app("""
                        import contextlib
                        from fastapi import FastAPI

                        @contextlib.asynccontextmanager
                        async def lifespan(app):
                            raise ValueError("no model weights")
                            yield

                        app = FastAPI(lifespan=lifespan)
                        """),
                broken("error-in-server-hook", APP_ERROR, SERVER_MISCONFIGURED)
                        .on("23.0.0")
                        .file(
                                "gunicorn.conf.py",
                                "def post_fork(server, worker):\n    raise ValueError('no tracer')\n"),
                broken("error-after-handled-tracebacks", APP_ERROR).on("26.2.0").atImport("""
                        import traceback
                        try:
                            import ujson
                        except ImportError:
                            traceback.print_exc()
                        raise ZeroDivisionError("rate per zero days")
                        """),
                broken("error-message-over-several-lines", APP_ERROR)
                        .on("20.1.0")
                        .atImport("raise ValueError('bad plan:\\n  step 1\\n  ModuleNotFoundError: not really')"));
    }
}
