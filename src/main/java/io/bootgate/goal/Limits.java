package io.bootgate.goal;

import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code <limits>}: what the container may use. */
public final class Limits {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,5}(?:\\.\\d{1,3})?");
    private static final long LEAST_MEMORY = 6L << 20;

    private @Nullable String cpus;
    private @Nullable String memory;
    private @Nullable String pids;

    /** Limits as numbers. */
    record Spec(OptionalLong milliCpus, OptionalLong memoryBytes, OptionalLong pids) {}

    Spec toSpec(UserProperties properties) {
        return new Spec(
                number(properties.or(cpus, "limits.cpus").map(Limits::milliCpus)),
                number(properties.or(memory, "limits.memory").map(Limits::memory)),
                number(properties.or(pids, "limits.pids").map(Limits::pids)));
    }

    private static long milliCpus(String text) {
        if (!NUMBER.matcher(text).matches() || Double.parseDouble(text) <= 0) {
            throw new IllegalArgumentException(
                    "<limits><cpus> must be a positive number, but was \"%s\". Example: 1.5".formatted(text));
        }
        return Math.round(Double.parseDouble(text) * 1000);
    }

    private static long memory(String text) {
        long bytes = ByteSize.parse("<limits><memory>", text, "512m").bytes();
        if (bytes < LEAST_MEMORY) {
            throw new IllegalArgumentException(
                    "<limits><memory> must be at least 6m, the least that engines accept, but was \"%s\". Example: 512m"
                            .formatted(text));
        }
        return bytes;
    }

    private static long pids(String text) {
        if (!text.matches("\\d{1,9}") || Long.parseLong(text) == 0) {
            throw new IllegalArgumentException(
                    "<limits><pids> must be a positive whole number, but was \"%s\". Example: 100".formatted(text));
        }
        return Long.parseLong(text);
    }

    private static OptionalLong number(java.util.Optional<Long> value) {
        return value.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }
}
