package io.bootgate.source.requirement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Compares with what Python's own library "packaging" (26.4) answered. */
class VersionTest {
    @Test
    void ordersVersionsAsPackagingDoes() throws IOException {
        List<String> expected = recorded().getOrDefault("# order", List.of());
        List<Version> versions =
                expected.stream().map(text -> Version.of(text).orElseThrow()).toList();
        assertThat(versions).hasSizeGreaterThan(100);
        for (int i = 1; i < versions.size(); i++) {
            assertThat(versions.get(i - 1).compareTo(versions.get(i)))
                    .as("%s before %s", versions.get(i - 1), versions.get(i))
                    .isLessThanOrEqualTo(0);
            boolean same = versions.get(i - 1).equals(versions.get(i));
            assertThat(same && versions.get(i - 1).hashCode() != versions.get(i).hashCode())
                    .isFalse();
        }
    }

    @Test
    void refusesWhatIsNoVersion() throws IOException {
        assertThat(recorded().getOrDefault("# no versions", List.of()))
                .hasSizeGreaterThan(8)
                .allSatisfy(text -> assertThat(Version.of(text)).isEmpty());
    }

    @Test
    void takesTheVersionsThatPackagingTakes() throws IOException {
        Map<String, List<String>> recorded = recorded();
        List<String> versions = recorded.getOrDefault("# order", List.of());
        for (String line : recorded.getOrDefault("# conditions", List.of())) {
            String condition = line.substring(0, line.indexOf('|'));
            List<Specifier> specifiers = Specifier.all(condition).orElseThrow();
            String taken = String.join(
                    " ",
                    versions.stream()
                            .filter(text -> specifiers.stream()
                                    .allMatch(one -> one.allows(Version.of(text).orElseThrow())))
                            .sorted()
                            .toList());
            assertThat(condition + "|" + taken).isEqualTo(line);
        }
    }

    @Test
    void refusesConditionsThatAreNone() {
        assertThat(List.of("1.0", "=1.0", ">=", "~=1", ">=1.*", "==1.x"))
                .allSatisfy(text -> assertThat(Specifier.all(text)).isEqualTo(Optional.empty()));
    }

    private static Map<String, List<String>> recorded() throws IOException {
        Map<String, List<String>> parts = new LinkedHashMap<>();
        List<String> part = new ArrayList<>();
        try (var source = VersionTest.class.getResourceAsStream("/source/requirement/pep440.txt")) {
            for (String line : new String(source.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (line.startsWith("# ")) {
                    part = new ArrayList<>();
                    parts.put(line, part);
                } else {
                    part.add(line);
                }
            }
        }
        return parts;
    }
}
