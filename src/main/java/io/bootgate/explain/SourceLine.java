package io.bootgate.explain;

import java.time.Instant;
import java.util.Optional;

/**
 * A line of one source.
 *
 * @param number of the line in the file, 1 for the first
 * @param platform whether the platform said it, not the program
 * @param time empty if the line has none in front
 * @param text without what platforms and collectors put around it
 */
record SourceLine(long number, boolean platform, Optional<Instant> time, String text) {
    boolean isBlank() {
        return text.isBlank();
    }
}
