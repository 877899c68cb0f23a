package io.bootgate.deployment.document;

import io.bootgate.deployment.document.Mapping.Entry;
import io.bootgate.deployment.document.Node.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The keys of a mapping while it is read. */
final class Keys {
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final List<Mapping> merged = new ArrayList<>();
    private final Findings findings;

    Keys(Findings findings) {
        this.findings = findings;
    }

    void put(Place at, String key, Node value) {
        Entry before = entries.put(key, new Entry(at, key, value));
        if (before != null) {
            findings.error(
                    "DUPLICATE_KEY",
                    at,
                    "The key \"%s\" stands twice in the same mapping, first in line %d: the last one counts, if the file is taken at all. If a new list entry was meant, its \"- \" is missing."
                            .formatted(shown(key), before.at().line()));
        }
    }

    /** Keys of another mapping for those that are not given here. */
    void merge(Mapping other) {
        merged.add(other);
    }

    Mapping at(Place place) {
        merged.forEach(other -> other.entries().forEach(entry -> entries.putIfAbsent(entry.key(), entry)));
        return new Mapping(place, new ArrayList<>(entries.values()));
    }

    private static String shown(String key) {
        return key.length() > 100 ? key.substring(0, 100) + "…" : key;
    }
}
