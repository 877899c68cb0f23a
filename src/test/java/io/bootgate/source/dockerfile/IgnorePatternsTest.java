package io.bootgate.source.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every answer here is one that docker 28.2 gave for the same pattern and path. */
class IgnorePatternsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "**.py x.py true",
                "**.py a/x.py true",
                "**/x.py ax.py false",
                "a|b/** a false",
                "a|b/** a|b/c true",
                "[^a] b true",
                "[^a] a false",
                "x\\.py x.py true",
                "a+b a+b true",
                "a+b aab false",
                "lib? lib1/x true",
                "lib?/ lib/x false",
            })
    void matchesAsDockerDoes(String pattern, String path, boolean out) {
        assertThat(IgnorePatterns.parse(pattern).exclusion(path).isPresent()).isEqualTo(out);
    }

    @Test
    void aRuleThatCouldChangeNothingForAFolderDoesNotHoldBelowItEither() {
        IgnorePatterns rules = IgnorePatterns.parse("sub/**/x\nsrc\n! *\n");

        assertThat(rules.exclusion("sub/a/x")).isPresent();
        assertThat(rules.exclusion("src/a")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "!/..", "[", "[]", "[a-]", "a\\", "[-a]"})
    void refusesWhatDockerRefuses(String pattern) {
        assertThatThrownBy(() -> IgnorePatterns.parse("ok\n" + pattern + "\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 2");
    }

    @Test
    void knowsWhatDockersClassicCommandOverlooks() {
        IgnorePatterns rules = IgnorePatterns.parse("*\n!**/*.py\n!docs/README.md\n");

        assertThat(rules.mayHoldExceptions("src")).isTrue();
        assertThat(rules.classicLooksInto("src")).isFalse();
        assertThat(rules.classicLooksInto("docs")).isTrue();
    }
}
