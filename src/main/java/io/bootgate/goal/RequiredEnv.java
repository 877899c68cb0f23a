package io.bootgate.goal;

import java.util.List;
import java.util.Map;

/** {@code <requiredEnv>}: variables that a service can't do without. */
final class RequiredEnv {
    private RequiredEnv() {}

    /** All that have no value are named at once. */
    static void check(List<String> required, Map<String, String> variables) {
        List<String> missing = required.stream()
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .filter(name -> variables.getOrDefault(name, "").isBlank())
                .map(name -> variables.containsKey(name) ? name + " (empty)" : name)
                .distinct()
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(
                    "Nothing was built or booted: %s in <requiredEnv> %s no value: %s. Set %s in"
                                    .formatted(
                                            missing.size() == 1 ? "one variable" : missing.size() + " variables",
                                            missing.size() == 1 ? "has" : "have",
                                            String.join(", ", missing),
                                            missing.size() == 1 ? "it" : "them")
                            + " <env> or <envFile>. Example: <env><%1$s>${env.%1$s}</%1$s></env>"
                                    .formatted(missing.get(0).replace(" (empty)", "")));
        }
    }
}
