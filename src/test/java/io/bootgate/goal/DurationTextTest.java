package io.bootgate.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
    @ParameterizedTest
    @CsvSource({"500ms,500", "60s,60000", "2m,120000", "1.5s,1500", "1m30s,90000", "1h,3600000", "0s,0", "' 5s ',5000"})
    void aNumberWithAUnitIsADuration(String text, long millis) {
        assertThat(DurationText.parse("<timeout>", text, "60s")).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"60", "soon", "", "-5s", "5 s", "5sec", "1e3s", "PT5S", "s", "99999999999999999999s"})
    void anythingElseIsToldWithParameterValueAndExample(String text) {
        assertThatThrownBy(() -> DurationText.parse("<http><timeout>", text, "5s"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("<http><timeout> must be a number with a unit (ms, s, m, h), but was \"" + text
                        + "\". Example: 5s");
    }
}
