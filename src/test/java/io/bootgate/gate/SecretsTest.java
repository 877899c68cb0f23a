package io.bootgate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    private static final String VALUE = "p/ss wörd+\"'\\1?";

    private static Secrets hiding(String... values) {
        return Secrets.named(List.of()).withValues(List.of(values));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DB_PASSWORD", "SECRET_KEY", "github_token", "ApiKey", "AWS_CREDENTIALS_JSON"})
    void namesThatSayTheyAreSecretAreSecretByDefault(String name) {
        assertThat(Secrets.named(List.of()).isSecret(name)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"DATABASE_URL,true", "database_url,true", "STRIPE_LIVE_ID,true", "STRIPE,false", "PORT,false"})
    void furtherNamesAndPatternsCanBeGiven(String name, boolean secret) {
        assertThat(Secrets.named(List.of("DATABASE_URL", " STRIPE_* ")).isSecret(name))
                .isEqualTo(secret);
    }

    @Test
    void onlyValuesOfSecretNamesAreMasked() {
        Secrets secrets = Secrets.named(List.of()).with(Map.of("SECRET_KEY", "hunter2", "PORT", "8000"));

        assertThat(secrets.mask("hunter2 listens at 8000, hunter2!")).isEqualTo("*** listens at 8000, ***!");
    }

    @Test
    void valuesOfTheImageAreMaskedBesideThoseOfTheConfiguration() {
        Secrets secrets =
                Secrets.named(List.of()).with(Map.of("API_KEY", "from-image")).with(Map.of("API_KEY", "from-config"));

        assertThat(secrets.mask("from-image from-config")).isEqualTo("*** ***");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ab", "   ", "true", "False", "None", "null", "***"})
    void whatIsTooShortOrNoSecretAtAllIsLeftAlone(String value) {
        String text = "a true ab ab False None null    *** text";

        assertThat(hiding(value).mask(text)).isEqualTo(text);
    }

    @Test
    void aTextWithoutAnySecretComesBackAsItIs() {
        String text = "[2026-11-22 10:00:00 +0000] [1] [INFO] Listening at: http://0.0.0.0:8000 (1)";

        assertThat(hiding("hunter2").mask(text)).isSameAs(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // html.escape, MarkupSafe, XML; shlex.quote, bash -x; bytes.hex()
                "o&#x27;neil&lt;&amp;&quot;1",
                "o&#39;neil&lt;&amp;&#34;1",
                "o'neil&lt;&amp;\"1",
                "'o'\"'\"'neil<&\"1'",
                "'o'\\''neil<&\"1'",
                "6f276e65696c3c262231",
                "6F276E65696C3C262231",
            })
    void aValueIsMaskedInMarkupInShellsAndInHex(String written) {
        assertThat(hiding("o'neil<&\"1").mask("<p>" + written + "</p>").replace("'", ""))
                .isEqualTo("<p>***</p>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // what CPython 3.11 prints for VALUE: json.dumps (both ways), repr, ascii, repr of the bytes
                "p/ss wörd+\\\"'\\\\1?",
                "p/ss w\\u00f6rd+\\\"'\\\\1?",
                "p/ss wörd+\"\\'\\\\1?",
                "p/ss w\\xf6rd+\"\\'\\\\1?",
                "p/ss w\\xc3\\xb6rd+\"\\'\\\\1?",
                // urllib's quote and quote_plus, JavaScript's encodeURIComponent
                "p/ss%20w%C3%B6rd%2B%22%27%5C1%3F",
                "p%2Fss+w%C3%B6rd%2B%22%27%5C1%3F",
                "p%2Fss%20w%C3%B6rd%2B%22'%5C1%3F",
                "p%2fss%20w%c3%b6rd%2b%22%27%5c1%3f"
            })
    void aValueIsMaskedAsProgramsWriteIt(String written) {
        assertThat(hiding(VALUE).mask("connect(" + written + ") failed")).isEqualTo("connect(***) failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "u", "us", "user:", "admin:"})
    void aValueInsideOfBase64IsMasked(String before) {
        String whole = Base64.getEncoder().encodeToString((before + VALUE).getBytes(StandardCharsets.UTF_8));
        String masked = hiding(VALUE).mask("Authorization: Basic " + whole);

        String left = masked.replace("Authorization: Basic ", "").replace(Secrets.MASK, "");
        assertThat(masked).contains(Secrets.MASK);
        assertThat(left.length()).isLessThanOrEqualTo((before.length() + 2) / 3 * 4 + 4);
    }

    @Test
    void eachLineOfAValueWithSeveralLinesIsMasked() {
        String key = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\nkqhkiG9w0BAQEF\n-----END PRIVATE KEY-----\n";

        assertThat(hiding(key).mask("line: kqhkiG9w0BAQEF")).isEqualTo("line: ***");
        assertThat(hiding(key).mask("json: \"" + key.replace("\n", "\\n") + "\""))
                .isEqualTo("json: \"***\"");
    }

    @Test
    void valuesThatOverlapAreHiddenAsAWhole() {
        assertThat(hiding("abcdef", "defghi", "cde").mask("-abcdefghi-cde-")).isEqualTo("-***-***-");
    }

    @Test
    void theTextOfTheObjectItselfTellsNoValue() {
        assertThat(hiding("hunter2").toString()).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noFormOfAnyValueSurvivesInAnyText(long seed) {
        Random random = new Random(seed);
        List<String> values = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(4); i++) {
            values.add(text(random, 3 + random.nextInt(20)));
        }
        StringBuilder log = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            String value = values.get(random.nextInt(values.size()));
            log.append(text(random, random.nextInt(10)));
            log.append(
                    switch (random.nextInt(4)) {
                        case 0 -> value;
                        case 1 -> URLEncoder.encode(value, StandardCharsets.UTF_8);
                        case 2 -> Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
                        default -> value.replace("\\", "\\\\").replace("\"", "\\\"");
                    });
        }

        String masked = Secrets.named(List.of()).withValues(values).mask(log.toString());

        for (String value : values) {
            assertThat(masked).doesNotContain(value);
            assertThat(masked).doesNotContain(URLEncoder.encode(value, StandardCharsets.UTF_8));
            assertThat(masked)
                    .doesNotContain(Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)));
        }
    }

    static java.util.stream.LongStream seeds() {
        return java.util.stream.LongStream.range(0, 200);
    }

    private static String text(Random random, int length) {
        String alphabet = "abcXYZ019 +/=&%\"'\\-_.äé€";
        return random.ints(length, 0, alphabet.length())
                .collect(StringBuilder::new, (text, i) -> text.append(alphabet.charAt(i)), StringBuilder::append)
                .toString();
    }
}
