package io.bootgate.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.engine.EngineException;
import io.bootgate.gate.Secrets;
import io.bootgate.image.ImageBuildException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokenGateTest {
    private final RecordedLog maven = new RecordedLog();

    @TempDir
    Path folder;

    private MojoExecutionException explained(Throwable trouble) {
        Secrets secrets = Secrets.named(List.of()).withValues(List.of("hunter2"));
        return new BrokenGate(secrets, folder, maven).explain(trouble);
    }

    @Test
    void whatPortsAndParametersSayIsTheMessage() {
        assertThat(explained(new EngineException("Cannot reach Docker. Start it.")))
                .hasMessage("Cannot reach Docker. Start it.")
                .hasNoCause();
        assertThat(explained(new ImageBuildException("There is no Dockerfile.")))
                .hasMessage("There is no Dockerfile.");
        assertThat(explained(new IllegalArgumentException("<port> must be a number.")))
                .hasMessage("<port> must be a number.");
    }

    @Test
    void aFullDiskIsToldWithTheFileAndWhatToDo() {
        FileSystemException full = new FileSystemException("/x/report.json", null, "No space left on device");

        assertThat(explained(new UncheckedIOException("The report /x/report.json cannot be written", full)))
                .hasMessage(
                        "The report /x/report.json cannot be written: No space left on device. Free space or correct the"
                                + " permissions there, or set <outputDirectory> to another folder.");
    }

    @Test
    void aBugOfOursIsCalledOneAndItsStackTraceGoesToAFile() {
        assertThat(explained(new IllegalStateException("hunter2 is odd")))
                .hasMessage(
                        "Bootgate itself failed: java.lang.IllegalStateException: *** is odd. This is a bug in Bootgate,"
                                + " not in your service. Please report it with the stack trace in "
                                + folder.resolve("bootgate-bug.txt") + ".")
                .hasNoCause();
        assertThat(folder.resolve("bootgate-bug.txt"))
                .content()
                .contains("IllegalStateException: *** is odd", "at io.bootgate.goal.BrokenGateTest")
                .doesNotContain("hunter2");
    }

    @Test
    void aBugIsToldEvenIfNothingCanBeWritten() throws Exception {
        Files.createDirectory(folder.resolve("bootgate-bug.txt"));

        assertThat(explained(new NullPointerException("x")))
                .hasMessageEndingWith("Please report it with the stack trace that -X shows.");
    }

    @Test
    void theStackTraceIsForDebugOutputOnlyAndMasked() {
        explained(new EngineException("failed", new IllegalStateException("with hunter2")));

        assertThat(maven.lines)
                .singleElement()
                .asString()
                .startsWith("DEBUG io.bootgate.engine.EngineException: failed");
        assertThat(maven.lines.get(0)).contains("with ***").doesNotContain("hunter2");
    }
}
