package io.bootgate.environment;

import io.bootgate.deployment.Variable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Settles the variables of one container: those of the descriptor, and those that the user gives, which come before them. What
 * has no value in the end is missing.
 *
 * @param variables with the value that counts, in the order of the descriptor, then of the user's sources
 * @param missing in the same order
 */
public record Settlement(Environment variables, List<Missing> missing) {

    private static final Pattern UNSET = Pattern.compile("\\$\\{env\\.[^{}]+}");

    public Settlement {
        missing = List.copyOf(missing);
    }

    /**
     * The container that is gated gets all that the user gives.
     *
     * @param descriptor the descriptor's name, for messages about values that it gives
     */
    public static Settlement of(String descriptor, Map<String, Variable> deployed, Sources sources) {
        return settle(descriptor, deployed, sources.all(), true);
    }

    /** Any other container of the deployment gets the user's value for the variables that the descriptor gives it. */
    public static Settlement beside(String descriptor, Map<String, Variable> deployed, Sources sources) {
        return settle(descriptor, deployed, sources.all(), false);
    }

    /** And these must have a value that is not empty; {@code askedBy} says where that is written. */
    public Settlement requiring(Collection<String> names, String askedBy) {
        Stream<Missing> without = names.stream()
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .filter(name -> given(name).map(one -> isNothing(one.value())).orElse(true))
                .map(name -> new Missing(
                        name,
                        given(name).map(Given::from),
                        List.of(askedBy),
                        given(name).map(Given::secret).orElse(false)));
        return new Settlement(
                variables, Stream.concat(missing.stream(), without).toList());
    }

    /** Maven leaves an expression as it stands if the variable that it names is not set. */
    private static boolean isNothing(String value) {
        return value.isBlank() || UNSET.matcher(value).find();
    }

    private Optional<Given> given(String name) {
        return Optional.ofNullable(variables.variables().get(name));
    }

    private static Settlement settle(
            String descriptor, Map<String, Variable> deployed, Map<String, Given> given, boolean gated) {
        Map<String, Given> settled = new LinkedHashMap<>();
        List<Missing> missing = new ArrayList<>();
        deployed.forEach((name, variable) -> {
            Optional<Given> found = Optional.ofNullable(given.get(name))
                    .map(one -> new Given(one.value(), one.secret() || variable.secret(), one.from()))
                    .or(() -> deployed(descriptor, variable, settled));
            if (found.isPresent()
                    && variable.isUnresolved()
                    && variable.secret()
                    && isNothing(found.get().value())) {
                missing.add(missing(name, Optional.of(found.get().from()), descriptor, variable));
            } else if (found.isPresent()) {
                settled.put(name, found.get());
            } else if (!variable.optional() && !onlyLacks(variable, missing)) {
                missing.add(missing(name, Optional.empty(), descriptor, variable));
            }
        });
        if (gated) {
            given.forEach(settled::putIfAbsent);
        }
        return new Settlement(new Environment(settled), missing);
    }

    private static Optional<Given> deployed(String descriptor, Variable variable, Map<String, Given> before) {
        return variable.isUnresolved()
                ? composed(descriptor, variable, before)
                : variable.value().map(value -> new Given(value, variable.secret(), descriptor));
    }

    /** A value that lacked others, which the user has given. */
    private static Optional<Given> composed(String descriptor, Variable variable, Map<String, Given> before) {
        if (variable.parts().isEmpty()
                || variable.parts().stream().anyMatch(part -> part.name() && !before.containsKey(part.text()))) {
            return Optional.empty();
        }
        StringBuilder value = new StringBuilder();
        boolean secret = variable.secret();
        for (Variable.Part part : variable.parts()) {
            Given other = part.name() ? before.get(part.text()) : null;
            value.append(other == null ? part.text() : other.value());
            secret |= other != null && other.secret();
        }
        return Optional.of(new Given(value.toString(), secret, descriptor));
    }

    /** Whether it has its value once those are given that are missing already. */
    private static boolean onlyLacks(Variable variable, List<Missing> missing) {
        return variable.parts().stream()
                .filter(Variable.Part::name)
                .anyMatch(part -> missing.stream().anyMatch(one -> one.name().equals(part.text())));
    }

    private static Missing missing(String name, Optional<String> emptyIn, String descriptor, Variable variable) {
        String where = variable.place().orElse(descriptor);
        String why = variable.why().map(reason -> " (" + reason + ")").orElse("");
        return new Missing(name, emptyIn, List.of(where + why), variable.secret());
    }
}
