package io.bootgate.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.maven.api.plugin.testing.Basedir;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoExtension;
import org.apache.maven.api.plugin.testing.MojoParameter;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.plugin.MojoExecutionException;
import org.junit.jupiter.api.Test;

@MojoTest
class ExplainMojoTest {
    @Test
    @Basedir("/goals/explained")
    @InjectMojo(goal = "explain", pom = "pom.xml")
    @MojoParameter(name = "log", value = "web.log")
    void theCauseIsToldOnTheConsoleAndInTheReport(ExplainMojo explain) throws Exception {
        RecordedLog log = new RecordedLog();
        explain.setLog(log);
        Path report = Path.of(MojoExtension.getBasedir(), "target/bootgate/report.json");
        Files.deleteIfExists(report);

        explain.execute();

        assertThat(log.lines)
                .contains("INFO Written to target/bootgate/report.json")
                .anyMatch(line -> line.startsWith("INFO NOT_READY  web  MISSING_ENV: "))
                .anyMatch(line -> line.contains("line 7: KeyError: 'DATABASE_URL'"))
                .noneMatch(line -> line.contains("hunter2"));
        assertThat(report)
                .content()
                .contains("\"verdict\" : \"NOT_READY\"", "\"image\" : null", "\"MISSING_ENV\"")
                .doesNotContain("hunter2");
    }

    @Test
    @Basedir("/goals/explained")
    @InjectMojo(goal = "explain", pom = "pom.xml")
    void withoutAFileStandardInputIsReadAndLeftOpen(ExplainMojo explain) throws Exception {
        RecordedLog log = new RecordedLog();
        explain.setLog(log);
        InputStream before = System.in;
        AtomicBoolean closed = new AtomicBoolean();
        System.setIn(
                new ByteArrayInputStream(
                        "ModuleNotFoundError: No module named 'requests'\n".getBytes(StandardCharsets.UTF_8)) {
                    @Override
                    public void close() {
                        closed.set(true);
                    }
                });
        try {
            explain.execute();
        } finally {
            System.setIn(before);
        }

        assertThat(log.lines).anyMatch(line -> line.startsWith("INFO NOT_READY  log  MISSING_MODULE: "));
        assertThat(closed).isFalse();
    }

    @Test
    @Basedir("/goals/explained")
    @InjectMojo(goal = "explain", pom = "pom.xml")
    @MojoParameter(name = "log", value = "wbe.log")
    void aFileThatIsNotThereIsNamed(ExplainMojo explain) {
        assertThatThrownBy(explain::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("The log wbe.log cannot be read: ")
                .hasMessageContaining("-Dbootgate.log=web.log");
    }
}
