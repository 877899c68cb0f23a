package io.bootgate.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineAssemblerTest {
    private final LineAssembler assembler = new LineAssembler();

    @Test
    void joinsTheSixteenKibibytePiecesOfALongLine() {
        String half = "x".repeat(16 * 1024);
        assertThat(add(half)).isEmpty();
        assertThat(add(half)).isEmpty();
        assertThat(add("end\n")).containsExactly(half + half + "end");
    }

    @Test
    void splitsAPieceThatHoldsSeveralLines() {
        assertThat(add("one\ntwo\r\nthr")).containsExactly("one", "two");
        assertThat(add("ee\n\n")).containsExactly("three", "");
    }

    @Test
    void handsOverTheLastLineThatHasNoNewline() {
        assertThat(add("no newline")).isEmpty();
        assertThat(assembler.end()).contains("no newline");
        assertThat(assembler.end()).isEmpty();
    }

    @Test
    void repairsWhatIsNotUtf8AndJoinsACharacterCutInTwo() {
        assertThat(assembler.add(new byte[] {'a', (byte) 0xff, 'b', '\n'})).containsExactly("a\ufffdb");
        byte[] euro = "€\n".getBytes(StandardCharsets.UTF_8);
        assertThat(assembler.add(new byte[] {euro[0]})).isEmpty();
        assertThat(assembler.add(new byte[] {euro[1], euro[2], euro[3]})).containsExactly("€");
    }

    @Test
    void doesNotLetALineWithoutEndFillTheMemory() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            lines.addAll(add("x".repeat(16 * 1024)));
        }
        assertThat(lines).hasSize(3).allSatisfy(line -> assertThat(line).hasSize(1 << 20));
    }

    private List<String> add(String piece) {
        return assembler.add(piece.getBytes(StandardCharsets.UTF_8));
    }
}
