package io.bootgate.goal;

import io.bootgate.environment.Missing;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Variables that a service can't do without.
 *
 * @param ofImage what nobody gives, and the image may set itself
 */
record RequiredEnv(Set<String> ofImage) {
    static final String PARAMETER = "<requiredEnv>";

    /**
     * All that have no value are named at once, before anything is built or booted.
     *
     * @param mayBeOfImage whether the image may set a variable
     */
    static RequiredEnv check(ServiceVariables settled, Predicate<String> mayBeOfImage) {
        List<Missing> missing = settled.missing();
        List<Missing> ofImage = missing.stream()
                .filter(one -> one.askedBy().equals(List.of(PARAMETER))
                        && one.emptyIn().isEmpty()
                        && mayBeOfImage.test(one.name()))
                .toList();
        if (ofImage.size() < missing.size()) {
            throw new IllegalArgumentException(
                    Missing.told(missing, "Nothing was built or booted", settled.furtherPlaces()));
        }
        return new RequiredEnv(ofImage.stream().map(Missing::name).collect(Collectors.toUnmodifiableSet()));
    }
}
