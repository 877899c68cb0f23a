package io.bootgate.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProbePlanTest {
    @Test
    void whatLogsInIsKnownWithAndWithoutItsScheme() {
        ProbePlan plan = new ProbePlan(
                "/", Map.of("authorization", "Bearer abc", "Host", "shop.example"), Duration.ofSeconds(5), "auto");

        assertThat(plan.credentials()).containsExactly("Bearer abc", "abc");
    }
}
