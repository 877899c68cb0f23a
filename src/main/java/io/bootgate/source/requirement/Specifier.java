package io.bootgate.source.requirement;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One condition on a version: {@code >=1.2}.
 *
 * @param version without the {@code .*} of a prefix
 * @param prefix whether it ends with {@code .*}
 */
public record Specifier(String operator, String version, boolean prefix) {
    private static final Pattern FORM = Pattern.compile("\\s*(===|==|~=|!=|<=|>=|<|>)\\s*([^\\s,;()]+)\\s*");

    /** Reads conditions separated by commas; empty if one of them is none. */
    public static Optional<List<Specifier>> all(String text) {
        List<Specifier> specifiers = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            if (part.isBlank()) {
                continue;
            }
            Optional<Specifier> one = of(part);
            if (one.isEmpty()) {
                return Optional.empty();
            }
            specifiers.add(one.get());
        }
        return Optional.of(specifiers);
    }

    static Optional<Specifier> of(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        String operator = form.group(1);
        String version = form.group(2);
        if (operator.equals("===")) {
            return Optional.of(new Specifier(operator, version, false));
        }
        boolean prefix = version.endsWith(".*") && (operator.equals("==") || operator.equals("!="));
        String plain = prefix ? version.substring(0, version.length() - 2) : version;
        Optional<Version> known = Version.of(plain);
        boolean fits = known.isPresent()
                && !(operator.equals("~=") && known.get().release().size() < 2)
                && !(known.get().hasLocal() && !operator.equals("==") && !operator.equals("!="));
        return fits ? Optional.of(new Specifier(operator, plain, prefix)) : Optional.empty();
    }

    /** Whether a version meets the condition; pre-releases are treated as any other. */
    public boolean allows(Version candidate) {
        if (operator.equals("===")) {
            return candidate.toString().toLowerCase(Locale.ROOT).equals(version.toLowerCase(Locale.ROOT));
        }
        Version limit = Version.of(version).orElseThrow();
        return switch (operator) {
            case "==" -> equal(candidate, limit);
            case "!=" -> !equal(candidate, limit);
            case "~=" ->
                candidate.withoutLocal().compareTo(limit) >= 0
                        && startsLike(candidate, limit, limit.release().size() - 1);
            case "<=" -> candidate.withoutLocal().compareTo(limit) <= 0;
            case ">=" -> candidate.withoutLocal().compareTo(limit) >= 0;
            case "<" -> below(candidate, limit);
            default -> above(candidate, limit);
        };
    }

    private boolean equal(Version candidate, Version limit) {
        if (prefix) {
            return startsLike(candidate, limit, limit.release().size());
        }
        return (limit.hasLocal() ? candidate : candidate.withoutLocal()).compareTo(limit) == 0;
    }

    private static boolean startsLike(Version candidate, Version limit, int length) {
        List<java.math.BigInteger> padded = new ArrayList<>(candidate.release());
        while (padded.size() < length) {
            padded.add(java.math.BigInteger.ZERO);
        }
        return candidate.epoch().equals(limit.epoch())
                && padded.subList(0, length).equals(limit.release().subList(0, length));
    }

    /** {@code <1.0} does not take pre-releases of 1.0 itself. */
    private static boolean below(Version candidate, Version limit) {
        if (candidate.compareTo(limit) >= 0) {
            return false;
        }
        boolean ofIt = candidate.isPrerelease() && candidate.base().equals(limit.base());
        return limit.isPrerelease() || !ofIt;
    }

    /** {@code >1.0} does not take post-releases and local versions of 1.0 itself. */
    private static boolean above(Version candidate, Version limit) {
        if (candidate.compareTo(limit) <= 0) {
            return false;
        }
        boolean ofIt = candidate.base().equals(limit.base());
        return !(ofIt && candidate.isPost() && !limit.isPost()) && !(ofIt && candidate.hasLocal());
    }

    @Override
    public String toString() {
        return operator + version + (prefix ? ".*" : "");
    }
}
