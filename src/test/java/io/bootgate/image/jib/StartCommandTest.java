package io.bootgate.image.jib;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartCommandTest {
    @TempDir
    private Path folder;

    private Service service;

    @BeforeEach
    void anEmptyFolder() {
        service = Service.in(folder);
    }

    @Test
    void aDjangoProjectIsServedByItsWsgiModule() {
        service.file("manage.py", "import os\n")
                .file("shop/__init__.py", "")
                .file("shop/asgi.py", "application = get_asgi_application()\n")
                .file("shop/wsgi.py", "application = get_wsgi_application()\n");

        assertThat(started("gunicorn").words()).endsWith("shop.wsgi:application");
    }

    @Test
    void anAppThatIsImportedIntoTheModuleCounts() {
        service.file("wsgi.py", "from shop import app\n").file("shop/__init__.py", "app = Flask(__name__)\n");

        assertThat(started("gunicorn").words()).endsWith("wsgi:app");
    }

    @Test
    void aFactoryIsCalled() {
        service.file("shop/__init__.py", "def create_app(config=None):\n    return Flask(__name__)\n");

        assertThat(started("gunicorn").words()).endsWith("shop:create_app()");
        assertThat(started("uvicorn").words()).endsWith("--factory", "--interface", "wsgi", "shop:create_app");
    }

    @Test
    void anAsynchronousAppGetsAServerThatSpeaksIt() {
        service.file("main.py", "from fastapi import FastAPI\napi = FastAPI()\n");

        assertThat(started("gunicorn", "uvicorn").words())
                .containsExactly(
                        "gunicorn",
                        "--bind",
                        "0.0.0.0:8000",
                        "--worker-class",
                        "uvicorn.workers.UvicornWorker",
                        "main:api");
        assertThat(started("gunicorn", "uvicorn", "uvicorn-worker").words()).contains("uvicorn_worker.UvicornWorker");
        assertThat(started("uvicorn").words())
                .containsExactly("uvicorn", "--host", "0.0.0.0", "--port", "8000", "main:api");
    }

    @Test
    void gunicornsOwnConfigurationIsLeftToSayWhatItSays() {
        service.file("gunicorn.conf.py", "bind = '0.0.0.0:9001'\nwsgi_app = 'shop:app'\nworkers = 2\n");

        StartCommand started = started("gunicorn");

        assertThat(started.words()).containsExactly("gunicorn");
        assertThat(started.port()).isEqualTo(9001);
    }

    @Test
    void whatIsSetComesBeforeWhatIsFound() {
        service.file("app.py", "app = Flask(__name__)\n").file("gunicorn.conf.py", "bind = '0.0.0.0:9001'\n");
        service.module = Optional.of("other:application");
        service.port = OptionalInt.of(7000);
        assertThat(started("gunicorn").words())
                .containsExactly("gunicorn", "--bind", "0.0.0.0:7000", "other:application");

        service.entrypoint = Optional.of(List.of("python3", "app.py"));
        assertThat(started("gunicorn")).isEqualTo(new StartCommand(List.of("python3", "app.py"), 7000));
    }

    @Test
    void testsAndScriptsAreNotTheApp() {
        service.file("tests/app.py", "app = Flask('test')\n").file("src/web/app.py", "app = Flask('deep')\n");

        assertThat(started("gunicorn").words()).endsWith("src.web.app:app");
    }

    private StartCommand started(String... installed) {
        return StartCommand.of(service.spec(), AppFiles.of(service.spec()), Set.of(installed));
    }
}
