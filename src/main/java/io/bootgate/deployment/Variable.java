package io.bootgate.deployment;

import java.util.List;
import java.util.Optional;

/**
 * The value of an environment variable.
 *
 * @param value empty if it is not known
 * @param secret because the descriptor says so
 * @param why the value is not known: {@code reference()}; empty if it is
 * @param from where it was looked up: {@code configMap:conf/level}
 * @param place where the descriptor asks for a value that is not known: {@code deploy/aci.yaml:31}; empty if it is known
 * @param optional whether the platform starts the container without it, if it has no value there either
 * @param parts what a value that is not known is made of, where it only lacks other variables; else empty
 */
public record Variable(
        Optional<String> value,
        boolean secret,
        Optional<String> why,
        Optional<String> from,
        Optional<String> place,
        boolean optional,
        List<Part> parts) {

    public Variable {
        parts = List.copyOf(parts);
    }

    /** A stretch of a value: text as it stands, or the name of the variable whose value stands there. */
    public record Part(String text, boolean name) {}

    public static Variable plain(String value) {
        return new Variable(
                Optional.of(value), false, Optional.empty(), Optional.empty(), Optional.empty(), false, List.of());
    }

    public static Variable secret(String value) {
        return new Variable(
                Optional.of(value), true, Optional.empty(), Optional.empty(), Optional.empty(), false, List.of());
    }

    public static Variable unresolved(String why, boolean secret) {
        return new Variable(
                Optional.empty(), secret, Optional.of(why), Optional.empty(), Optional.empty(), false, List.of());
    }

    public Variable from(String source) {
        return new Variable(value, secret, why, Optional.of(source), place, optional, parts);
    }

    /** Asked for at this line, if it is not known. */
    public Variable at(String file, int line) {
        return isUnresolved()
                ? new Variable(value, secret, why, from, Optional.of(file + ":" + line), optional, parts)
                : this;
    }

    /** Known as soon as the variables that these parts name are. */
    public Variable of(List<Part> all) {
        return new Variable(value, secret, why, from, place, optional, all);
    }

    /** Left out without harm, if it is not known. */
    public Variable orNone(boolean may) {
        return new Variable(value, secret, why, from, place, may, parts);
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
