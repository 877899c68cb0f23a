package io.bootgate.casebook;

import io.bootgate.gate.GateResult;
import io.bootgate.gate.GateResult.Timings;
import io.bootgate.rule.Finding;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the gate said of one case.
 *
 * @param said {@code READY}, else the root cause's id
 * @param detail the root cause in its own words, or the first warning; empty if there is neither
 * @param latency from the decisive event to the verdict; of a healthy case from the first answer to the verdict, the settle
 *     window taken off
 */
record Reading(Case one, boolean ready, String said, String detail, Optional<Duration> latency) {

    static Reading of(Case one, GateResult result) {
        String said = result.isReady()
                ? "READY"
                : result.causes().stream().map(Finding::id).findFirst().orElse("NOT_READY");
        String detail = result.isReady()
                ? result.warnings().stream().findFirst().orElse("")
                : result.causes().stream().map(Finding::detail).findFirst().orElse("");
        return new Reading(
                one,
                result.isReady(),
                said,
                detail,
                result.timings().flatMap(timings -> latency(one, timings, result.isReady())));
    }

    /** The gate could not do its work: as bad as the wrong verdict. */
    static Reading withoutVerdict(Case one, String why) {
        return new Reading(one, !one.isHealthy(), "ERROR", why, Optional.empty());
    }

    private static Optional<Duration> latency(Case one, Timings timings, boolean ready) {
        return ready
                ? timings.answered()
                        .map(answered -> timings.verdict().minus(answered).minus(one.settle()))
                : Optional.of(timings.verdict().minus(timings.decided()));
    }

    boolean isRight() {
        return isVerdictRight()
                && (ready
                        || one.causes().stream().anyMatch(cause -> cause.name().equals(said)));
    }

    boolean isVerdictRight() {
        return ready == one.isHealthy();
    }

    boolean isFalseGreen() {
        return ready && !one.isHealthy();
    }

    boolean isFalseRed() {
        return !ready && one.isHealthy();
    }

    /** One line for each reading, and the totals. */
    static String table(List<Reading> readings) {
        StringBuilder table = new StringBuilder();
        String row = "%-58s %-24s %-24s %8s  %-4s %s%n";
        table.append(row.formatted("case", "expected", "got", "ms", "", ""));
        for (Reading reading : readings) {
            String right = reading.isRight() ? "ok" : "FAIL";
            table.append(row.formatted(
                    reading.one().name(),
                    reading.one().expected(),
                    reading.said(),
                    reading.latency().map(latency -> "" + latency.toMillis()).orElse("-"),
                    right,
                    reading.isRight() ? "" : firstLine(reading.detail())));
        }
        return table + totals(readings);
    }

    private static String totals(List<Reading> readings) {
        List<Reading> broken =
                readings.stream().filter(reading -> !reading.one().isHealthy()).toList();
        List<Reading> healthy =
                readings.stream().filter(reading -> reading.one().isHealthy()).toList();
        long rightCauses = broken.stream().filter(Reading::isRight).count();
        return "%d cases: %d healthy, %d broken. False greens: %d. False reds: %d. Right root cause: %d of %d (%.1f %%).%nMedian of broken, decisive event to verdict: %s. Median of healthy, first answer to verdict without settle: %s.%n"
                .formatted(
                        readings.size(),
                        healthy.size(),
                        broken.size(),
                        readings.stream().filter(Reading::isFalseGreen).count(),
                        readings.stream().filter(Reading::isFalseRed).count(),
                        rightCauses,
                        broken.size(),
                        broken.isEmpty() ? 100.0 : 100.0 * rightCauses / broken.size(),
                        median(broken),
                        median(healthy));
    }

    private static String median(List<Reading> readings) {
        List<Duration> sorted = readings.stream()
                .filter(Reading::isRight)
                .flatMap(reading -> reading.latency().stream())
                .sorted()
                .toList();
        return sorted.isEmpty() ? "none" : sorted.get(sorted.size() / 2).toMillis() + " ms";
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
