package io.bootgate.rule.cause;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

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
    }

    private static Traceback only(String log) {
        List<Traceback> tracebacks = Logs.tracebacks(log);
        assertThat(tracebacks).hasSize(1);
        return tracebacks.get(0);
    }
}
