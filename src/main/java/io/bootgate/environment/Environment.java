package io.bootgate.environment;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The variables of one container as they are settled, on top of the image's own. */
public record Environment(Map<String, Given> variables) {
    public static final Environment EMPTY = new Environment(Map.of());

    public Environment {
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }

    public Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        variables.forEach((name, given) -> values.put(name, given.value()));
        return values;
    }

    /** Names of those whose values are secret because of where they come from. */
    public Set<String> secretNames() {
        Set<String> names = new TreeSet<>();
        variables.forEach((name, given) -> {
            if (given.secret()) {
                names.add(name);
            }
        });
        return names;
    }

    public List<String> secretValues() {
        return variables.values().stream()
                .filter(Given::secret)
                .map(Given::value)
                .toList();
    }

    /** Never tells a value. */
    @Override
    public String toString() {
        return "Environment" + variables.keySet();
    }
}
