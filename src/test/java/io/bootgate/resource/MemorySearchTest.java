package io.bootgate.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.resource.Trial.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemorySearchTest {
    private static final long MIB = 1L << 20;
    private static final long MACHINE = 16_000 * MIB;

    /** A service that needs so much, and uses what it needs if it gets it. */
    private static Trial boot(long limit, long need) {
        return limit >= need
                ? new Trial(limit, Outcome.READY, OptionalLong.of(need), 1, "")
                : new Trial(limit, Outcome.OUT_OF_MEMORY, OptionalLong.of(limit), 1, "");
    }

    private static MemorySearch search(long firstLimit, long need, long most) {
        MemorySearch search = MemorySearch.afterKill(firstLimit, most);
        while (search.next().isPresent()) {
            search = search.with(boot(search.next().getAsLong(), need));
        }
        return search;
    }

    private static List<Long> limits(MemorySearch search) {
        List<Long> limits = new ArrayList<>();
        search.trials().forEach(trial -> limits.add(trial.limitBytes() / MIB));
        return limits;
    }

    @Test
    void plentyFirstThenLittleMoreThanThePeak() {
        assertThat(limits(search(128 * MIB, 214 * MIB, MACHINE))).containsExactly(512L, 256L);
    }

    @ParameterizedTest
    @CsvSource({
        "6,7",
        "64,65",
        "64,150",
        "100,490",
        "128,700",
        "256,3000",
        "512,520",
        "1024,5000",
        "16,2100",
        "1024,9000"
    })
    void whatIsNeededIsFoundWithAtMostFourBootsAndNotMuchTooHigh(long first, long need) {
        MemorySearch search = search(first * MIB, need * MIB, MACHINE);
        assertThat(search.trials()).hasSizeLessThanOrEqualTo(MemorySearch.MOST_TRIALS);
        long found = search.smallest().orElseThrow().limitBytes() / MIB;
        assertThat(found).isBetween(need, Math.max(need * 3 / 2, need + 32));
    }

    @Test
    void noLimitIsBeyondTheMachineOrTriedTwice() {
        for (long need = 50; need < 6000; need += 173) {
            MemorySearch search = search(40 * MIB, need * MIB, 3000 * MIB);
            assertThat(limits(search)).doesNotHaveDuplicates().allMatch(limit -> limit > 40 && limit <= 3000);
        }
        assertThat(search(2900 * MIB, 5000 * MIB, 3000 * MIB).trials()).isEmpty();
    }

    @Test
    void aServiceWhoseMemoryGrowsWithoutEndIsGivenUp() {
        assertThat(limits(search(64 * MIB, Long.MAX_VALUE, MACHINE))).containsExactly(512L, 2048L, 8192L, 16000L);
    }

    @Test
    void moreMemoryIsNotTriedWhereItDoesNotHelp() {
        MemorySearch search = MemorySearch.afterKill(64 * MIB, MACHINE);
        assertThat(search.with(new Trial(512 * MIB, Outcome.OTHER, OptionalLong.of(100), 1, "MISSING_ENV"))
                        .next())
                .isEmpty();
        // An allocation that is refused far below the limit meets another limit.
        assertThat(search.with(new Trial(512 * MIB, Outcome.OUT_OF_MEMORY, OptionalLong.of(50 * MIB), 1, ""))
                        .next())
                .isEmpty();
    }

    @Test
    void aPeakThatWasMeasuredTooLowIsMadeUpFor() {
        MemorySearch search = MemorySearch.afterKill(64 * MIB, MACHINE)
                .with(new Trial(512 * MIB, Outcome.READY, OptionalLong.of(100 * MIB), 1, ""))
                .with(new Trial(112 * MIB, Outcome.OUT_OF_MEMORY, OptionalLong.of(112 * MIB), 1, ""));
        assertThat(search.next()).hasValue(320 * MIB);
        assertThat(search.with(new Trial(320 * MIB, Outcome.OTHER, OptionalLong.empty(), 1, "slow"))
                        .next())
                .hasValue(416 * MIB);
    }

    @Test
    void aTightBootIsRepeatedOnceWithoutThePressure() {
        MemorySearch search = MemorySearch.afterTightBoot(256 * MIB, MACHINE);
        assertThat(search.next()).hasValue(512 * MIB);
        assertThat(search.with(boot(512 * MIB, 300 * MIB)).next()).isEmpty();
        assertThat(MemorySearch.afterTightBoot(256 * MIB, 260 * MIB).next()).isEmpty();
    }
}
