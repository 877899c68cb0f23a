package io.bootgate.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvFileTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("test.env");
    }

    private Map<String, String> read(String text) throws IOException {
        Files.writeString(file, text);
        return EnvFile.read(file, Map.of("FROM_MAVEN", "s3cret"));
    }

    @Test
    void valuesStandAsTheyAreWritten() throws IOException {
        assertThat(read("A=1\nB= two words \nC=\"quoted\"\nD=x=y#z\nE=\n"))
                .containsExactly(
                        entry("A", "1"),
                        entry("B", " two words "),
                        entry("C", "\"quoted\""),
                        entry("D", "x=y#z"),
                        entry("E", ""));
    }

    @Test
    void commentsBlankLinesIndentationAndWindowsFilesAreUnderstood() throws IOException {
        assertThat(read("\uFEFFA=1\r\n\r\n  # a comment\r\n  B=2\r\n   \r\n"))
                .containsExactly(entry("A", "1"), entry("B", "2"));
    }

    @Test
    void aNameAloneTakesTheValueFromMavensEnvironmentIfThereIsOne() throws IOException {
        assertThat(read("FROM_MAVEN\nNOT_THERE\n")).containsExactly(entry("FROM_MAVEN", "s3cret"));
    }

    @Test
    void aLineThatIsNoVariableIsNamedAndNeverShown() {
        assertThatThrownBy(() -> read("A=1\nMIIEvQIBADANBgkqhki+G9w0=BAQEFAASC\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "<envFile> " + file + ":2 has no valid name before the first \"=\". Write NAME=value")
                .hasMessageNotContaining("MIIEv");
        assertThatThrownBy(() -> read("=value\n")).hasMessageContaining(file + ":1 has no valid name");
        assertThatThrownBy(() -> read("MY NAME=value\n")).hasMessageContaining(file + ":1 has no valid name");
    }

    @Test
    void theHabitOfShellScriptsIsExplained() {
        assertThatThrownBy(() -> read("\nexport KEY=hunter2\n"))
                .hasMessage("<envFile> " + file
                        + ":2 starts with \"export\", which belongs in shell scripts. Write NAME=value.");
    }

    @Test
    void aFileThatCannotBeReadIsNamedWithTheReason() {
        assertThatThrownBy(() -> EnvFile.read(folder.resolve("absent.env"), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("<envFile> " + folder.resolve("absent.env")
                        + " cannot be read: there is no such file or folder. Correct the path, or make the file readable"
                        + " for the user who builds.");
        assertThatThrownBy(() -> EnvFile.read(folder, Map.of())).hasMessageContaining("Is a directory");
    }

    @Test
    void aFileInAnotherEncodingIsNamed() throws IOException {
        Files.write(file, "A=größe".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> EnvFile.read(file, Map.of()))
                .hasMessage("<envFile> " + file + " is not UTF-8 text. Save it as UTF-8.");
    }
}
