package io.bootgate.rule.cause;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CauseRulesTest {
    /** Of these there is no boot: the image could not be built. */
    private static final Set<CauseId> WITHOUT_BOOT = EnumSet.of(CauseId.BUILD_FAILED);

    @Test
    void noTwoRulesHaveTheSameId() {
        assertThat(CauseRules.ALL).extracting(CauseRule::id).doesNotHaveDuplicates();
    }

    @Test
    void everyCauseOfABootHasARule() {
        assertThat(CauseRules.ALL)
                .extracting(CauseRule::id)
                .containsAll(Arrays.stream(CauseId.values())
                        .filter(id -> !WITHOUT_BOOT.contains(id))
                        .toList());
    }

    @ParameterizedTest
    @EnumSource(CauseId.class)
    void everyCauseHasAPageThatTellsSymptomCauseAndFix(CauseId id) throws IOException {
        assertThat(Files.readString(Path.of("docs/causes", id + ".md")))
                .startsWith("# " + id)
                .contains("## Symptom", "## Cause", "## Fix", "```");
    }

    @Test
    void everyRuleHasARecordingThatTriggersIt() throws IOException {
        List<Symptoms> recorded = Stream.of(
                        GroupCausesTest.recorded(),
                        PythonRecording.all().stream().map(PythonRecording::symptoms),
                        RecordedCausesTest.expected()
                                .map(expected -> RecordedBoot.of(expected.recording()))
                                .map(RecordedBoot::symptoms))
                .flatMap(all -> all)
                .toList();

        assertThat(CauseRules.ALL)
                .filteredOn(rule -> recorded.stream()
                        .noneMatch(symptoms -> rule.diagnose(symptoms).isPresent()))
                .extracting(CauseRule::id)
                .isEmpty();
    }
}
