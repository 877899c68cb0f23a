package io.bootgate.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.maven.api.plugin.testing.Basedir;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoExtension;
import org.apache.maven.api.plugin.testing.MojoParameter;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.plugin.MojoExecutionException;
import org.junit.jupiter.api.Test;

/** What becomes of the goal's parameters. */
@MojoTest
class DescribeMojoTest {
    @Test
    @Basedir("/goals/described")
    @InjectMojo(goal = "describe", pom = "pom.xml")
    void theChosenContainerIsToldOnTheConsoleAndInTheFile(DescribeMojo describe) throws Exception {
        RecordedLog log = new RecordedLog();
        describe.setLog(log);
        Path file = Path.of(MojoExtension.getBasedir(), "target/bootgate/deployment.json");
        Files.deleteIfExists(file);

        describe.execute();

        assertThat(log.lines)
                .contains(
                        "INFO deploy/aci.yaml (aci-yaml): 1 container",
                        "INFO   env         HIDDEN (secret)",
                        "INFO               LEVEL = info",
                        "INFO   memory      ceiling 1.5 GiB  (request 1.5 GiB, limit none)",
                        "INFO Written to target/bootgate/deployment.json")
                .anyMatch(line -> line.startsWith("WARN deploy/aci.yaml:12: error MOUNT_WITHOUT_VOLUME: "))
                .noneMatch(line -> line.contains("container proxy") || line.contains("from-everyone"));
        assertThat(json(file)).contains("\"acme/web:1\"").doesNotContain("caddy:2", "from-everyone");
    }

    private static String json(Path file) throws IOException {
        return Files.readString(file);
    }

    @Test
    @Basedir("/goals/described")
    @InjectMojo(goal = "describe", pom = "pom.xml")
    @MojoParameter(name = "deploymentContainer", value = "wbe")
    void aContainerThatIsNotThereIsToldWithThoseThatAre(DescribeMojo describe) {
        assertThatThrownBy(describe::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessage(
                        "<deploymentContainer> is \"wbe\", but deploy/aci.yaml has no container of that name. There are: web, proxy.");
    }

    @Test
    @Basedir("/goals/nothing")
    @InjectMojo(goal = "describe", pom = "pom.xml")
    void withoutADescriptorThereIsNothingToDescribe(DescribeMojo describe) {
        assertThatThrownBy(describe::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessage(
                        "bootgate:describe needs <deployment>, the descriptor to read. Example: -Dbootgate.deployment=deploy/aci.yaml");
    }
}
