package io.bootgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.source.shell.ShellScript;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gunicorn app:app|GUNICORN",
                "/venv/bin/gunicorn -b :8000 app:app|GUNICORN",
                "gunicorn3 app:app|GUNICORN",
                "gunicorn -k uvicorn.workers.UvicornWorker app:app|GUNICORN",
                "python -m gunicorn app:app|GUNICORN",
                "python3.11 -u -X dev -m gunicorn.app.wsgiapp app:app|GUNICORN",
                "python /venv/bin/gunicorn app:app|GUNICORN",
                "python -m debugpy --listen 0.0.0.0:5678 -m gunicorn app:app|GUNICORN",
                "uv run gunicorn app:app|GUNICORN",
                "uv run --no-sync --project /app -m gunicorn app:app|GUNICORN",
                "poetry run gunicorn app:app|GUNICORN",
                "pipenv run uvicorn app:app|UVICORN",
                "conda run -n web --no-capture-output gunicorn app:app|GUNICORN",
                "tini -g -- gunicorn app:app|GUNICORN",
                "/usr/bin/dumb-init gunicorn app:app|GUNICORN",
                "gosu www-data gunicorn app:app|GUNICORN",
                "su-exec app:app gunicorn app:app|GUNICORN",
                "ddtrace-run gunicorn app:app|GUNICORN",
                "newrelic-admin run-program gunicorn app:app|GUNICORN",
                "opentelemetry-instrument --traces_exporter none gunicorn app:app|GUNICORN",
                "nice -n 5 gunicorn app:app|GUNICORN",
                "timeout -k 5 600 gunicorn app:app|GUNICORN",
                "xvfb-run -a gunicorn app:app|GUNICORN",
                "env -u HOME PORT=80 gunicorn app:app|GUNICORN",
                "some-vault exec prod -- gunicorn app:app|GUNICORN",
                "wait-for-it.sh db:5432 -t 30 gunicorn app:app|GUNICORN",
                "uvicorn app:app|UVICORN",
                "fastapi run app.py|UVICORN",
                "hypercorn app:app|HYPERCORN",
                "waitress-serve app:app|WAITRESS",
                "python -m waitress app:app|WAITRESS",
                "uwsgi --ini app.ini|UWSGI",
                "flask --app app run|FLASK",
                "python -m flask run|FLASK",
                "python manage.py runserver 0.0.0.0:8000|DJANGO",
                "django-admin runserver|DJANGO",
                "flask db upgrade|UNKNOWN",
                "python manage.py migrate|UNKNOWN",
                "python app.py|UNKNOWN",
                "celery -A app worker|UNKNOWN",
                "pip install gunicorn flask|UNKNOWN",
                "echo gunicorn app:app|UNKNOWN"
            })
    void findsTheServerBehindARunner(String command, Server server) {
        assertThat(Server.detect(List.of(command.split(" ")), Map.of())).isEqualTo(server);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "gunicorn app:app|GUNICORN",
                "exec gunicorn app:app|GUNICORN",
                "PORT=80 exec gunicorn -b \"0.0.0.0:$PORT\" app:app|GUNICORN",
                "python manage.py migrate && exec gunicorn app:app|GUNICORN",
                "flask db upgrade; 'gunicorn' 'app:create_app()'|GUNICORN",
                "cd /app && . venv/bin/activate && gunicorn app:app >/dev/null 2>&1|GUNICORN",
                "nginx & gunicorn app:app|GUNICORN",
                "if [ -n \"$DEV\" ]; then exec flask run; fi; echo up|FLASK",
                "if [ -n \"$DEV\" ]; then exec flask run; else exec gunicorn app:app; fi|UNKNOWN",
                "echo 'exec gunicorn app:app'|UNKNOWN",
                "# gunicorn app:app|UNKNOWN",
                "which gunicorn && sleep 1|UNKNOWN"
            })
    void findsTheServerInAShellsText(String text, Server server) {
        assertThat(Server.detect(List.of("/bin/sh", "-c", text), Map.of())).isEqualTo(server);
        assertThat(Server.detect(List.of("bash", "-euo", "pipefail", "-lc", text), Map.of()))
                .isEqualTo(server);
    }

    @Test
    void followsEntryScripts() {
        Map<String, String> scripts = Map.of("/entrypoint.sh", """
                #!/bin/bash
                set -e
                cat <<EOF
                uvicorn is not started
                EOF
                case "$1" in
                  web) shift; exec gunicorn --bind "0.0.0.0:${PORT:-9000}" \\
                      --workers "$(nproc)" app:app "$@" ;;
                  *) exec "$@" ;;
                esac
                """);

        assertThat(Server.detect(List.of("/entrypoint.sh", "web"), scripts)).isEqualTo(Server.GUNICORN);
        assertThat(Server.GUNICORN.likelyPorts(List.of("/entrypoint.sh", "web"), Map.of(), scripts))
                .containsExactly(9000);
    }

    @Test
    void followsAnEntryScriptThatRunsItsArguments() {
        Map<String, String> scripts =
                Map.of("/app/start.sh", "#!/bin/sh\r\npython manage.py migrate\r\nexec \"$@\"\r\n");

        assertThat(Server.detect(List.of("./start.sh", "uvicorn", "app:app"), scripts))
                .isEqualTo(Server.UVICORN);
        assertThat(Server.detect(List.of("sh", "/app/start.sh", "uvicorn", "app:app"), scripts))
                .isEqualTo(Server.UVICORN);
    }

    @Test
    void findsTheServerThatAPythonProgramStarts() {
        assertThat(Server.detect(List.of("python", "main.py"), Map.of("main.py", "import uvicorn\nuvicorn.run(app)\n")))
                .isEqualTo(Server.UVICORN);
        assertThat(Server.detect(List.of("python", "main.py"), Map.of("main.py", "from waitress import serve\n")))
                .isEqualTo(Server.WAITRESS);
    }

    @Test
    void survivesACommandThatCallsItself() {
        Map<String, String> scripts = Map.of("/a.sh", "exec /a.sh \"$@\"");

        assertThat(Server.detect(List.of("/a.sh", "x"), scripts)).isEqualTo(Server.UNKNOWN);
        assertThat(Server.detect(List.of(), Map.of())).isEqualTo(Server.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "gunicorn app:app|8000",
                "gunicorn -b :9000 app:app|9000",
                "gunicorn -b0.0.0.0:9000 --bind=[::]:9001 app:app|9000 9001",
                "gunicorn -b unix:/tmp/app.sock app:app|none",
                "gunicorn -b 0.0.0.0 app:app|8000",
                "sh -c 'gunicorn -b 0.0.0.0:$PORT app:app'|9100",
                "sh -c 'gunicorn -b 0.0.0.0:${WEB_PORT:-9200} app:app'|9200",
                "sh -c 'export WEB=9300; gunicorn -b 0.0.0.0:$WEB app:app'|9300",
                "gunicorn -b 0.0.0.0:$PORT app:app|none",
                "uvicorn app:app|8000",
                "uvicorn app:app --host 0.0.0.0 --port 80|80",
                "hypercorn -b 0.0.0.0:7000 app:app|7000",
                "waitress-serve app:app|8080",
                "waitress-serve --listen=*:7001 app:app|7001",
                "waitress-serve --port=7002 app:app|7002",
                "uwsgi --http :7003 --module app|7003",
                "flask run|5000",
                "flask run -p 7004|7004",
                "python manage.py runserver|8000",
                "python manage.py runserver --noreload 0.0.0.0:7005|7005",
                "python app.py|none"
            })
    void tellsThePortsOfACommand(String command, String ports) {
        List<String> words = ShellScript.words(command, Map.of(), List.of());
        if (!command.startsWith("sh ")) {
            words = List.of(command.split(" "));
        }

        List<Integer> expected = ports == null
                ? List.of()
                : List.of(ports.split(" ")).stream().map(Integer::valueOf).toList();
        Map<String, String> env = command.contains("$PORT") ? Map.of("PORT", "9100") : Map.of();
        assertThat(Server.detect(words, Map.of()).likelyPorts(words, env, Map.of()))
                .isEqualTo(expected);
    }

    @Test
    void tellsThePortsOfTheVariablesAndTheConfigurationFile() {
        List<String> gunicorn = List.of("gunicorn", "app:app");

        assertThat(ports(gunicorn, Map.of("PORT", "9000"), "")).containsExactly(9000);
        assertThat(ports(gunicorn, Map.of("PORT", "9000", "GUNICORN_CMD_ARGS", "-w 2 --bind=0.0.0.0:9001"), ""))
                .containsExactly(9001);
        assertThat(ports(gunicorn, Map.of(), "workers = 2\nbind = '0.0.0.0:9002'\n"))
                .containsExactly(9002);
        assertThat(ports(gunicorn, Map.of(), "bind = f\"0.0.0.0:{os.environ.get('WEB_PORT', '9003')}\"\n"))
                .containsExactly(9003);
        assertThat(ports(gunicorn, Map.of("WEB_PORT", "9004"), "bind = '0.0.0.0:' + os.environ['WEB_PORT']\n"))
                .containsExactly(9004);
    }

    private static List<Integer> ports(List<String> command, Map<String, String> env, String configuration) {
        Map<String, String> files = configuration.isEmpty() ? Map.of() : Map.of("/app/gunicorn.conf.py", configuration);
        return Server.GUNICORN.likelyPorts(command, env, files);
    }
}
