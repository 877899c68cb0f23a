package io.bootgate.distribution;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which versions of a distribution are meant: {@code >=2.1,<3}. Empty means all.
 *
 * @param text as written, without blanks
 */
public record VersionRange(String text) {
    /** Every version. */
    public static final VersionRange ANY = new VersionRange("");

    private static final Pattern CLAUSE = Pattern.compile("(===|==|~=|!=|<=|>=|<|>)([^,;\\s()]+)");

    public VersionRange {
        text = text.replaceAll("[\\s()]", "");
    }

    public boolean isAny() {
        return clauses().isEmpty();
    }

    public boolean contains(Version version) {
        return clauses().stream().allMatch(clause -> clause.allows(version));
    }

    /** The one version that it names with {@code ==}; empty if it names none, or several. */
    public java.util.Optional<Version> pinned() {
        return clauses().stream()
                .filter(clause -> (clause.operator.equals("==") || clause.operator.equals("==="))
                        && !clause.version.text().endsWith(".*"))
                .map(Clause::version)
                .findFirst();
    }

    /** Whether it has no upper bound, so that the newest version is taken where nothing else holds it. */
    public boolean isOpenAbove() {
        return clauses().stream().allMatch(clause -> clause.operator.startsWith(">") || clause.operator.equals("!="));
    }

    private List<Clause> clauses() {
        List<Clause> clauses = new ArrayList<>();
        Matcher matcher = CLAUSE.matcher(text);
        while (matcher.find()) {
            clauses.add(new Clause(matcher.group(1), new Version(matcher.group(2))));
        }
        return clauses;
    }

    private record Clause(String operator, Version version) {
        boolean allows(Version other) {
            int order = other.compareTo(version);
            return switch (operator) {
                case "<" -> order < 0 && !(other.isPreRelease() && isSeries(other, version.release()));
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                case ">=" -> order >= 0;
                case "!=" -> !isEqual(other);
                case "~=" ->
                    order >= 0
                            && isSeries(
                                    other,
                                    version.release()
                                            .subList(
                                                    0,
                                                    Math.max(
                                                            0, version.release().size() - 1)));
                default -> isEqual(other);
            };
        }

        private boolean isEqual(Version other) {
            return version.text().endsWith(".*") ? isSeries(other, version.release()) : other.isSame(version);
        }

        private static boolean isSeries(Version version, List<Long> series) {
            List<Long> release = version.release();
            for (int i = 0; i < series.size(); i++) {
                if (!series.get(i).equals(i < release.size() ? release.get(i) : Long.valueOf(0))) {
                    return false;
                }
            }
            return true;
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
