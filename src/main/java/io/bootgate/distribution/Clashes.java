package io.bootgate.distribution;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The known clashes: {@code clashes.yaml} beside this class, which tells how to add one. */
public final class Clashes {
    private static final Set<String> KEYS =
            Set.of("breaks", "with", "moved", "says", "pins", "why", "source", "harmless");

    private Clashes() {}

    private static final class Table {
        static final List<Clash> ALL = read();
    }

    /** All of them, the more specific before the more general. */
    public static List<Clash> all() {
        return Table.ALL;
    }

    private static List<Clash> read() {
        try (InputStream file = Objects.requireNonNull(Clashes.class.getResourceAsStream("clashes.yaml"))) {
            List<Clash> all = new ArrayList<>();
            Object rows =
                    new Load(LoadSettings.builder().setLabel("clashes.yaml").build()).loadFromInputStream(file);
            for (Object row : (List<?>) rows) {
                all.add(clash((Map<?, ?>) row));
            }
            return List.copyOf(all);
        } catch (IOException e) {
            throw new UncheckedIOException("clashes.yaml cannot be read", e);
        }
    }

    private static Clash clash(Map<?, ?> row) {
        if (!KEYS.containsAll(row.keySet())) {
            throw new IllegalStateException("clashes.yaml has an unknown key: " + row);
        }
        return new Clash(
                text(row, "breaks").map(Clashes::requirement),
                text(row, "with")
                        .map(Clashes::requirement)
                        .orElseThrow(() -> new IllegalStateException("with: " + row)),
                list(row, "moved"),
                text(row, "says").map(Pattern::compile),
                list(row, "pins"),
                text(row, "why").orElseThrow(() -> new IllegalStateException("why: " + row)),
                text(row, "source").orElseThrow(() -> new IllegalStateException("source: " + row)),
                Boolean.TRUE.equals(row.get("harmless")));
    }

    private static Requirement requirement(String text) {
        return Requirement.of(text).orElseThrow(() -> new IllegalStateException("no requirement: " + text));
    }

    private static Optional<String> text(Map<?, ?> row, String key) {
        return Optional.ofNullable(row.get(key)).map(Object::toString);
    }

    private static List<String> list(Map<?, ?> row, String key) {
        Object value = row.get(key);
        return value instanceof List<?> many
                ? many.stream().map(Object::toString).toList()
                : value == null ? List.of() : List.of(value.toString());
    }
}
