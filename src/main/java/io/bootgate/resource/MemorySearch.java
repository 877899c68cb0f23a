package io.bootgate.resource;

import io.bootgate.resource.Trial.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds how much memory a boot needs with few boots: first one with plenty, whose peak tells what was needed; then one with
 * little more than that, to be sure. Decides only which limit is tried next.
 *
 * @param firstLimit the limit of the boot that gave rise to the search
 * @param booted whether that boot was ready, if only just: then one boot without the pressure tells the need
 * @param most the largest limit that may be tried
 * @param trials so far, in order
 */
public record MemorySearch(long firstLimit, boolean booted, long most, List<Trial> trials) {
    /** A search is over after as many boots. */
    public static final int MOST_TRIALS = 4;

    private static final long MIB = 1L << 20;
    private static final int GROWTH = 4;
    private static final long PLENTY = 512 * MIB;
    private static final double HEADROOM = 1.1;
    /** A limit that is nearer to a known one tells nothing new. */
    private static final double WORTHWHILE = 1.15;

    public MemorySearch {
        trials = List.copyOf(trials);
    }

    /** For a boot that was killed for memory. */
    public static MemorySearch afterKill(long limit, long most) {
        return new MemorySearch(limit, false, most, List.of());
    }

    /** For a boot that was ready, and used nearly all of its limit. */
    public static MemorySearch afterTightBoot(long limit, long most) {
        return new MemorySearch(limit, true, most, List.of());
    }

    public MemorySearch with(Trial trial) {
        List<Trial> more = new ArrayList<>(trials);
        more.add(trial);
        return new MemorySearch(firstLimit, booted, most, more);
    }

    /** The limit to try next; empty when the search is over. */
    public OptionalLong next() {
        if (trials.size() >= MOST_TRIALS || (booted && !trials.isEmpty())) {
            return OptionalLong.empty();
        }
        if (booted) {
            return within(rounded(firstLimit * 2), firstLimit);
        }
        Optional<Trial> ready = smallest();
        return ready.isPresent() ? smaller(ready.get()) : larger();
    }

    /** The trial with the smallest limit that was ready. */
    public Optional<Trial> smallest() {
        return trials.stream().filter(Trial::isReady).min(Comparator.comparingLong(Trial::limitBytes));
    }

    private OptionalLong larger() {
        if (!trials.isEmpty() && !mayMoreHelp(trials.get(trials.size() - 1))) {
            return OptionalLong.empty();
        }
        long failed = trials.stream().mapToLong(Trial::limitBytes).max().orElse(firstLimit);
        return within(rounded(Math.max(failed * GROWTH, PLENTY)), failed);
    }

    /** A boot that failed for memory without coming near its limit meets another limit than this one. */
    private static boolean mayMoreHelp(Trial failed) {
        return failed.outcome() == Outcome.OUT_OF_MEMORY
                && failed.peakBytes().orElse(failed.limitBytes()) >= failed.limitBytes() / 2;
    }

    private OptionalLong within(long wanted, long failed) {
        long next = Math.min(wanted, most / MIB * MIB);
        return next >= failed * WORTHWHILE ? OptionalLong.of(next) : OptionalLong.empty();
    }

    private OptionalLong smaller(Trial ready) {
        long failed = trials.stream()
                .filter(trial -> !trial.isReady() && trial.limitBytes() < ready.limitBytes())
                .mapToLong(Trial::limitBytes)
                .max()
                .orElse(firstLimit);
        long target = rounded((long) (ready.peakBytes().orElse(ready.limitBytes() / 2) * HEADROOM));
        long next = target >= failed * WORTHWHILE ? target : rounded((failed + ready.limitBytes()) / 2);
        return next > failed && next * WORTHWHILE <= ready.limitBytes() ? OptionalLong.of(next) : OptionalLong.empty();
    }

    /** Up to a number that people write into descriptors. */
    static long rounded(long bytes) {
        long step = bytes <= 128 * MIB
                ? 16 * MIB
                : bytes <= 512 * MIB ? 32 * MIB : bytes <= 2048 * MIB ? 128 * MIB : 512 * MIB;
        return (bytes + step - 1) / step * step;
    }
}
