package io.bootgate.rule.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules that read Python, on small services: what each finds, and what it leaves alone. */
class PythonRulesTest {
    private static final String START = "CMD [\"gunicorn\", \"-b\", \"0.0.0.0:8000\", \"app:app\"]";

    /** A Flask service whose app.py is given. */
    private static WrittenProject service(String app) {
        return service(app, "flask==3.1.3\ngunicorn==23.0.0\n", START);
    }

    private static WrittenProject service(String app, String requirements, String... last) {
        return WrittenProject.withDockerfile(Stream.concat(
                                Stream.of(
                                        "FROM python:3.12-slim",
                                        "WORKDIR /app",
                                        "COPY requirements.txt .",
                                        "RUN pip install --no-cache-dir -r requirements.txt",
                                        "COPY . ."),
                                Stream.of(last))
                        .toArray(String[]::new))
                .with("requirements.txt", requirements)
                .with("app.py", app);
    }

    private static final String APP = "from flask import Flask\napp = Flask(__name__)\n";

    private static List<String> all(WrittenProject project) {
        return Lint.ofAllRules().check(project.project()).stream()
                .map(finding -> WrittenProject.inShort(finding) + " " + finding.rule())
                .toList();
    }

    @Test
    void aHealthyServiceHasNoFindings() {
        assertThat(all(service(APP))).isEmpty();
    }

    @Test
    void findsAModuleThatIsNotBelowWorkdir() {
        assertThat(service(APP, "flask==3.1.3\ngunicorn==23.0.0\n", "CMD [\"gunicorn\", \"main:app\"]")
                        .found(new AppModuleMissing()))
                .containsExactly("ERROR Dockerfile:6");
        assertThat(service(APP, "flask==3.1.3\ngunicorn==23.0.0\n", "WORKDIR /srv", START)
                        .found(new AppModuleMissing()))
                .containsExactly("ERROR Dockerfile:7");
        assertThat(service(APP, "flask==3.1.3\ngunicorn==23.0.0\n", "WORKDIR /srv", "CMD gunicorn --chdir /app app:app")
                        .found(new AppModuleMissing()))
                .isEmpty();
        assertThat(service(APP).with(".dockerignore", "app.py\n").found(new AppModuleMissing()))
                .containsExactly("ERROR Dockerfile:6");
        assertThat(service(APP)
                        .with("gunicorn.conf.py", "wsgi_app = 'nowhere:app'\n")
                        .found(new AppModuleMissing()))
                .isEmpty();
    }

    @Test
    void findsImportsBetweenOwnModulesThatLeadNowhere() {
        WrittenProject project = service("from shop import views\nfrom shop.models import Order\napp = 1\n")
                .with("shop/__init__.py", "")
                .with("shop/views.py", "from . import missing\n")
                .with("shop/models.py", "class Other: pass\n");
        assertThat(project.found(new AppModuleMissing()))
                .containsExactlyInAnyOrder("ERROR app.py:2", "ERROR shop/views.py:1");
        assertThat(service("try:\n    from shop import missing\nexcept ImportError:\n    missing = None\napp = 1\n")
                        .with("shop/__init__.py", "")
                        .found(new AppModuleMissing()))
                .isEmpty();
        assertThat(service("from shop import anything\napp = 1\n")
                        .with("shop/__init__.py", "def __getattr__(name): return 1\n")
                        .found(new AppModuleMissing()))
                .isEmpty();
    }

    @Test
    void findsAnAppThatIsNotDefined() {
        assertThat(service("from flask import Flask\nserver = Flask(__name__)\n")
                        .found(new AppAttributeMissing()))
                .containsExactly("ERROR Dockerfile:6");
        assertThat(service("from factory import *\n").found(new AppAttributeMissing()))
                .isEmpty();
        assertThat(service("if True:\n    app = 1\n").found(new AppAttributeMissing()))
                .isEmpty();
        assertThat(service("from other import thing as app\n")
                        .with("other.py", "thing = 1\n")
                        .found(new AppAttributeMissing()))
                .isEmpty();
        assertThat(service("def create_app(): pass\n", "gunicorn==23.0.0\n", "CMD gunicorn 'app:create_app()'")
                        .found(new AppAttributeMissing()))
                .isEmpty();
        assertThat(service("def make(): pass\n", "gunicorn==23.0.0\n", "CMD gunicorn 'app:create_app()'")
                        .found(new AppAttributeMissing()))
                .containsExactly("ERROR Dockerfile:6");
    }

