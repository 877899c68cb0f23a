package io.bootgate.deployment;

import java.util.Optional;

/**
 * The value of an environment variable.
 *
 * @param value empty if it is not known
 * @param secret because the descriptor says so
 * @param why the value is not known: {@code reference()}; empty if it is
 * @param from where it was looked up: {@code configMap:conf/level}
 */
public record Variable(Optional<String> value, boolean secret, Optional<String> why, Optional<String> from) {

    public static Variable plain(String value) {
        return new Variable(Optional.of(value), false, Optional.empty(), Optional.empty());
    }

    public static Variable secret(String value) {
        return new Variable(Optional.of(value), true, Optional.empty(), Optional.empty());
    }

    public static Variable unresolved(String why, boolean secret) {
        return new Variable(Optional.empty(), secret, Optional.of(why), Optional.empty());
    }

    public Variable from(String source) {
        return new Variable(value, secret, why, Optional.of(source));
    }

    public boolean isUnresolved() {
        return why.isPresent();
    }

    /** Never tells a secret value. */
    @Override
    public String toString() {
        return "Variable[%s%s]"
                .formatted(
                        why.map(reason -> "unresolved: " + reason)
                                .orElseGet(() -> secret ? "secret" : value.orElse("")),
                        from.map(source -> " from " + source).orElse(""));
    }
}
