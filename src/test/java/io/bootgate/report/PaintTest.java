package io.bootgate.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PaintTest {
    private static boolean wanted(
            String style, boolean interactive, boolean terminal, Map<String, String> environment) {
        return Paint.wanted(Optional.of(style), interactive, terminal, environment)
                .on();
    }

    @Test
    void aPersonAtATerminalGetsColours() {
        assertThat(wanted("auto", true, true, Map.of("TERM", "xterm"))).isTrue();
        assertThat(wanted("auto", false, true, Map.of())).isFalse();
        assertThat(wanted("auto", true, false, Map.of())).isFalse();
    }

    @Test
    void theEnvironmentMayDeclineColours() {
        assertThat(wanted("auto", true, true, Map.of("NO_COLOR", "1"))).isFalse();
        assertThat(wanted("auto", true, true, Map.of("NO_COLOR", ""))).isTrue();
        assertThat(wanted("auto", true, true, Map.of("CI", "true"))).isFalse();
        assertThat(wanted("auto", true, true, Map.of("TERM", "dumb"))).isFalse();
    }

    @Test
    void theSwitchOfMavenDecidesAlone() {
        assertThat(wanted("always", false, false, Map.of("NO_COLOR", "1"))).isTrue();
        assertThat(wanted("never", true, true, Map.of())).isFalse();
    }
}