    @Test
    void findsWhatIsImportedAndNotInstalled() {
        assertThat(service("import requests\n" + APP).found(new DependencyMissing()))
                .containsExactly("ERROR app.py:1");
        assertThat(service("import yaml\nimport jinja2, click\n" + APP).found(new DependencyMissing()))
                .containsExactly("ERROR app.py:1");
        assertThat(service("import yaml\n" + APP, "flask==3.1.3\ngunicorn==23\nPyYAML==6.0\n", START)
                        .found(new DependencyMissing()))
                .isEmpty();
        assertThat(service(APP + "from shop import tasks\n")
                        .with("shop/__init__.py", "")
                        .with("shop/tasks.py", "\nimport celery\n")
                        .found(new DependencyMissing()))
                .containsExactly("ERROR shop/tasks.py:2");
    }

    @Test
    void leavesImportsAloneThatAreNotSureToRun() {
        assertThat(service("try:\n    import ujson as json\nexcept ImportError:\n    import json\n" + APP)
                        .found(new DependencyMissing()))
                .isEmpty();
        assertThat(service("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import celery\n" + APP)
                        .found(new DependencyMissing()))
                .isEmpty();
        assertThat(service("import os\nif os.getenv('SENTRY'):\n    import sentry_sdk\n" + APP)
                        .found(new DependencyMissing()))
                .isEmpty();
        assertThat(service(APP + "def later():\n    import celery\n").found(new DependencyMissing()))
                .isEmpty();
        assertThat(service(APP + "if __name__ == '__main__':\n    import celery\n")
                        .found(new DependencyMissing()))
                .isEmpty();
        assertThat(service("import sys\nif sys.version_info < (3, 11):\n    import tomli\n" + APP)
                        .found(new DependencyMissing()))
                .isEmpty();
        assertThat(service(APP + "def now():\n    import celery\nnow()\n").found(new DependencyMissing()))
                .containsExactly("ERROR app.py:4");
    }

    @Test
    void isSilentWhereTheImageMayHoldMore() {
        String app = "import requests\n" + APP;
        assertThat(service(app, "flask==3.1.3\n", "RUN pip install requests", START)
                        .found(new DependencyMissing()))
                .isEmpty();
        assertThat(service(app, "flask==3.1.3\n-e ./lib\n", START).found(new DependencyMissing()))
                .isEmpty();
        assertThat(service(app, "flask==3.1.3\n", "RUN apt-get update && apt-get install -y python3-requests", START)
                        .found(new DependencyMissing()))
                .isEmpty();
        assertThat(service(app, "flask==3.1.3\nsome-sdk==1.0\n", START).found(new DependencyMissing()))
                .containsExactly("WARNING app.py:1");
        assertThat(WrittenProject.withDockerfile(
                                "FROM acme/base:1", "WORKDIR /app", "RUN pip install flask==3.1.3", "COPY . .", START)
                        .with("app.py", app)
                        .found(new DependencyMissing()))
                .isEmpty();
        assertThat(WrittenProject.withDockerfile(
                                "FROM python:3.12-slim",
                                "COPY --from=acme/wheels /venv /venv",
                                "WORKDIR /app",
                                "RUN pip install flask==3.1.3",
                                "COPY . .",
                                START)
                        .with("app.py", app)
                        .found(new DependencyMissing()))
                .isEmpty();
    }

    @Test
    void findsWhatOnlyDevelopmentInstalls() {
        WrittenProject project = WrittenProject.withDockerfile(
                        "FROM python:3.12-slim",
                        "WORKDIR /app",
                        "COPY . .",
                        "RUN pip install poetry==1.8 && poetry install --no-root --only main",
                        START)
                .with(
                        "pyproject.toml",
                        "[tool.poetry.dependencies]\nflask = '3.1.3'\n[tool.poetry.group.dev.dependencies]\nrequests = '2.32'\n")
                .with("app.py", "import requests\n" + APP);
        assertThat(project.findings(new DependencyMissing()))
                .allSatisfy(finding -> assertThat(finding.detail()).contains("only required for dev"));
        assertThat(project.found(new DependencyMissing())).containsExactly("WARNING app.py:1");
    }

