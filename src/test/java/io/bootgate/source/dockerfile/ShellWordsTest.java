package io.bootgate.source.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellWordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "$APP|/srv/app",
                "${APP}/static|/srv/app/static",
                "$APP_X|~~",
                "a$APP-b|a/srv/app-b",
                "${NONE:-/opt}|/opt",
                "${EMPTY:-/opt}|/opt",
                "${EMPTY-/opt}|~~",
                "${APP:-/opt}|/srv/app",
                "${NONE:-${APP}/x}|/srv/app/x",
                "${APP:+yes}|yes",
                "${EMPTY:+yes}|~~",
                "\"$APP dir\"|/srv/app dir",
                "'$APP'|$APP",
                "\\$APP|$APP",
                "cost$|cost$",
                "a\\ b|a b",
            })
    void putsValuesForVariables(String word, String expanded) {
        Map<String, String> values = Map.of("APP", "/srv/app", "EMPTY", "");

        assertThat(ShellWords.expand(word, values, '\\')).contains(expanded);
    }

    @Test
    void givesUpOnSubstitutionsThatItDoesNotUnderstand() {
        assertThat(ShellWords.expand("${A#x}", Map.of("A", "xy"), '\\')).isEmpty();
    }

    @Test
    void partsAtBlanksOutsideQuotes() {
        assertThat(ShellWords.split("a=1  b=\"x y\" c='it\"s' d=e\\ f", '\\'))
                .containsExactly("a=1", "b=\"x y\"", "c='it\"s'", "d=e\\ f");
    }
}
