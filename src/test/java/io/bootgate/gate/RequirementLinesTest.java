package io.bootgate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.rule.Certainty;
import io.bootgate.rule.Finding;
import io.bootgate.rule.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequirementLinesTest {
    @TempDir
    Path folder;

    @Test
    void aDistributionThatIsRequiredAlreadyNeedNotBeAdded() throws IOException {
        Files.writeString(folder.resolve("requirements.txt"), "# web\nflask==3\nPy_YAML >= 6 ; python_version > '3'\n");
        assertThat(fix("Add PyYAML to requirements.txt.")).isEqualTo("Add PyYAML to requirements.txt.");
        assertThat(fix("Add py-yaml to requirements.txt: the distribution that has yaml."))
                .startsWith("requirements.txt line 3 names py-yaml, and the image does not have it");
    }

    @Test
    void oneThatIsNotRequiredIsStillToBeAdded() throws IOException {
        String fix = "Add stripe to requirements.txt.";
        assertThat(fix(fix)).isEqualTo(fix);
        Files.writeString(folder.resolve("requirements.txt"), "stripe-mock\n#stripe\n");
        assertThat(fix(fix)).isEqualTo(fix);
    }

    private String fix(String fix) {
        Finding finding = new Finding(
                "MISSING_MODULE", "t", Severity.ERROR, "d", List.of(), Optional.empty(), fix, Certainty.CERTAIN);
        return new RequirementLines(folder).look(finding).fix();
    }
}