    @Test
    void findsDjangosAppsAndDrivers() {
        WrittenProject project = WrittenProject.withDockerfile(
                        "FROM python:3.12-slim",
                        "WORKDIR /app",
                        "RUN pip install Django==5.1 gunicorn==23.0.0",
                        "COPY . .",
                        "CMD [\"gunicorn\", \"shop.wsgi\"]")
                .with("shop/__init__.py", "")
                .with(
                        "shop/wsgi.py",
                        "import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\napplication = get_wsgi_application()\n")
                .with(
                        "shop/settings.py",
                        "INSTALLED_APPS = ['django.contrib.auth',\n 'shop',\n 'rest_framework']\nDATABASES = {'default': {\n 'ENGINE': 'django.db.backends.postgresql'}}\n");
        assertThat(project.found(new DependencyMissing()))
                .containsExactlyInAnyOrder("ERROR shop/settings.py:3", "ERROR shop/settings.py:5");
    }

    @Test
    void findsLibrariesThatNoImportShows() {
        assertThat(service(
                                APP,
                                "flask==3.1.3\ngunicorn==23.0.0\n",
                                "CMD [\"gunicorn\", \"-k\", \"gevent\", \"app:app\"]")
                        .found(new DriverMissing()))
                .containsExactly("ERROR Dockerfile:6");
        assertThat(service(
                                APP,
                                "flask==3.1.3\ngunicorn[gevent]==23.0.0\n",
                                "CMD [\"gunicorn\", \"-k\", \"gevent\", \"app:app\"]")
                        .found(new DriverMissing()))
                .isEmpty();
        String engine = APP + "from sqlalchemy import create_engine\ndb = create_engine('postgresql://db/x')\n";
        assertThat(service(engine, "flask==3.1.3\nSQLAlchemy==2.0.1\ngunicorn==23.0.0\n", START)
                        .found(new DriverMissing()))
                .containsExactly("ERROR app.py:4");
        assertThat(service(engine, "flask==3.1.3\nSQLAlchemy==2.0.1\npsycopg2-binary==2.9\n", START)
                        .found(new DriverMissing()))
                .isEmpty();
    }

    @Test
    void findsVariablesThatNobodyGives() {
        String app = "import os\n" + APP + "app.secret_key = os.environ['SECRET_KEY']\n";
        assertThat(service(app).found(new VariableMissing())).containsExactly("ERROR app.py:4");
        assertThat(service(app, "flask==3.1.3\n", "ENV SECRET_KEY=x", START).found(new VariableMissing()))
                .isEmpty();
        assertThat(service(app).asked(given(Map.of("SECRET_KEY", "x"))).found(new VariableMissing()))
                .isEmpty();
        assertThat(service(
                                app + "def f():\n    return os.environ['LATER']\n",
                                "flask==3.1.3\n",
                                "ENV SECRET_KEY=x",
                                START)
                        .found(new VariableMissing()))
                .isEmpty();
        assertThat(service("import os\nKEY = os.environ.get('KEY', 'x')\nOTHER = os.getenv('OTHER')\napp = 1\n")
                        .found(new VariableMissing()))
                .isEmpty();
        assertThat(service("import os\ntry:\n    KEY = os.environ['KEY']\nexcept KeyError:\n    KEY = ''\napp = 1\n")
                        .found(new VariableMissing()))
                .isEmpty();
        assertThat(service("import os\nif 'KEY' in os.environ:\n    KEY = os.environ['KEY']\napp = 1\n")
                        .found(new VariableMissing()))
                .isEmpty();
        assertThat(service("import os\nos.environ.setdefault('KEY', 'x')\nKEY = os.environ['KEY']\napp = 1\n")
                        .found(new VariableMissing()))
                .isEmpty();
    }

