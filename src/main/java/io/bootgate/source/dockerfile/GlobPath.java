package io.bootgate.source.dockerfile;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A source of COPY or ADD: {@code *}, {@code ?} and {@code [a-z]} stand for parts of one name. */
public final class GlobPath {
    private final String path;
    private final Pattern regex;

    /** @param path as {@link #clean} gives it */
    public GlobPath(String path) {
        this.path = path;
        this.regex = regex(path);
    }

    /** Whether the path is matched itself. */
    public boolean matches(String other) {
        return regex.matcher(other).matches();
    }

    public boolean isPattern() {
        return path.indexOf('*') >= 0 || path.indexOf('?') >= 0 || path.indexOf('[') >= 0;
    }

    /** Resolves {@code .} and {@code ..} and takes outer slashes off: the context's own root is the empty string. */
    public static String clean(String path) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                boolean inside = !parts.isEmpty() && !parts.getLast().equals("..");
                if (inside) {
                    parts.removeLast();
                } else if (!path.startsWith("/")) {
                    parts.addLast(part);
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }

    private static Pattern regex(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            int close = c == '[' ? glob.indexOf(']', i + 2) : -1;
            if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else if (close > 0) {
                regex.append(glob, i, close + 1);
                i = close;
            } else if (c == '\\' && i + 1 < glob.length()) {
                regex.append(Pattern.quote(String.valueOf(glob.charAt(++i))));
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        try {
            return Pattern.compile(regex.toString(), Pattern.DOTALL);
        } catch (PatternSyntaxException e) {
            return Pattern.compile(Pattern.quote(glob));
        }
    }
}
