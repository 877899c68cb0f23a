package io.bootgate.distribution;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Two distributions that are known not to work together in certain versions.
 *
 * @param breaks what stops working; empty if it is whatever uses the names that moved, the application included
 * @param with the distribution, or {@code python}, in whose presence it breaks
 * @param moved dotted names that the one asks for and the other no longer has, or does not have yet
 * @param says found in the message where no name is missing; empty if {@code moved} tells it
 * @param pins what fits, any one of them, as lines of a requirement file
 * @param why one clause, without a full stop
 * @param source where it can be read, or {@code seen} if it was only seen
 * @param harmless whether it is only talked about in the log and the program goes on
 */
public record Clash(
        Optional<Requirement> breaks,
        Requirement with,
        List<String> moved,
        Optional<Pattern> says,
        List<String> pins,
        String why,
        String source,
        boolean harmless) {

    public Clash {
        moved = List.copyOf(moved);
        pins = List.copyOf(pins);
    }

    /** Whether the message of an exception that asks for this name, an empty string if for none, tells of it. */
    public boolean explains(String name, String message) {
        return says.map(pattern -> pattern.matcher(message).find()).orElse(false)
                || (!name.isEmpty() && moved.stream().anyMatch(gone -> isNamed(gone, name)));
    }

    // A package's name may be missing from the message: "cannot import name 'url_quote'".
    private static boolean isNamed(String gone, String name) {
        return gone.equals(name) || name.startsWith(gone + ".") || (!name.contains(".") && gone.endsWith("." + name));
    }
}
