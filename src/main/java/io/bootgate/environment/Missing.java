package io.bootgate.environment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A variable that must have a value, and has none.
 *
 * @param emptyIn where it is given, but empty: {@code <env>}; empty if it is given nowhere
 * @param askedBy where a value is asked for, and why: {@code <requiredEnv>}, {@code deploy/aci.yaml:31 (reference())}
 * @param secret whether whoever asks says that it is a secret
 */
public record Missing(String name, Optional<String> emptyIn, List<String> askedBy, boolean secret) {

    public Missing {
        askedBy = List.copyOf(askedBy);
    }

    /**
     * One message about all of them.
     *
     * @param notDone what was not done because of it: {@code Nothing was built or booted}
     * @param furtherPlaces where else they can be given than in the parameters for variables
     */
    public static String told(List<Missing> missing, String notDone, Set<String> furtherPlaces) {
        List<Missing> all = merged(missing);
        List<String> lines = new ArrayList<>();
        lines.add(
                notDone + ": " + (all.size() == 1 ? "a variable has" : all.size() + " variables have") + " no value.");
        int width = all.stream().mapToInt(one -> one.name().length()).max().orElse(0);
        for (Missing one : all) {
            lines.add("  " + one.name() + " ".repeat(width - one.name().length()) + "  " + one.inWords());
        }
        List<String> places = new ArrayList<>(List.of("<env>", "<envFile>", "<envFromServers>", "<envFromFiles>"));
        places.addAll(furtherPlaces);
        lines.add("Give %s in %s or %s. Example: %s"
                .formatted(
                        all.size() == 1 ? "it a value" : "each a value",
                        String.join(", ", places.subList(0, places.size() - 1)),
                        places.get(places.size() - 1),
                        all.get(0).example()));
        return String.join("\n", lines);
    }

    private String inWords() {
        return emptyIn.map(where -> "is empty in " + where + ", ").orElse("") + "asked for by "
                + String.join(", and by ", askedBy);
    }

    private String example() {
        String server = name.toLowerCase(Locale.ROOT).replace('_', '-');
        return secret
                ? "<envFromServers><%1$s>%2$s</%1$s></envFromServers> for the password of the server %2$s in settings.xml"
                        .formatted(name, server)
                : "<env><%1$s>${env.%1$s}</%1$s></env>".formatted(name);
    }

    /** Asked for in several places, it is still one variable. */
    private static List<Missing> merged(List<Missing> missing) {
        Map<String, List<Missing>> byName =
                missing.stream().collect(Collectors.groupingBy(Missing::name, LinkedHashMap::new, Collectors.toList()));
        return byName.values().stream()
                .map(same -> new Missing(
                        same.get(0).name(),
                        same.stream().flatMap(one -> one.emptyIn().stream()).findFirst(),
                        same.stream()
                                .flatMap(one -> one.askedBy().stream())
                                .distinct()
                                .toList(),
                        same.stream().anyMatch(Missing::secret)))
                .toList();
    }
}
