package io.bootgate.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {
    @TempDir
    Path base;

    @Test
    void theFolderIsMade() throws Exception {
        try (OutputFolder folder = OutputFolder.open(base.resolve("target/bootgate"))) {
            assertThat(folder.path()).isDirectory();
        }
    }

    @Test
    void anotherBuildInTheSameProcessIsTurnedAwayUntilTheFirstEnds() throws Exception {
        OutputFolder first = OutputFolder.open(base);

        assertThatThrownBy(() -> OutputFolder.open(base))
                .isInstanceOf(MojoExecutionException.class)
                .hasMessage(
                        "Another build (process %d) is at work in %s. Wait until it has ended, or give each build its own"
                                        .formatted(ProcessHandle.current().pid(), base)
                                + " <outputDirectory>.");

        first.close();
        assertThatCode(() -> OutputFolder.open(base).close()).doesNotThrowAnyException();
    }

    @Test
    void anotherProcessIsNamedAndWhenItIsKilledItsLockIsTakenOver() throws Exception {
        Process other = holdInAnotherProcess();
        try {
            assertThatThrownBy(() -> OutputFolder.open(base))
                    .hasMessageStartingWith("Another build (process %d) is at work in ".formatted(other.pid()));
        } finally {
            other.destroyForcibly().waitFor();
        }

        assertThatCode(() -> OutputFolder.open(base).close()).doesNotThrowAnyException();
    }

    private Process holdInAnotherProcess() throws IOException {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        base.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(other.inputReader().readLine()).isEqualTo("held");
        return other;
    }

    /** A build that never ends by itself. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws Exception {
            OutputFolder.open(Path.of(arguments[0]));
            System.out.println("held");
            Thread.currentThread().join();
        }
    }

    @Test
    void aFileInTheWayIsTold() throws IOException {
        Path target = Files.writeString(base.resolve("target"), "not a folder");

        assertThatThrownBy(() -> OutputFolder.open(target))
                .isInstanceOf(MojoExecutionException.class)
                .hasMessage("<outputDirectory> " + target
                        + " cannot be written to: a file of that name is in the way. Correct its permissions, or set"
                        + " <outputDirectory> to another folder.");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFolderThatCannotBeWrittenToIsTold() {
        // Not even the superuser can write there.
        assertThatThrownBy(() -> OutputFolder.open(new File("/proc/bootgate").toPath()))
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageMatching(
                        "<outputDirectory> /proc/bootgate cannot be written to: .+\\. Correct its permissions.+");
    }

    @Test
    void whatAnEarlierRunWroteIsRemoved() throws Exception {
        Files.writeString(base.resolve("report.json"), "old");
        Files.writeString(base.resolve("notes.txt"), "mine");

        try (OutputFolder folder = OutputFolder.open(base)) {
            folder.clear(List.of("report.json", "orders.log"));
        }

        assertThat(base.resolve("report.json")).doesNotExist();
        assertThat(base.resolve("notes.txt")).exists();
    }
}
