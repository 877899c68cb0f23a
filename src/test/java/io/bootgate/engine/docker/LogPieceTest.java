package io.bootgate.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LogPieceTest {
    private static final Instant ARRIVED = Instant.parse("2026-11-22T13:40:00.300Z");

    @Test
    void takesTheEnginesTimeToTheNanosecond() {
        LogPiece piece = LogPiece.of(bytes("2026-11-22T13:39:59.123456789Z hello world\n"), ARRIVED);

        assertThat(piece).isEqualTo(new LogPiece(Instant.parse("2026-11-22T13:39:59.123456789Z"), 31));
    }

    @Test
    void refinesATimeThatIsToldToTheSecondByTheArrival() {
        assertThat(LogPiece.of(bytes("2026-11-22T13:40:00Z x"), ARRIVED).at()).isEqualTo(ARRIVED);
        assertThat(LogPiece.of(bytes("2026-11-22T15:40:00+02:00 x"), ARRIVED).at())
                .isEqualTo(ARRIVED);
        assertThat(LogPiece.of(bytes("2026-11-22T13:39:58Z x"), ARRIVED).at())
                .isEqualTo(Instant.parse("2026-11-22T13:39:58.999999999Z"));
        assertThat(LogPiece.of(bytes("2026-11-22T13:40:01Z x"), ARRIVED).at())
                .isEqualTo(Instant.parse("2026-11-22T13:40:01Z"));
    }

    @Test
    void anEmptyLineIsStillALine() {
        assertThat(LogPiece.of(bytes("2026-11-22T13:39:59.123456789Z \n"), ARRIVED)
                        .start())
                .isEqualTo(31);
        assertThat(LogPiece.of(bytes("2026-11-22T13:39:59.123456789Z"), ARRIVED).start())
                .isEqualTo(30);
    }

    @Test
    void takesABytesWithoutAStampAsTheyAre() {
        assertThat(LogPiece.of(bytes("no stamp here"), ARRIVED)).isEqualTo(new LogPiece(ARRIVED, 0));
        assertThat(LogPiece.of(bytes(""), ARRIVED)).isEqualTo(new LogPiece(ARRIVED, 0));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
