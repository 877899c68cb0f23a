package io.bootgate.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionTest {
    @Test
    void versionsAreOrderedAsTheIndexOrdersThem() {
        List<Version> rising = Stream.of(
                        "0.9",
                        "1.0.dev1",
                        "1.0a1.dev2",
                        "1.0a1",
                        "1.0a2",
                        "1.0b1",
                        "1.0rc1",
                        "1.0",
                        "1.0.post1",
                        "1.0.1",
                        "1.2",
                        "1.10",
                        "2.0.0",
                        "2022.1",
                        "1!0.1")
                .map(Version::new)
                .toList();
        assertThat(rising.stream().sorted().toList()).isEqualTo(rising);
        assertThat(rising.stream()
                        .sorted(java.util.Comparator.reverseOrder())
                        .sorted()
                        .toList())
                .isEqualTo(rising);
    }

    @Test
    void theSameReleaseCanBeSpelledInManyWays() {
        assertThat(new Version("3.0"))
                .satisfies(version ->
                        assertThat(version.isSame(new Version("3.0.0"))).isTrue());
        assertThat(new Version("1.0-1").isSame(new Version("1.0.post1"))).isTrue();
        assertThat(new Version("1.0c1").isSame(new Version("1.0RC1"))).isTrue();
        assertThat(new Version("2.2.2-0ubuntu3").release()).containsExactly(2L, 2L, 2L);
        assertThat(new Version("none").release()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'',            1.0,    true",
        "'<3',          2.9.9,  true",
        "'<3',          3.0,    false",
        "'<3',          3.0a1,  false",
        "'>=2.1,<3',    2.1,    true",
        "'>=2.1, <3',   2.0.9,  false",
        "'==1.4.*',     1.4.50, true",
        "'==1.4.*',     1.5,    false",
        "'!=1.4.*',     1.4.1,  false",
        "'~=1.4.2',     1.4.9,  true",
        "'~=1.4.2',     1.5,    false",
        "'~=1.4',       1.9,    true",
        "'(>=0.7)',     0.7,    true",
        "'<=20.1.0',    20.1,   true",
        "'===1.0',      1.0,    true",
    })
    void aRangeSaysWhichVersionsItMeans(String range, String version, boolean contains) {
        assertThat(new VersionRange(range).contains(new Version(version))).isEqualTo(contains);
    }

    @Test
    void aRangeTellsWhatHoldsIt() {
        assertThat(new VersionRange("==2.0.3").pinned()).contains(new Version("2.0.3"));
        assertThat(new VersionRange("==2.*").pinned()).isEmpty();
        assertThat(new VersionRange(">=2").isOpenAbove()).isTrue();
        assertThat(new VersionRange(">=2,<3").isOpenAbove()).isFalse();
        assertThat(VersionRange.ANY.isOpenAbove()).isTrue();
    }

    @Test
    void aRequirementIsReadFromAFileAndFromMetadata() {
        assertThat(Requirement.of("uvicorn[standard] >=0.20,<1 ; python_version < '3.9'"))
                .get()
                .satisfies(asked -> {
                    assertThat(asked.name()).isEqualTo("uvicorn");
                    assertThat(asked.range().text()).isEqualTo(">=0.20,<1");
                    assertThat(asked.marker()).isEqualTo("python_version < '3.9'");
                });
        assertThat(Requirement.of("Werkzeug (>=2.2.2)")).get().hasToString("Werkzeug>=2.2.2");
        assertThat(Requirement.of("Flask_SQLAlchemy")).get().matches(asked -> asked.isAbout("flask-sqlalchemy"));
        assertThat(Requirement.of("-r base.txt")).isEmpty();
    }
}
