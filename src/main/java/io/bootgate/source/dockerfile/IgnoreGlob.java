package io.bootgate.source.dockerfile;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * One pattern of an ignore file, read as moby/patternmatcher does, oddities included: {@code **} at the start of a plain
 * name means any name with that ending, and {@code |}, <code>{</code> and <code>}</code> are those of regular expressions.
 */
final class IgnoreGlob {
    private static final String ESCAPED = ".+()$";

    private final String text;
    private final Predicate<String> matches;

    /**
     * @param text cleaned by {@link #clean}
     * @throws IllegalArgumentException if the engine would refuse it
     */
    IgnoreGlob(String text) {
        if (!isWellFormed(text)) {
            throw new IllegalArgumentException(text);
        }
        this.text = text;
        this.matches = matcher(text);
    }

    boolean matches(String path) {
        return matches.test(path);
    }

    /** The part before the first sign that stands for something else. */
    String fixedStart() {
        int at = 0;
        while (at < text.length() && "*?[\\|{".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(0, at);
    }

    boolean isFixed() {
        return fixedStart().length() == text.length();
    }

    @Override
    public String toString() {
        return text;
    }

    /** Removes {@code .}, {@code x/..}, double and outer slashes. */
    static String clean(String pattern) {
        boolean rooted = pattern.startsWith("/");
        Deque<String> parts = new ArrayDeque<>();
        for (String part : pattern.split("/", -1)) {
            if (part.equals("..") && !parts.isEmpty() && !parts.getLast().equals("..")) {
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".") && !(rooted && part.equals(".."))) {
                parts.addLast(part);
            }
        }
        String cleaned = String.join("/", parts);
        return cleaned.isEmpty() ? rooted ? "/" : "." : cleaned;
    }

    /** As the standard library of Go has it: every bracket is closed and holds something, every escape escapes something. */
    private static boolean isWellFormed(String glob) {
        int at = 0;
        while (at < glob.length()) {
            char c = glob.charAt(at++);
            if (c == '\\') {
                at++;
                if (at > glob.length()) {
                    return false;
                }
            } else if (c == '[') {
                at = endOfClass(glob, at);
                if (at < 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Where the text after a class goes on; -1 if it is none. */
    private static int endOfClass(String glob, int start) {
        int at = glob.startsWith("^", start) ? start + 1 : start;
        for (int ranges = 0; ; ranges++) {
            if (ranges > 0 && glob.startsWith("]", at)) {
                return at + 1;
            }
            at = endOfCharacter(glob, at);
            if (at >= 0 && glob.startsWith("-", at)) {
                at = endOfCharacter(glob, at + 1);
            }
            if (at < 0) {
                return -1;
            }
        }
    }

    private static int endOfCharacter(String glob, int at) {
        if (at >= glob.length() || glob.charAt(at) == '-' || glob.charAt(at) == ']') {
            return -1;
        }
        int end = glob.charAt(at) == '\\' ? at + 2 : at + 1;
        return end < glob.length() ? end : -1;
    }

    private static Predicate<String> matcher(String glob) {
        if (isPlain(glob)) {
            return glob::equals;
        }
        if (glob.startsWith("**") && isPlain(glob.substring(2))) {
            String ending = glob.substring(2);
            return path -> path.endsWith(ending) || (ending.startsWith("/") && path.equals(ending.substring(1)));
        }
        if (glob.endsWith("**") && isPlain(glob.substring(0, glob.length() - 2))) {
            String start = glob.substring(0, glob.length() - 2);
            return path -> path.startsWith(start);
        }
        Pattern regex = regex(glob);
        return path -> regex.matcher(path).find();
    }

    private static boolean isPlain(String glob) {
        return glob.chars().noneMatch(c -> "*?[]\\".indexOf(c) >= 0);
    }

    private static Pattern regex(String glob) {
        StringBuilder regex = new StringBuilder("^");
        boolean inClass = false;
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            if (c == '*' && i + 1 < glob.length() && glob.charAt(i + 1) == '*') {
                i += glob.startsWith("/", i + 2) ? 2 : 1;
                regex.append(i + 1 == glob.length() ? ".*" : "(.*/)?");
            } else if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else if (ESCAPED.indexOf(c) >= 0) {
                regex.append('\\').append(c);
            } else if (c == '\\') {
                regex.append(Pattern.quote(i + 1 < glob.length() ? glob.substring(++i, i + 1) : "\\"));
            } else if ((inClass && (c == '[' || c == '&')) || (c == '{' && !isRepetition(glob, i))) {
                // Signs of Java's regular expressions only.
                regex.append('\\').append(c);
            } else {
                inClass = inClass ? c != ']' : c == '[';
                regex.append(c);
            }
        }
        try {
            return Pattern.compile(regex + "\\z", Pattern.UNIX_LINES);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(glob, e);
        }
    }

    private static boolean isRepetition(String glob, int at) {
        return at > 0 && glob.substring(at).matches("(?s)\\{\\d+(?:,\\d*)?}.*");
    }
}
