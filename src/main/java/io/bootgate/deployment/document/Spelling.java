package io.bootgate.deployment.document;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Guesses which word was meant by one that is not known. */
final class Spelling {
    private static final int LONGEST = 50;

    private Spelling() {}

    /** {@code " Did you mean "ports"?"}, or nothing. */
    static String meant(String word, List<String> known) {
        if (word.length() > LONGEST) {
            return "";
        }
        String small = word.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(each -> distance(small, each.toLowerCase(Locale.ROOT)) <= Math.max(1, word.length() / 5))
                .min(Comparator.comparingInt(each -> distance(small, each.toLowerCase(Locale.ROOT))))
                .map(" Did you mean \"%s\"?"::formatted)
                .orElse("");
    }

    /** Levenshtein's. */
    private static int distance(String one, String other) {
        int[] last = new int[other.length() + 1];
        for (int j = 0; j < last.length; j++) {
            last[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = last[0];
            last[0] = i;
            for (int j = 1; j < last.length; j++) {
                int above = last[j];
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                last[j] = Math.min(changed, Math.min(above, last[j - 1]) + 1);
                diagonal = above;
            }
        }
        return last[other.length()];
    }
}
