package io.bootgate.environment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the user gives, source by source, by name; a later source comes before those that precede it. */
public record Sources(List<Map<String, Given>> weakestFirst) {
    public static final Sources NONE = new Sources(List.of());

    public Sources {
        weakestFirst = List.copyOf(weakestFirst);
    }

    /** With one more, that comes before all others. */
    public Sources with(Map<String, Given> stronger) {
        List<Map<String, Given>> more = new ArrayList<>(weakestFirst);
        more.add(stronger);
        return new Sources(more);
    }

    /** Every variable once, with the value that counts. */
    public Map<String, Given> all() {
        Map<String, Given> all = new LinkedHashMap<>();
        weakestFirst.forEach(all::putAll);
        return all;
    }
}