    @Test
    void knowsTheLibrariesThatReadVariables() {
        assertThat(
                        variables(
                                "from decouple import config\nA = config('A_KEY')\nB = config('B_KEY', default='')\nC = config('C_KEY', cast=int)\n"))
                .containsExactly("ERROR app.py:2", "ERROR app.py:4");
        assertThat(
                        variables(
                                "import environ\nenv = environ.Env(DEBUG=(bool, False))\nA = env('DEBUG')\nB = env('B_KEY')\nC = env.db()\nD = env.int('D_KEY', default=1)\n"))
                .containsExactly("ERROR app.py:4", "ERROR app.py:5");
        assertThat(
                        variables(
                                "from environs import Env\nenv = Env()\nA = env.str('A_KEY')\nB = env('B_KEY', 'x')\nwith env.prefixed('C_'):\n    C = env.int('KEY')\n"))
                .containsExactly("ERROR app.py:3", "ERROR app.py:6");
        assertThat(
                        variables(
                                "from starlette.config import Config\nconfig = Config('.env')\nA = config('A_KEY')\nB = config('B_KEY', default=None)\n"))
                .containsExactly("ERROR app.py:3");
        assertThat(
                        variables(
                                "import os\ndef need(name):\n    value = os.getenv(name)\n    if not value:\n        raise RuntimeError(name)\n    return value\nA = need('A_KEY')\n"))
                .containsExactly("ERROR app.py:7");
        assertThat(
                        variables(
                                "import os\nneeded = ['A_KEY', 'B_KEY']\nmissing = [n for n in needed if not os.getenv(n)]\nif missing:\n    raise RuntimeError(missing)\n"))
                .hasSize(2);
        assertThat(variables("import os, sys\nA = os.getenv('A_KEY')\nif A is None:\n    sys.exit(1)\n"))
                .containsExactly("ERROR app.py:2");
        assertThat(
                        variables(
                                "import os\nPORT = int(os.getenv('PORT_NUMBER'))\nA = os.getenv('A_LIST').split(',')\nB = os.getenv('B_URL') + '/x'\n"))
                .containsExactly("ERROR app.py:2", "ERROR app.py:3", "ERROR app.py:4");
    }

    @Test
    void knowsSettingsClasses() {
        String second = """
                from typing import Optional
                from pydantic import Field
                from pydantic_settings import BaseSettings, SettingsConfigDict

                class Settings(BaseSettings):
                    model_config = SettingsConfigDict(env_prefix="SHOP_")
                    key: str
                    url: Optional[str]
                    debug: bool = False
                    token: str = Field(..., alias="API_TOKEN")
                    size: int = Field(10)

                settings = Settings()
                app = 1
                """;
        assertThat(variables(second)).containsExactly("ERROR app.py:7", "ERROR app.py:8", "ERROR app.py:10");
        assertThat(service(second)
                        .asked(given(Map.of("shop_key", "x", "SHOP_URL", "x", "API_TOKEN", "x")))
                        .found(new VariableMissing()))
                .isEmpty();
        assertThat(variables(second.replace(
                                "pydantic_settings import BaseSettings, SettingsConfigDict",
                                "pydantic import BaseSettings")
                        .replace("model_config = SettingsConfigDict(env_prefix=\"SHOP_\")", "pass")))
                .containsExactly("ERROR app.py:7", "ERROR app.py:10");
        assertThat(variables(second.replace("settings = Settings()", "def get(): return Settings()")))
                .isEmpty();
        assertThat(variables(second.replace(
                        "settings = Settings()",
                        "from functools import lru_cache\n@lru_cache\ndef get(): return Settings()\nget()")))
                .hasSize(3);
    }

    private static List<String> variables(String app) {
        return service(app).found(new VariableMissing());
    }

    @Test
    void aFileThatIsLoadedGivesVariables() {
        String app = "import os\nfrom dotenv import load_dotenv\nload_dotenv()\nKEY = os.environ['KEY']\napp = 1\n";
        assertThat(service(app).with(".env", "KEY=x\n").found(new VariableMissing()))
                .isEmpty();
        assertThat(service(app)
                        .with(".env", "KEY=x\n")
                        .with(".dockerignore", ".env\n")
                        .found(new VariableMissing()))
                .containsExactly("ERROR app.py:4");
    }

    @Test
    void isNotSureOfVariablesWhereABaseOrScriptMaySetThem() {
        String app = "import os\nKEY = os.environ['KEY']\napp = 1\n";
        assertThat(WrittenProject.withDockerfile("FROM acme/base:1", "WORKDIR /app", "COPY . .", START)
                        .with("app.py", app)
                        .found(new VariableMissing()))
                .containsExactly("WARNING app.py:2");
        assertThat(service(app, "flask==3.1.3\n", "CMD [\"./start.sh\"]")
                        .with("start.sh", "#!/bin/sh\nexport KEY=x\nexec gunicorn app:app\n")
                        .found(new VariableMissing()))
                .isEmpty();
    }

