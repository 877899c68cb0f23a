package io.bootgate.goal;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Names and values as configured, in that order. Maven prints every parameter of a goal with {@code -X}: of this one it gets
 * to see the names only.
 */
public final class Variables extends LinkedHashMap<String, String> {
    private static final long serialVersionUID = 1L;

    /** With an empty string for {@code <NAME/>}. */
    Map<String, String> toMap() {
        Map<String, String> values = new LinkedHashMap<>();
        forEach((name, value) -> values.put(name, value == null ? "" : value));
        return values;
    }

    @Override
    public String toString() {
        return keySet() + " (values are not shown)";
    }
}
