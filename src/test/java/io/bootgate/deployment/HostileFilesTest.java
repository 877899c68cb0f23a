package io.bootgate.deployment;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class HostileFilesTest {
    static final List<Map.Entry<String, String>> FILES = List.copyOf(Map.of(
                    "stand for more than 100000 nodes", bomb(),
                    "nested deeper than 100 levels", "a: " + "[".repeat(100_000),
                    "this is not JSON", "{\"a\":" + "[".repeat(100_000),
                    "the type tag", "services: !!javax.script.ScriptEngineManager [x]\n",
                    "an anchor that is not there, or not complete", "services: &s {web: *s}\n",
                    "characters of YAML", "\n".repeat(3_000_000) + "a: b",
                    "at most 5000 ports",
                            "services: {web: {image: a, ports: [" + "'1-1000:1-1000', ".repeat(2000) + "]}}")
            .entrySet());

    private static String bomb() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 30; i++) {
            String before = "*a" + (i - 1);
            bomb.append("a%d: &a%d [%s, %s, %s]\n".formatted(i, i, before, before, before));
        }
        return bomb.toString();
    }

    @ParameterizedTest
    @FieldSource("FILES")
    void aHostileFileIsAClearErrorSoon(Map.Entry<String, String> file) {
        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThatThrownBy(() -> Fixtures.of(file.getValue()))
                        .isInstanceOf(DeploymentException.class)
                        .hasMessageContaining(file.getKey()));
    }
}
