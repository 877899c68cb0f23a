package io.bootgate.goal;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code -Dbootgate.http.path=/health} for what has no parameter of its own, being inside of one. As with every parameter
 * of Maven, what the POM says comes first.
 *
 * @param value of the property of that name, null if it is not set
 */
record UserProperties(Function<String, @Nullable String> value) {

    /** {@code name} without {@code bootgate.} */
    Optional<String> or(@Nullable String configured, String name) {
        return Optional.ofNullable(configured)
                .or(() -> Optional.ofNullable(value.apply("bootgate." + name)))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    /** The same for what is on or off; off by default. */
    boolean isOn(@Nullable Boolean configured, String name) {
        return configured == null ? or(null, name).map(Boolean::parseBoolean).orElse(false) : configured;
    }

    /** The same for a list: what is configured, then what the property has, parted by commas. */
    List<String> all(List<String> configured, String name) {
        return Stream.concat(
                        configured.stream(), or(null, name).stream().flatMap(text -> Stream.of(text.split(",", -1))))
                .filter(Objects::nonNull)
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }
}
