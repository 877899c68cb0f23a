package io.bootgate.autopsy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** In words, what stood in for what was missing: {@code placeholders for DB_URL and PORT, a stand-in for stripe}. */
final class Mended {
    private static final int MOST_NAMES = 6;

    private Mended() {}

    static Optional<String> in(Testimony testimony) {
        Set<String> variables = new TreeSet<>();
        testimony.all(Sight.VariableMissing.class).forEach(missing -> variables.add(missing.name()));
        testimony.all(Sight.Remedied.class).forEach(remedy -> variables.addAll(remedy.variables()));
        testimony.all(Sight.Remedied.class).forEach(remedy -> variables.removeAll(remedy.withdrawn()));
        Set<String> modules = new TreeSet<>();
        testimony
                .all(Sight.ImportFailed.class)
                .filter(failed -> !failed.optional() && !failed.byServer())
                .forEach(failed -> modules.add(failed.module()));
        List<String> parts = new ArrayList<>();
        if (!variables.isEmpty()) {
            parts.add((variables.size() == 1 ? "a placeholder for " : "placeholders for ") + names(variables));
        }
        if (!modules.isEmpty()) {
            parts.add((modules.size() == 1 ? "a stand-in for " : "stand-ins for ") + names(modules));
        }
        if (testimony.all(Sight.Exit.class).anyMatch(Sight.Exit::passedOver)) {
            parts.add("exits passed over");
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", parts));
    }

    private static String names(Collection<String> names) {
        List<String> shown = names.stream().limit(MOST_NAMES).toList();
        String more = names.size() > MOST_NAMES ? " and " + (names.size() - MOST_NAMES) + " more" : "";
        return String.join(", ", shown) + more;
    }
}
