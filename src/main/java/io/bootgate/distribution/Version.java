package io.bootgate.distribution;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of a distribution, ordered as PEP 440 orders them. What is no such version ({@code 2.2.2-1ubuntu3}) is ordered by
 * the numbers it begins with.
 */
public record Version(String text) implements Comparable<Version> {
    private static final Pattern FORM = Pattern.compile("(?i)^\\s*v?(?:(\\d+)!)?(\\d+(?:\\.\\d+)*)"
            + "(?:[-_.]?(a|b|c|rc|alpha|beta|pre|preview)[-_.]?(\\d*))?"
            + "(?:(?:[-_.]?(post|rev|r)[-_.]?(\\d*))|-(\\d+))?"
            + "(?:[-_.]?(dev)[-_.]?(\\d*))?");

    // What comes after the numbers, from the earliest to the latest.
    private static final long DEVELOPMENT = -4;
    private static final long FINAL = 0;
    private static final long POST = 1;

    /** The numbers between the dots; empty if it begins with none. */
    public List<Long> release() {
        Matcher form = FORM.matcher(text);
        List<Long> release = new ArrayList<>();
        if (form.find()) {
            for (String part : form.group(2).split("\\.", -1)) {
                release.add(number(part));
            }
        }
        return release;
    }

    /** Whether it is an alpha, a beta, a release candidate or a development version. */
    public boolean isPreRelease() {
        Matcher form = FORM.matcher(text);
        return form.find() && (form.group(3) != null || form.group(8) != null);
    }

    @Override
    public int compareTo(Version other) {
        List<Long> mine = key();
        List<Long> theirs = other.key();
        for (int i = 0; i < Math.max(mine.size(), theirs.size()); i++) {
            int order = Long.compare(i < mine.size() ? mine.get(i) : 0, i < theirs.size() ? theirs.get(i) : 0);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** Whether both are the same release: {@code 3.0} and {@code 3.0.0} are. */
    public boolean isSame(Version other) {
        return compareTo(other) == 0;
    }

    /** Epoch, eight numbers, then what comes after them. */
    private List<Long> key() {
        Matcher form = FORM.matcher(text);
        if (!form.find()) {
            return List.of();
        }
        List<Long> key = new ArrayList<>(List.of(form.group(1) == null ? 0L : number(form.group(1))));
        String[] release = form.group(2).split("\\.", -1);
        for (int i = 0; i < 8; i++) {
            key.add(i < release.length ? number(release[i]) : 0);
        }
        boolean post = form.group(5) != null || form.group(7) != null;
        boolean development = form.group(8) != null;
        if (form.group(3) != null) {
            key.add(stage(form.group(3)));
            key.add(number(form.group(4)));
        } else {
            key.add(development && !post ? DEVELOPMENT : FINAL);
            key.add(0L);
        }
        key.add(post ? POST + number(form.group(5) == null ? form.group(7) : form.group(6)) : 0);
        key.add(development ? number(form.group(9)) - Long.MAX_VALUE / 2 : 0);
        return key;
    }

    private static long stage(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "a", "alpha" -> -3;
            case "b", "beta" -> -2;
            default -> -1;
        };
    }

    private static long number(String digits) {
        return digits.isEmpty() ? 0 : digits.length() > 15 ? Long.MAX_VALUE / 4 : Long.parseLong(digits);
    }

    @Override
    public String toString() {
        return text;
    }
}
