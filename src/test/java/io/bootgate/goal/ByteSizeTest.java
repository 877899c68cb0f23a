package io.bootgate.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({
        "512m,536870912",
        "1.5g,1610612736",
        "1.5G,1610612736",
        "64k,65536",
        "1048576,1048576",
        "10b,10",
        "512MB,536870912",
        "512MiB,536870912",
        "1t,1099511627776"
    })
    void aNumberWithAUnitIsASizeInUnitsOf1024(String text, long bytes) {
        assertThat(ByteSize.parse("<limits><memory>", text, "512m")).isEqualTo(new ByteSize(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lots", "", "-1m", "1.g", "1x", "512 m", "1mm"})
    void anythingElseIsToldWithParameterValueAndExample(String text) {
        assertThatThrownBy(() -> ByteSize.parse("<limits><memory>", text, "512m"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("<limits><memory> must be a number of bytes or one with a unit (k, m, g), but was \"" + text
                        + "\". Example: 512m");
    }
}
