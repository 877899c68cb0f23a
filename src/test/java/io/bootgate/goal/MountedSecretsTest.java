package io.bootgate.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bootgate.image.cli.BuildSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MountedSecretsTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("PIP_TOKEN", "hunter2", "EMPTY", "");

    @TempDir
    Path project;

    @Test
    void takesVariablesAndFiles() throws IOException {
        Files.writeString(project.resolve(".npmrc"), "x");

        assertThat(MountedSecrets.read(Map.of("token", " env=PIP_TOKEN "), project, ENVIRONMENT))
                .containsExactly(new BuildSecret.OfVariable("token", "PIP_TOKEN"));
        assertThat(MountedSecrets.read(Map.of("npmrc", "src=.npmrc"), project, ENVIRONMENT))
                .containsExactly(new BuildSecret.OfFile("npmrc", project.resolve(".npmrc")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hunter2", "env=", "id=x", ""})
    void doesNotShowWhatMayBeTheSecretItself(String text) {
        assertThatThrownBy(() -> MountedSecrets.read(Map.of("token", text), project, ENVIRONMENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "<docker><secrets><token> must be env= and the name of a variable, or src= and a path. Example:"
                                + " <token>env=PIP_TOKEN</token> or <npmrc>src=.npmrc</npmrc>");
    }

    @Test
    void tellsASecretThatIsNotThereBeforeTheBuild() {
        assertThatThrownBy(() -> MountedSecrets.read(Map.of("t", "env=NONE"), project, ENVIRONMENT))
                .hasMessage("<docker><secrets><t> names the variable NONE, which is not set in Maven's environment.");
        assertThatThrownBy(() -> MountedSecrets.read(Map.of("t", "env=EMPTY"), project, ENVIRONMENT))
                .hasMessage("<docker><secrets><t> names the variable EMPTY, which is empty in Maven's environment.");
        assertThatThrownBy(() -> MountedSecrets.read(Map.of("t", "src=none"), project, ENVIRONMENT))
                .hasMessage("<docker><secrets><t> names the file " + project.resolve("none")
                        + ", which is not there or cannot be read.");
    }

    @Test
    void hidesTheValuesThatStandInAFile() throws IOException {
        Files.writeString(
                project.resolve("s"),
                "//npm.example/:_authToken=abc123def\nmachine pypi.example login me password s3cr3t!\nplain\n");

        assertThat(MountedSecrets.values(
                        Map.of("a", "src=s", "b", "env=PIP_TOKEN", "c", "src=none"), project, ENVIRONMENT))
                .contains("hunter2", "abc123def", "s3cr3t!", "plain", "//npm.example/:_authToken=abc123def");
    }
}
