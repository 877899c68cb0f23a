package io.bootgate.autopsy;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Names that may be meant to be the same. */
final class Typo {
    private Typo() {}

    /** The nearest of these, if it is near enough to be the same with a slip of the pen. */
    static Optional<String> nearest(String name, Collection<String> others) {
        return others.stream()
                .filter(other -> distance(plain(name), plain(other)) <= Math.min(3, Math.max(1, name.length() / 4)))
                .min(Comparator.comparingInt(other -> distance(plain(name), plain(other))));
    }

    private static String plain(String name) {
        return name.toUpperCase(Locale.ROOT).replace("_", "").replace("-", "");
    }

    /** How many letters must be added, left out, changed or swapped with their neighbour. */
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int best = Math.min(Math.min(cost[i - 1][j] + 1, cost[i][j - 1] + 1), cost[i - 1][j - 1] + change);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                cost[i][j] = swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
            }
        }
        return cost[a.length()][b.length()];
    }
}
