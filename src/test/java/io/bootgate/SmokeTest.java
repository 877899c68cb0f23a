package io.bootgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.judge.Policy;
import org.junit.jupiter.api.Test;

class SmokeTest {
    @Test
    void theDefaultPolicyAcceptsNotFound() {
        assertThat(Policy.DEFAULT.accepts(404)).isTrue();
    }
}
