package io.bootgate.engine.docker;

import io.bootgate.engine.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Keeps account of what a container uses: from the kernel's own counters where they can be read, else from what the engine
 * samples.
 *
 * <p>The kernel's peak counts the page cache of files too, which is no need: it is dropped under pressure. So the peak is the
 * greater of two numbers that are both too low rather than too high: the most that was seen in use without that cache, and the
 * kernel's peak without the most of it that was ever seen.
 */
final class UsageMeter {
    private final Optional<Path> inUse;
    private final Optional<Path> highest;
    private final Optional<Path> details;
    private final Optional<Path> cpuTime;
    private final Optional<Path> cpuDetails;

    private long peak = -1;
    private long mostCache;
    private long kernelPeak;
    private long cpuNanos = -1;
    private long throttledNanos = -1;

    UsageMeter(ControlGroup group) {
        inUse = group.file("memory.current", "memory.usage_in_bytes");
        highest = group.file("memory.peak", "memory.max_usage_in_bytes");
        details = group.file("memory.stat");
        cpuTime = group.file("cpuacct.usage");
        cpuDetails = group.file("cpu.stat");
    }

    /** Looks now. A group that is gone leaves the account as it was. */
    synchronized void look() {
        try {
            lookAtMemory();
            lookAtCpu();
        } catch (IOException | NumberFormatException e) {
            // The container ended in this moment: what was read before is the account.
        }
    }

    private void lookAtMemory() throws IOException {
        if (inUse.isEmpty() || details.isEmpty()) {
            return;
        }
        long used = number(inUse.get());
        Map<String, Long> stat = numbers(details.get());
        // Version 1 has the same without "total_" for the group alone, without those below it.
        long inactive = stat.getOrDefault("total_inactive_file", stat.getOrDefault("inactive_file", 0L));
        long active = stat.getOrDefault("total_active_file", stat.getOrDefault("active_file", 0L));
        mostCache = Math.max(mostCache, inactive + active);
        peak = Math.max(peak, Math.max(0, used - inactive - active));
        if (highest.isPresent()) {
            kernelPeak = Math.max(kernelPeak, number(highest.get()));
        }
    }

    private void lookAtCpu() throws IOException {
        Map<String, Long> stat = cpuDetails.isPresent() ? numbers(cpuDetails.get()) : Map.of();
        if (cpuTime.isPresent()) {
            cpuNanos = Math.max(cpuNanos, number(cpuTime.get()));
        } else if (stat.containsKey("usage_usec")) {
            cpuNanos = Math.max(cpuNanos, stat.getOrDefault("usage_usec", 0L) * 1000);
        }
        if (stat.containsKey("throttled_time")) {
            throttledNanos = Math.max(throttledNanos, stat.getOrDefault("throttled_time", 0L));
        } else if (stat.containsKey("throttled_usec")) {
            throttledNanos = Math.max(throttledNanos, stat.getOrDefault("throttled_usec", 0L) * 1000);
        }
    }

    /** A sample of the engine's. */
    synchronized void sampled(long usedBytes, long cpu, long throttled) {
        if (inUse.isEmpty()) {
            peak = Math.max(peak, usedBytes);
        }
        cpuNanos = Math.max(cpuNanos, cpu);
        throttledNanos = Math.max(throttledNanos, throttled);
    }

    synchronized Usage usage() {
        long most = Math.max(peak, kernelPeak - mostCache);
        return new Usage(
                most < 0 || (most == 0 && kernelPeak == 0) ? OptionalLong.empty() : OptionalLong.of(most),
                time(cpuNanos),
                time(throttledNanos));
    }

    private static Optional<Duration> time(long nanos) {
        return nanos < 0 ? Optional.empty() : Optional.of(Duration.ofNanos(nanos));
    }

    private static long number(Path file) throws IOException {
        return Long.parseLong(Files.readString(file).strip());
    }

    private static Map<String, Long> numbers(Path file) throws IOException {
        Map<String, Long> numbers = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            List<String> words = List.of(line.split(" ", -1));
            if (words.size() == 2 && words.get(1).matches("\\d{1,18}")) {
                numbers.put(words.get(0), Long.parseLong(words.get(1)));
            }
        }
        return numbers;
    }
}