    @Test
    void findsNamesThatAreNearlyTheSame() {
        WrittenProject project = service(
                "import os\nURL = os.getenv('DATABASE_URL')\napp = 1\n",
                "flask==3.1.3\n",
                "ENV DATABSE_URL=x OTHER=1",
                START);
        assertThat(project.found(new VariableMistyped())).containsExactly("WARNING Dockerfile:6");
        assertThat(GivenVariables.near("DATABASE_URL", "DATABSE_URL")).isTrue();
        assertThat(GivenVariables.near("SECRET_KEY", "SECRETKEY")).isTrue();
        assertThat(GivenVariables.near("REDIS_URL", "REIDS_URL")).isTrue();
        assertThat(GivenVariables.near("DB_HOST1", "DB_HOST2")).isFalse();
        assertThat(GivenVariables.near("DB_USER", "DB_NAME")).isFalse();
    }

    @Test
    void findsExitsWhileTheAppIsLoaded() {
        assertThat(service("import sys\nLICENSE = None\napp = 1\nif LICENSE is None:\n    sys.exit(1)\n")
                        .found(new ExitAtImport()))
                .containsExactly("ERROR app.py:5");
        assertThat(service("import argparse\noptions = argparse.ArgumentParser().parse_args()\napp = 1\n")
                        .found(new ExitAtImport()))
                .containsExactly("ERROR app.py:2");
        assertThat(service(
                                "import sys\napp = 1\nif len(sys.argv) > 9:\n    sys.exit(1)\ndef main():\n    sys.exit(2)\nif __name__ == '__main__':\n    main()\n")
                        .found(new ExitAtImport()))
                .isEmpty();
        assertThat(service(
                                "import argparse\np = argparse.ArgumentParser()\noptions, rest = p.parse_known_args()\napp = 1\n")
                        .found(new ExitAtImport()))
                .isEmpty();
        assertThat(service("from cli import main\napp = 1\nmain()\n")
                        .with("cli.py", "import sys\ndef main():\n    sys.exit(0)\n")
                        .found(new ExitAtImport()))
                .containsExactly("ERROR cli.py:3");
    }

    @Test
    void findsCallsOfOtherServicesWhileTheAppIsLoaded() {
        assertThat(service("import psycopg2\napp = 1\ndb = psycopg2.connect('x')\n")
                        .found(new BackendAtImport()))
                .containsExactly("WARNING app.py:3");
        assertThat(service("import redis\napp = 1\nr = redis.Redis()\nr.ping()\n")
                        .found(new BackendAtImport()))
                .containsExactly("WARNING app.py:4");
        assertThat(service(
                                "import redis\napp = 1\nr = redis.Redis()\ntry:\n    r.ping()\nexcept Exception:\n    pass\n")
                        .found(new BackendAtImport()))
                .isEmpty();
    }

    @Test
    void findsBrokenSources() {
        assertThat(service("app = 1\nprint 'x'\n").found(new SyntaxBroken())).containsExactly("ERROR app.py:2");
        assertThat(service("app = 1\n").with("scripts/old.py", "print 'x'\n").found(new SyntaxBroken()))
                .containsExactly("WARNING scripts/old.py:1");
        assertThat(service("app = 1\n")
                        .with("t/x.py", "{{ name }} = {% if x %}\n")
                        .with("tests/bad.py", "def\n")
                        .found(new SyntaxBroken()))
                .isEmpty();
        assertThat(service("app = 1\n")
                        .with("app.py", "app = '\u00e9'\n".getBytes(StandardCharsets.ISO_8859_1), 0644)
                        .found(new SyntaxBroken()))
                .containsExactly("ERROR app.py:1");
        assertThat(all(service("x = " + "(".repeat(100_000)))).contains("ERROR app.py:1 SYNTAX_BROKEN");
    }

    @Test
    void findsSourcesForAnotherPython() {
        String match = "match 1:\n    case 1: pass\napp = 1\n";
        assertThat(service(match).found(new PythonVersion())).isEmpty();
        assertThat(old(match).found(new PythonVersion())).containsExactly("ERROR app.py:1");
        assertThat(service("import distutils.util\napp = 1\n").found(new PythonVersion()))
                .containsExactly("ERROR app.py:1");
        assertThat(service("import distutils.util\napp = 1\n", "setuptools==70\n", START)
                        .found(new PythonVersion()))
                .isEmpty();
        assertThat(service("from collections import Mapping\napp = 1\n").found(new PythonVersion()))
                .containsExactly("ERROR app.py:1");
        assertThat(service(
                                "try:\n    from collections import Mapping\nexcept ImportError:\n    from collections.abc import Mapping\napp = 1\n")
                        .found(new PythonVersion()))
                .isEmpty();
        assertThat(old("import tomllib\napp = 1\n").found(new PythonVersion())).containsExactly("ERROR app.py:1");
    }

