package io.bootgate.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageNameTest {
    @ParameterizedTest
    @CsvSource({
        "orders,orders",
        "Orders_Service,orders-service",
        "my.app,my-app",
        "--x--,x",
        "Größe,gr-e",
        "日本,service",
        "'a b',a-b"
    })
    void aServiceIsNamedAfterItsProjectOrFolder(String called, String name) {
        assertThat(ImageName.service(called)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({"1.0-SNAPSHOT,1.0-SNAPSHOT", "1.0+build.5,1.0-build.5", "'',latest", ".1,1"})
    void aTagIsTheVersion(String version, String tag) {
        assertThat(ImageName.tag(version)).isEqualTo(tag);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsMadeOfAnythingIsAValidReference(long seed) {
        Random random = new Random(seed);
        String reference = ImageName.service(text(random)) + ":" + ImageName.tag(text(random));

        assertThat(ImageName.checked(reference)).isEqualTo(reference);
    }

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    private static String text(Random random) {
        String alphabet = "aB9-_.+ /:äß日";
        return random.ints(random.nextInt(200), 0, alphabet.length())
                .collect(StringBuilder::new, (text, i) -> text.append(alphabet.charAt(i)), StringBuilder::append)
                .toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders",
                "acme/orders:1",
                "127.0.0.1:5000/acme/orders:1",
                "[::1]:5000/orders",
                "registry.example/a/b__c:v1@sha256:0123456789012345678901234567890123456789012345678901234567890123",
                "4e383629eae9"
            })
    void referencesOfAnyFormAreTaken(String reference) {
        assertThat(ImageName.checked(reference)).isEqualTo(reference);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Acme Orders", "orders:", "Orders", "acme/Orders:1", "orders:1:2", "a//b", "-a", "${image}"})
    void anythingElseIsToldWithAnExample(String reference) {
        assertThatThrownBy(() -> ImageName.checked(reference))
                .hasMessage("<image> must be a name in lower case with an optional tag, but was \"" + reference
                        + "\". Example: acme/orders:1.0");
    }

    @Test
    void longNamesAreCut() {
        assertThat(ImageName.service("x".repeat(500))).hasSize(100);
        assertThat(ImageName.tag("1".repeat(500))).hasSize(128);
    }
}
