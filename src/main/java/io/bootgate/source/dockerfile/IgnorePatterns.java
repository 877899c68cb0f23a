package io.bootgate.source.dockerfile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a {@code .dockerignore} leaves out, by the rules of the engine's own command line. docker-java's reader is not used:
 * it takes comments for patterns, follows links out of the context and knows no leading slash.
 */
public final class IgnorePatterns {
    public static final IgnorePatterns NONE = new IgnorePatterns(List.of());

    private static final Pattern BLANKS =
            Pattern.compile("^[\\s\\x85\\xA0]+|[\\s\\x85\\xA0]+$", Pattern.UNICODE_CHARACTER_CLASS);

    private final List<Matching> rules;

    private IgnorePatterns(List<Matching> rules) {
        this.rules = List.copyOf(rules);
    }

    /**
     * One line.
     *
     * @param exception whether it starts with {@code !}
     * @param glob the cleaned pattern
     */
    public record Rule(int line, String text, boolean exception, String glob) {}

    private record Matching(Rule rule, IgnoreGlob glob) {}

    /**
     * Reads the text of an ignore file.
     *
     * @throws IllegalArgumentException for a pattern that the engine would refuse; the message has line and text
     */
    public static IgnorePatterns parse(String text) {
        List<Matching> rules = new ArrayList<>();
        List<String> lines = Arrays.stream(text.split("\n", -1))
                .map(line -> line.endsWith("\r") ? line.substring(0, line.length() - 1) : line)
                .toList();
        for (int i = 0; i < lines.size(); i++) {
            String line =
                    i == 0 && lines.get(i).startsWith("\uFEFF") ? lines.get(i).substring(1) : lines.get(i);
            String pattern = trimmed(line);
            if (line.startsWith("#") || pattern.isEmpty()) {
                continue;
            }
            boolean exception = pattern.startsWith("!");
            String named = exception ? trimmed(pattern.substring(1)) : pattern;
            if (named.isEmpty() || (exception && IgnoreGlob.clean(named).equals("/"))) {
                throw new IllegalArgumentException("line " + (i + 1) + ": '!' excludes nothing");
            }
            try {
                IgnoreGlob glob = new IgnoreGlob(IgnoreGlob.clean(named));
                rules.add(new Matching(new Rule(i + 1, pattern, exception, glob.toString()), glob));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + (i + 1) + ": '" + pattern + "' is not a pattern", e);
            }
        }
        return new IgnorePatterns(rules);
    }

    /** The rule that leaves this path (relative to the context, with {@code /}) out; empty if it is sent. */
    public Optional<Rule> exclusion(String path) {
        boolean[] above = new boolean[rules.size()];
        Optional<Rule> decisive = Optional.empty();
        for (int end = path.indexOf('/'); ; end = path.indexOf('/', end + 1)) {
            decisive = decisive(end < 0 ? path : path.substring(0, end), above);
            if (end < 0) {
                return decisive;
            }
        }
    }

    /**
     * What holds for a path, from what held for the folder above it. As the engine has it, a rule that could change nothing
     * is not looked at, and so does not hold below either: that decides between rules that contradict each other.
     *
     * @param held by rule, for the folder above; afterwards for this path
     */
    private Optional<Rule> decisive(String path, boolean[] held) {
        Rule decisive = null;
        for (int i = 0; i < held.length; i++) {
            Matching each = rules.get(i);
            if (!held[i] && each.rule.exception != (decisive != null)) {
                continue;
            }
            held[i] |= each.glob.matches(path);
            if (held[i]) {
                decisive = each.rule.exception ? null : each.rule;
            }
        }
        return Optional.ofNullable(decisive);
    }

    /** Whether an excluded folder may still hold something that is sent, as BuildKit has it. */
    public boolean mayHoldExceptions(String folder) {
        return exceptions().anyMatch(glob -> {
            String fixed = glob.isFixed() ? glob + "/" : glob.fixedStart();
            return fixed.startsWith(folder + "/") || (!glob.isFixed() && (folder + "/").startsWith(fixed));
        });
    }

    public boolean hasWildcardExceptions() {
        return exceptions().anyMatch(glob -> !glob.isFixed());
    }

    /**
     * The same as Docker's classic command line has it: that one overlooks exceptions with wildcards ({@code !**}{@code
     * /x.py}) below an excluded folder.
     */
    public boolean classicLooksInto(String folder) {
        return exceptions().anyMatch(glob -> (glob + "/").startsWith(folder + "/"));
    }

    private Stream<IgnoreGlob> exceptions() {
        return rules.stream().filter(each -> each.rule.exception).map(Matching::glob);
    }

    /** Blanks as the engine knows them. */
    private static String trimmed(String line) {
        return BLANKS.matcher(line).replaceAll("");
    }
}
