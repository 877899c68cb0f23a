package io.bootgate.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackOffTest {
    private final List<Duration> paused = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final BackOff backOff = new BackOff(List.of(Duration.ofSeconds(1), Duration.ofSeconds(3)), paused::add);

    @Test
    void whatPassesIsTriedAgainEverMorePatiently() {
        Iterator<String> answers = List.of("received unexpected HTTP status: 503 Service Unavailable", "EOF", "")
                .iterator();

        assertThat(backOff.insist(() -> failing(answers.next()), told::add)).isEqualTo("pushed");
        assertThat(paused).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(3));
        assertThat(told.get(1)).isEqualTo("EOF Trying again in 3 s.");
    }

    @Test
    void itEndsWithTheLastTrouble() {
        assertThatThrownBy(() -> backOff.insist(() -> failing("connection reset by peer"), told::add))
                .isInstanceOf(ImageBuildException.class)
                .hasMessage("connection reset by peer");
        assertThat(paused).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unauthorized: authentication required",
                "denied: requested access to the resource is denied",
                "server gave HTTP response to HTTPS client",
                "lookup registry.invalid: no such host",
                "manifest invalid"
            })
    void whatLastsIsToldAtOnce(String trouble) {
        assertThatThrownBy(() -> backOff.insist(() -> failing(trouble), told::add))
                .hasMessage(trouble);
        assertThat(paused).isEmpty();
    }

    @Test
    void aBrokenConnectionPassesWhateverItsWords() {
        assertThat(BackOff.passes(new ImageBuildException("not pushed", new SocketException("closed"))))
                .isTrue();
    }

    private static String failing(String trouble) {
        if (trouble.isEmpty()) {
            return "pushed";
        }
        throw new ImageBuildException(trouble);
    }
}
