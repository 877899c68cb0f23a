package io.bootgate.autopsy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What came of an autopsy.
 *
 * @param sights in the order in which they happened
 * @param booted whether the service answered in the end, with everything that stood in for what is missing
 * @param ended whether its container ended by itself
 * @param took from the start of its container
 * @param failure why no autopsy could be made, as a sentence; empty if one was made
 */
public record Testimony(List<Sight> sights, boolean booted, boolean ended, Duration took, Optional<String> failure) {

    public Testimony {
        sights = List.copyOf(sights);
    }

    static Testimony none(String why) {
        return new Testimony(List.of(), false, false, Duration.ZERO, Optional.of(why));
    }

    /** Whether any Python of the container let itself be observed. */
    public boolean isInstrumented() {
        return !sights.isEmpty();
    }

    <S extends Sight> Stream<S> all(Class<S> type) {
        return sights.stream().filter(type::isInstance).map(type::cast);
    }

    /** How often the program was started again, with what it was found to lack. */
    int attempts() {
        return all(Sight.Begun.class).mapToInt(Sight.Begun::attempt).max().orElse(1);
    }
}
