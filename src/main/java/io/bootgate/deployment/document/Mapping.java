package io.bootgate.deployment.document;

import java.util.List;
import java.util.Optional;

/** Keys with their values in the order of the file, each key once. */
public record Mapping(Place place, List<Entry> entries) implements Node {
    public Mapping {
        entries = List.copyOf(entries);
    }

    /** A key and its value; the place is the key's. */
    public record Entry(Place at, String key, Node value) {}

    public Optional<Node> get(String key) {
        return entries.stream()
                .filter(entry -> entry.key().equals(key))
                .map(Entry::value)
                .findFirst();
    }
}
