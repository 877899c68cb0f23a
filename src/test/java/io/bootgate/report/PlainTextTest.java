package io.bootgate.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[2026-11-22 10:00:00 +0000] [1] [INFO] Listening at: http://[::]:8000 (1)",
                "tests/test_app.py::test_order PASSED",
                "bound to ::1 and ::ffff:10.0.0.1",
                "# a comment, ## a heading, Größe 5 €, 日本語, 🎉"
            })
    void ordinaryTextStaysAsItIs(String text) {
        assertThat(PlainText.of(text)).isEqualTo(text);
    }

    @Test
    void controlSequencesVanishWhole() {
        assertThat(
                        PlainText.of(
                                "a\u001B[1;31mb\u001B[0mc\u001B]8;;http://x\u001B\\d\u001B]0;t\u0007e\u001BPq\u001B\\f\u009B2Jg\u001Bch\bi\rj\u0000k\u007Fl"))
                .isEqualTo("abcdefghijkl");
    }

    @Test
    void tabsBecomeBlanksAndTextThatRunsBackwardsIsTurned() {
        assertThat(PlainText.of("a\tb\u202Ec\u2066d\u200Be")).isEqualTo("a bcde");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::set-output name=token::x",
                "  ::error file=app.py,line=1::boo",
                "log: ::add-mask::x",
                "::stop-commands::x",
                "::\u001B[0mgroup::x",
                ":\u0000:debug::x"
            })
    void gitHubCommandsAreDefused(String line) {
        assertThat(PlainText.of(line))
                .doesNotContainPattern("(^\\s*|:\\s)::[a-z-]")
                .contains(": :");
    }

    @ParameterizedTest
    @ValueSource(strings = {"##vso[task.complete]x", "x ##[error]y", "##teamcity[x]", "##\u0000vso[task]", "###vso[x]"})
    void commandsOfAzureAndTeamCityAreDefused(String line) {
        assertThat(PlainText.of(line)).doesNotContainPattern("##[a-z]*\\[");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingDangerousIsLeftOfAnyText(long seed) {
        String alphabet = "ab:#[];m\u001B\u009B\u0007\\\u0000\r\n\t vso";
        String text = new Random(seed)
                .ints(40, 0, alphabet.length())
                .collect(StringBuilder::new, (t, i) -> t.append(alphabet.charAt(i)), StringBuilder::append)
                .toString();

        assertThat(PlainText.of(text))
                .doesNotContainPattern("\\p{Cc}")
                .doesNotContainPattern("##[a-z]*\\[")
                .doesNotContainPattern("^\\s*::[a-z-]");
    }

    static LongStream seeds() {
        return LongStream.range(0, 500);
    }
}
