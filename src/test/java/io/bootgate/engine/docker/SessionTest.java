package io.bootgate.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionTest {
    private static final Duration YOUNG = Duration.ofMinutes(1);
    private static final Duration OLD = Duration.ofHours(7);

    private final Session mine = Session.ofThisProcess();

    @Test
    void aSessionOfALivingProcessIsAliveHoweverOld() {
        Session another = Session.ofThisProcess();

        assertThat(mine.isDead(another.labels(Instant.EPOCH), OLD)).isFalse();
        assertThat(mine.isDead(mine.labels(Instant.EPOCH), OLD)).isFalse();
    }

    @Test
    void aSessionOfAProcessThatEndedIsDeadAtOnce() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Map<String, String> labels = labels("io.bootgate.pid", Long.toString(ended.pid()));

        assertThat(mine.isDead(labels, YOUNG)).isTrue();
    }

    @Test
    void aPidThatAnotherProcessGotIsNoSignOfLife() {
        assertThat(mine.isDead(labels("io.bootgate.process-start", "1"), YOUNG)).isTrue();
    }

    @Test
    void onAnotherMachineOnlyAgeTells() {
        Map<String, String> labels = labels("io.bootgate.host", "agent-7/boot/pid:[1]");

        assertThat(mine.isDead(labels, YOUNG)).isFalse();
        assertThat(mine.isDead(labels, OLD)).isTrue();
    }

    @Test
    void labelsThatTellNothingCountAsAnotherMachines() {
        assertThat(mine.isDead(Map.of("io.bootgate.session", "x"), YOUNG)).isFalse();
        assertThat(mine.isDead(labels("io.bootgate.pid", "?"), YOUNG)).isFalse();
        assertThat(mine.isDead(labels("io.bootgate.pid", "?"), OLD)).isTrue();
    }

    private static Map<String, String> labels(String changed, String value) {
        Map<String, String> labels = new HashMap<>(Session.ofThisProcess().labels(Instant.EPOCH));
        labels.put(changed, value);
        return labels;
    }
}
