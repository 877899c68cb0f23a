package io.bootgate.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.timeline.BootEvent;
import io.bootgate.timeline.BootEvent.Logged;
import io.bootgate.timeline.BootEvent.ProbeAnswered;
import io.bootgate.timeline.BootEvent.ProbeFailed;
import io.bootgate.timeline.BootEvent.ProbeFailure;
import io.bootgate.timeline.Stream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordingTest {
    private final Recording recording = new Recording();

    @Test
    void keepsTheFirstAndTheLastTenThousandLinesOfAStreamInOrder() {
        for (int number = 1; number <= 50_000; number++) {
            recording.add(new Logged(Duration.ZERO, number, Stream.STDERR, "line"));
            if (number == 30_000) {
                recording.add(new BootEvent.OutOfMemory(Duration.ZERO));
            }
        }
        List<BootEvent> events = recording.toTimeline().events();
        assertThat(recording.toTimeline().log())
                .hasSize(20_000)
                .extracting(Logged::number)
                .startsWith(1L)
                .contains(10_000L, 40_001L)
                .doesNotContain(10_001L, 40_000L)
                .endsWith(50_000L);
        assertThat(events.get(10_000)).isInstanceOf(BootEvent.OutOfMemory.class);
    }

    @Test
    void aFloodOnOneStreamHidesNothingOnTheOther() {
        for (int number = 1; number <= 50_000; number++) {
            Stream stream = number == 25_000 ? Stream.STDERR : Stream.STDOUT;
            recording.add(new Logged(Duration.ZERO, number, stream, "line"));
        }

        assertThat(recording.toTimeline().log())
                .extracting(Logged::number)
                .contains(25_000L)
                .isSorted();
    }

    @Test
    void linesOfAMegabyteDoNotFillTheHeap() {
        String line = "x".repeat(1 << 16);
        for (int number = 1; number <= 1_000; number++) {
            recording.add(new Logged(Duration.ZERO, number, Stream.STDOUT, line));
        }

        assertThat(recording.toTimeline().log())
                .hasSize(128)
                .extracting(Logged::number)
                .startsWith(1L)
                .endsWith(1_000L);
    }

    @Test
    void keepsOfProbesThatFailAlikeTheFirstAndTheLatest() {
        for (int at = 0; at < 100; at++) {
            recording.add(closed(at));
        }
        recording.add(new ProbeAnswered(Duration.ofMillis(100), 8000, 200, "", Duration.ZERO));
        recording.add(closed(200));
        assertThat(recording.toTimeline().all(ProbeFailed.class).map(ProbeFailed::at))
                .containsExactly(Duration.ZERO, Duration.ofMillis(99), Duration.ofMillis(200));
    }

    private static BootEvent closed(int at) {
        return new ProbeFailed(Duration.ofMillis(at), 8000, ProbeFailure.CLOSED, "closed");
    }
}
