package io.bootgate.source.gunicorn;

import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.source.gunicorn.Setting.Source;
import io.bootgate.source.python.Python;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GunicornSettingsTest {
    private static GunicornSettings read(String command, Map<String, String> env, Map<String, String> files) {
        return GunicornSettings.of(
                List.of(command.split(" ")),
                env,
                path -> Optional.ofNullable(files.get(path)).map(Python::read));
    }

    /** As measured with Gunicorn itself. */
    @Test
    void laterPlacesWin() {
        GunicornSettings settings = read(
                "-w 2 app:app",
                Map.of("PORT", "9000", "WEB_CONCURRENCY", "5", "GUNICORN_CMD_ARGS", "--timeout 55 --workers=4"),
                Map.of("./gunicorn.conf.py", "workers = 3\ntimeout = 77\nbind = '127.0.0.1:8000'\n"));
        assertThat(settings.text("workers")).contains("2");
        assertThat(settings.text("timeout")).contains("55");
        assertThat(settings.text("bind")).contains("127.0.0.1:8000");
        assertThat(settings.setting("bind").map(Setting::line)).contains(3);
        assertThat(settings.app()).contains("app:app");
    }

    @Test
    void variablesCountWhereNothingElseIsSet() {
        GunicornSettings settings = read("app:app", Map.of("PORT", "9000", "WEB_CONCURRENCY", "5"), Map.of());
        assertThat(settings.text("bind")).contains("0.0.0.0:9000");
        assertThat(settings.setting("workers").map(Setting::source)).contains(Source.ENVIRONMENT);
    }

    @Test
    void aNamedFileReplacesTheUsualOneAndMayNameTheApp() {
        GunicornSettings settings = read(
                "-c conf/g.py",
                Map.of(),
                Map.of(
                        "./gunicorn.conf.py",
                        "workers = 9\n",
                        "conf/g.py",
                        "wsgi_app = 'shop.wsgi'\nbind = ['a:1', 'b:2']\n"));
        assertThat(settings.setting("workers")).isEmpty();
        assertThat(settings.app()).contains("shop.wsgi");
        assertThat(settings.text("bind")).contains("a:1,b:2");
        assertThat(settings.file()).contains("conf/g.py");
    }

    @Test
    void whatIsComputedOrConditionalHasNoText() {
        GunicornSettings settings = read(
                "app:app",
                Map.of(),
                Map.of(
                        "./gunicorn.conf.py",
                        "n = cpu_count()\nworkers = n\ntimeout = 30\nif slow:\n    timeout = 300\n"));
        assertThat(settings.text("workers")).isEmpty();
        assertThat(settings.setting("workers").flatMap(Setting::expression)).isPresent();
        assertThat(settings.text("timeout")).isEmpty();
    }

    @Test
    void optionsAreReadInEveryForm() {
        GunicornSettings settings = read(
                "-b0.0.0.0:80 -b [::]:80 -kgevent --worker-tmp-dir=/dev/shm --preload -D -t=9 app:create_app()",
                Map.of(),
                Map.of());
        assertThat(settings.text("bind")).contains("0.0.0.0:80,[::]:80");
        assertThat(settings.text("worker_class")).contains("gevent");
        assertThat(settings.text("worker_tmp_dir")).contains("/dev/shm");
        assertThat(settings.text("preload_app")).contains("True");
        assertThat(settings.text("daemon")).contains("True");
        assertThat(settings.text("timeout")).contains("9");
        assertThat(settings.app()).contains("app:create_app()");
    }
}