    private static WrittenProject old(String app) {
        return WrittenProject.withDockerfile("FROM python:3.9-slim", "WORKDIR /app", "COPY . .", START)
                .with("app.py", app);
    }

    @Test
    void findsLibrariesThatSlimImagesLack() {
        assertThat(service("import cv2\napp = 1\n", "opencv-python==4.9\n", START)
                        .found(new SystemLibraryMissing()))
                .containsExactly("ERROR app.py:1");
        assertThat(service("import cv2\napp = 1\n", "opencv-python-headless==4.9\n", START)
                        .found(new SystemLibraryMissing()))
                .isEmpty();
        assertThat(service(
                                "import cv2\napp = 1\n",
                                "opencv-python==4.9\n",
                                "RUN apt-get update && apt-get install -y libgl1",
                                START)
                        .found(new SystemLibraryMissing()))
                .isEmpty();
        assertThat(service("import psycopg\napp = 1\n", "psycopg[binary]==3.2\n", START)
                        .found(new SystemLibraryMissing()))
                .isEmpty();
        assertThat(service("import psycopg\napp = 1\n", "psycopg==3.2\n", START).found(new SystemLibraryMissing()))
                .containsExactly("ERROR app.py:1");
    }

    @Test
    void findsVersionsThatDoNotWorkTogether() {
        assertThat(service(
                                "import flask_login\n" + APP,
                                "flask==2.2.5\nwerkzeug==3.0.1\nflask-login==0.6.2\ngunicorn==23.0.0\n",
                                START)
                        .found(new DependencyClash()))
                .containsExactly("ERROR requirements.txt:3");
        assertThat(service(
                                "import flask_login\n" + APP,
                                "flask==2.2.5\nwerkzeug==2.3.8\nflask-login==0.6.2\ngunicorn==23.0.0\n",
                                START)
                        .found(new DependencyClash()))
                .isEmpty();
    }

    @Test
    void anExtensionModuleIsAModule() {
        WrittenProject project = service("from shop import _fast\nfrom shop._fast import total\napp = 1\n")
                .with("shop/__init__.py", "")
                .with("shop/_fast.cpython-312-x86_64-linux-gnu.so", "");
        assertThat(project.found(new AppModuleMissing())).isEmpty();
    }

    @Test
    void findsRequirementsWithoutVersionsAndThoseThatAreNone() {
        assertThat(service(APP, "gunicorn==23.0.0\nflask\n", START).found(new DependencyUnpinned()))
                .containsExactly("WARNING requirements.txt:2");
        assertThat(service(APP, "gunicorn==23.0.0\nflask>=2\n", START).found(new DependencyUnpinned()))
                .isEmpty();
        assertThat(service(APP, "gunicorn==23.0.0\nflask = 2\n", START).found(new RequirementUnreadable()))
                .containsExactly("WARNING requirements.txt:2");
    }

    @Test
    void findsWorkersThatFollowTheHost() {
        assertThat(service(APP)
                        .with(
                                "gunicorn.conf.py",
                                "import multiprocessing\nworkers = multiprocessing.cpu_count() * 2 + 1\n")
                        .found(new WorkersByHost()))
                .containsExactly("WARNING gunicorn.conf.py:2");
        assertThat(service(APP)
                        .with("gunicorn.conf.py", "workers = 3\ntimeout = 60\n")
                        .found(new WorkersByHost()))
                .isEmpty();
        assertThat(service(APP, "gunicorn==23.0.0\n", "CMD gunicorn -t 2 app:app")
                        .found(new WorkersByHost()))
                .containsExactly("WARNING Dockerfile:6");
    }

    private static LintRequest given(Map<String, String> env) {
        return LintRequest.DEFAULT.with(new LintRequest.Run(
                env,
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                false,
                List.of(),
                Map.of(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty()));
    }
}
