package io.bootgate.source.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What a {@code .dockerignore} leaves out, by the rules of the engine's own command line. docker-java's reader is not used:
 * it takes comments for patterns, follows links out of the context and knows no leading slash.
 */
public final class IgnorePatterns {
    public static final IgnorePatterns NONE = new IgnorePatterns(List.of());

    private static final String REGEX_SIGNS = ".+(){}|$^";

    private final List<Rule> rules;

    private IgnorePatterns(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /**
     * One line.
     *
     * @param exception whether it starts with {@code !}
     * @param glob the cleaned pattern
     */
    public record Rule(int line, String text, boolean exception, String glob, Pattern regex) {}

    /**
     * Reads the text of an ignore file.
     *
     * @throws IllegalArgumentException for a pattern that the engine would refuse; the message has line and text
     */
    public static IgnorePatterns parse(String text) {
        List<Rule> rules = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line =
                    i == 0 && lines.get(i).startsWith("\uFEFF") ? lines.get(i).substring(1) : lines.get(i);
            String pattern = line.trim();
            if (line.startsWith("#") || pattern.isEmpty()) {
                continue;
            }
            boolean exception = pattern.startsWith("!");
            String glob = clean(exception ? pattern.substring(1).trim() : pattern);
            if (exception && glob.equals(".")) {
                throw new IllegalArgumentException("line " + (i + 1) + ": '!' excludes nothing");
            }
            try {
                rules.add(new Rule(i + 1, pattern, exception, glob, regex(glob)));
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException("line " + (i + 1) + ": '" + pattern + "' is not a pattern", e);
            }
        }
        return new IgnorePatterns(rules);
    }

    /** The rule that leaves this path (relative to the context, with {@code /}) out; empty if it is sent. */
    public Optional<Rule> exclusion(String path) {
        String[] parts = path.split("/", -1);
        Rule decisive = null;
        for (Rule rule : rules) {
            if (matches(rule, parts)) {
                decisive = rule.exception ? null : rule;
            }
        }
        return Optional.ofNullable(decisive);
    }

    /**
     * Whether an excluded folder may still hold something that is sent. As BuildKit does it: Docker's classic command line
     * overlooks exceptions with wildcards ({@code !lib?/x.py}) below an excluded folder.
     */
    public boolean mayHoldExceptions(String folder) {
        return rules.stream().filter(Rule::exception).anyMatch(rule -> {
            int wildcard = indexOfWildcard(rule.glob);
            String fixed = wildcard < 0 ? rule.glob + "/" : rule.glob.substring(0, wildcard);
            return fixed.startsWith(folder + "/") || (wildcard >= 0 && (folder + "/").startsWith(fixed));
        });
    }

    private static int indexOfWildcard(String glob) {
        for (int i = 0; i < glob.length(); i++) {
            if ("*?[\\".indexOf(glob.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    /** A rule holds for a path when it matches the path itself or a folder above it. */
    private static boolean matches(Rule rule, String[] parts) {
        StringBuilder path = new StringBuilder();
        for (String part : parts) {
            path.append(path.length() == 0 ? "" : "/").append(part);
            if (rule.regex.matcher(path).matches()) {
                return true;
            }
        }
        return false;
    }

    /** Removes {@code .}, {@code x/..}, double and outer slashes. */
    private static String clean(String pattern) {
        List<String> parts = new ArrayList<>();
        for (String part : pattern.split("/", -1)) {
            boolean up = part.equals("..");
            if (up && !parts.isEmpty() && !parts.get(parts.size() - 1).equals("..")) {
                parts.remove(parts.size() - 1);
            } else if (!part.isEmpty() && !part.equals(".") && !(up && pattern.startsWith("/"))) {
                parts.add(part);
            }
        }
        return parts.isEmpty() ? "." : String.join("/", parts);
    }

    private static Pattern regex(String glob) {
        StringBuilder regex = new StringBuilder();
        boolean inClass = false;
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            if (c == '\\' && i + 1 < glob.length()) {
                regex.append(Pattern.quote(String.valueOf(glob.charAt(++i))));
            } else if (inClass) {
                inClass = c != ']';
                regex.append(c == '[' || c == '&' ? "\\" + c : String.valueOf(c));
            } else if (c == '*' && i + 1 < glob.length() && glob.charAt(i + 1) == '*') {
                i++;
                if (i + 1 < glob.length() && glob.charAt(i + 1) == '/') {
                    i++;
                }
                regex.append(i + 1 == glob.length() ? ".*" : "(.*/)?");
            } else if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else if (REGEX_SIGNS.indexOf(c) >= 0 || c == '\\') {
                regex.append('\\').append(c);
            } else {
                inClass = c == '[';
                regex.append(c);
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
