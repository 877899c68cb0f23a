package io.bootgate.goal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogLinesTest {
    private static List<String> lines(String text, Charset charset) throws IOException {
        List<String> lines = new ArrayList<>();
        try (LogLines log = LogLines.of(new ByteArrayInputStream(text.getBytes(charset)))) {
            for (String line = log.next(); line != null; line = log.next()) {
                lines.add(line);
            }
        }
        return lines;
    }

    @Test
    void theLastLineNeedsNoEnd() throws IOException {
        assertThat(lines("one\n\nthree", StandardCharsets.UTF_8)).containsExactly("one", "", "three");
        assertThat(lines("", StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void whatPowerShellWritesIsRead() throws IOException {
        assertThat(lines("\uFEFFgrüße\n", StandardCharsets.UTF_16LE)).containsExactly("grüße");
    }

    @Test
    void aLineWithoutEndDoesNotFillTheMemory() throws IOException {
        assertThat(lines("x".repeat(1_000_000) + "\nnext", StandardCharsets.UTF_8))
                .hasSize(2)
                .allMatch(line -> line.length() <= 65_536)
                .endsWith("next");
    }
}
