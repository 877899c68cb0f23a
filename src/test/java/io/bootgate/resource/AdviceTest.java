package io.bootgate.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.resource.Trial.Outcome;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdviceTest {
    private static final long MIB = 1L << 20;

    private static WorkerLoad load(
            int workers, boolean counted, long milliCpus, int machine, long peakMib, long limitMib) {
        return new WorkerLoad(
                "gunicorn",
                workers,
                counted,
                milliCpus == 0 ? OptionalLong.empty() : OptionalLong.of(milliCpus),
                machine,
                OptionalLong.of(peakMib * MIB),
                limitMib == 0 ? OptionalLong.empty() : OptionalLong.of(limitMib * MIB));
    }

    @Test
    void workersThatAreCountedByTheMachineAreToldWithTheNumbers() {
        assertThat(load(9, true, 1000, 4, 405, 512).tooManyForCpu())
                .contains(
                        "9 workers share 1 CPU: the number of workers is computed from the 4 CPUs of the machine (cpu_count"
                                + " sees them all), not from the limit. 9 × 45 MiB = 405 MiB of 512 MiB of memory. Set --workers 3 (or"
                                + " WEB_CONCURRENCY=3, unless the command or gunicorn.conf.py sets workers).");
    }

    @ParameterizedTest
    @CsvSource({
        "5, true, 1000, 2, true",
        "5, false, 1000, 2, false",
        "5, true, 2000, 2, false",
        "3, true, 500, 2, false",
        "3, true, 1000, 1, false",
        "5, true, 500, 2, true",
        "4, false, 1000, 8, false",
        "17, true, 2000, 8, true",
        "9, true, 4000, 4, false",
        "6, false, 1000, 2, true",
        "32, false, 4000, 4, true",
        "40, true, 0, 2, false",
        "2, true, 100, 64, false",
    })
    void onlyMoreWorkersThanTheCpuLimitCanFeedAreTold(
            int workers, boolean counted, long cpus, int machine, boolean told) {
        assertThat(load(workers, counted, cpus, machine, 100, 512)
                        .tooManyForCpu()
                        .isPresent())
                .isEqualTo(told);
    }

    @Test
    void howManyWorkersFitIsComputedFromWhatTheyUse() {
        assertThat(load(12, false, 0, 2, 360, 256).fitting()).hasValue(7);
        assertThat(load(12, false, 0, 2, 200, 256).fitting()).isEmpty();
        assertThat(load(1, false, 0, 2, 360, 256).fitting()).isEmpty();
        assertThat(load(2, false, 0, 2, 1000, 256).fitting()).isEmpty();
    }

    private static MemoryAdvice advice(String from, @Nullable WorkerLoad load, Trial... trials) {
        MemorySearch search = MemorySearch.afterKill(128 * MIB, 8000 * MIB);
        for (Trial trial : trials) {
            search = search.with(trial);
        }
        return new MemoryAdvice(search, from, Optional.ofNullable(load));
    }

    private static Trial trial(long mib, Outcome outcome, long peakMib) {
        return new Trial(mib * MIB, outcome, OptionalLong.of(peakMib * MIB), 1, "MISSING_ENV: no DATABASE_URL.");
    }

    @Test
    void whatItBootsWithAndWhatIsGivenIsSaid() {
        MemoryAdvice advice = advice(
                "deploy/aci.yaml:22",
                load(1, false, 0, 2, 214, 128),
                trial(512, Outcome.READY, 214),
                trial(256, Outcome.READY, 214));
        assertThat(advice.detail())
                .contains("It boots with 256 MiB, peak 214 MiB; the descriptor (deploy/aci.yaml:22) gives 128 MiB.");
        assertThat(advice.fix())
                .contains(
                        "Raise the memory limit in deploy/aci.yaml:22 to 256 MiB; or load less at start. Requests need memory on top.");
    }

    @Test
    void workersThatFitAreAnotherWayOut() {
        MemoryAdvice advice =
                advice("<limits><memory>", load(12, false, 0, 2, 360, 128), trial(512, Outcome.READY, 360));
        assertThat(advice.detail())
                .contains(
                        "It boots with 512 MiB, peak 360 MiB; <limits><memory> gives 128 MiB. They are 12 workers, about 30 MiB each.");
        assertThat(advice.fix())
                .contains(
                        "Raise the limit, here and where it is deployed: <limits><memory>512m</memory></limits>; or start at most 3"
                                + " workers. Set --workers 3 (or WEB_CONCURRENCY=3, unless the command or gunicorn.conf.py sets workers).");
    }

    @Test
    void aSearchThatFoundNothingSaysWhy() {
        assertThat(advice("<limits><memory>", null).detail()).isEmpty();
        assertThat(advice("<limits><memory>", null, trial(512, Outcome.OTHER, 200))
                        .detail())
                .contains(
                        "With 512 MiB it is not killed for memory, peak 200 MiB, but is not ready for another reason: MISSING_ENV: no DATABASE_URL.");
        assertThat(advice(
                                "<limits><memory>",
                                null,
                                trial(512, Outcome.OUT_OF_MEMORY, 512),
                                trial(2048, Outcome.OUT_OF_MEMORY, 2048),
                                trial(8000, Outcome.OUT_OF_MEMORY, 8000))
                        .detail())
                .contains(
                        "It was killed for memory with 7.8 GiB as well, and more is not tried: it needs a lot, or its memory grows without end.");
        assertThat(advice("<limits><memory>", null, trial(512, Outcome.OUT_OF_MEMORY, 512))
                        .fix())
                .isEmpty();
    }

    @Test
    void aTightBootIsAWarning() {
        MemorySearch search = MemorySearch.afterTightBoot(256 * MIB, 8000 * MIB).with(trial(512, Outcome.READY, 251));
        assertThat(new MemoryAdvice(search, "<limits><memory>", Optional.of(load(12, false, 0, 2, 246, 256)))
                        .warning(246 * MIB))
                .isEqualTo(
                        "The boot used 246 MiB of the 256 MiB that <limits><memory> gives (96 %): 12 workers, about 21 MiB each. With"
                                + " 512 MiB it uses 251 MiB. Requests need memory on top: raise the limit, or start fewer workers.");
    }
}
