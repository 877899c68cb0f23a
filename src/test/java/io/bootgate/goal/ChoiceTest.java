package io.bootgate.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChoiceTest {
    private static final List<String> CHOICES = List.of("never", "afterReady");

    @Test
    void aWordIsTakenInUpperAndLowerCase() {
        assertThat(Choice.of("<push>", "afterReady", CHOICES)).isEqualTo("afterReady");
        assertThat(Choice.of("<push>", " AFTERREADY ", CHOICES)).isEqualTo("afterReady");
    }

    @Test
    void anotherWordIsToldWithTheChoices() {
        assertThatThrownBy(() -> Choice.of("<push>", "always", CHOICES))
                .hasMessage("<push> must be one of never, afterReady, but was \"always\".");
    }
}
