package io.bootgate.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The scalar members of a JSON object, those of nested objects included, by their own name; the outermost and first wins.
 * Written by hand because this package is pure: no library of JSON may be used here.
 */
final class JsonFields {
    private static final int MAX_DEPTH = 16;

    private final String text;
    private final Map<String, String> fields = new LinkedHashMap<>();
    private int at;

    private JsonFields(String text) {
        this.text = text;
    }

    /** Empty if the text is not one whole JSON object. */
    static Optional<Map<String, String>> of(String text) {
        JsonFields json = new JsonFields(text);
        boolean whole = json.object(0) && json.blankUntilEnd();
        return whole ? Optional.of(json.fields) : Optional.empty();
    }

    private boolean object(int depth) {
        if (depth > MAX_DEPTH || !take('{')) {
            return false;
        }
        Map<String, String> nested = new LinkedHashMap<>();
        if (take('}')) {
            return true;
        }
        do {
            Optional<String> name = string();
            if (name.isEmpty() || !take(':') || !value(name.get(), depth, nested)) {
                return false;
            }
        } while (take(','));
        nested.forEach(fields::putIfAbsent);
        return take('}');
    }

    private boolean value(String name, int depth, Map<String, String> siblings) {
        char c = peek();
        if (c == '"') {
            Optional<String> value = string();
            value.ifPresent(said -> (depth == 0 ? fields : siblings).put(name, said));
            return value.isPresent();
        }
        if (c == '{') {
            return object(depth + 1);
        }
        if (c == '[') {
            return array(depth + 1);
        }
        int start = at;
        while (at < text.length() && ",}] \t\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        (depth == 0 ? fields : siblings).put(name, text.substring(start, at));
        return at > start;
    }

    private boolean array(int depth) {
        if (depth > MAX_DEPTH || !take('[')) {
            return false;
        }
        if (take(']')) {
            return true;
        }
        Map<String, String> ignored = new LinkedHashMap<>();
        do {
            if (!value("", depth, ignored)) {
                return false;
            }
        } while (take(','));
        return take(']');
    }

    private Optional<String> string() {
        if (!take('"')) {
            return Optional.empty();
        }
        StringBuilder value = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return Optional.of(value.toString());
            }
            if (c != '\\') {
                value.append(c);
            } else if (at < text.length()) {
                escaped(value, text.charAt(at++));
            }
        }
        return Optional.empty();
    }

    private void escaped(StringBuilder value, char c) {
        switch (c) {
            case 'n' -> value.append('\n');
            case 't' -> value.append('\t');
            case 'r' -> value.append('\r');
            case 'b' -> value.append('\b');
            case 'f' -> value.append('\f');
            case 'u' -> {
                int end = Math.min(at + 4, text.length());
                try {
                    value.append((char) Integer.parseInt(text.substring(at, end), 16));
                } catch (NumberFormatException e) {
                    value.append('?');
                }
                at = end;
            }
            default -> value.append(c);
        }
    }

    private boolean take(char c) {
        if (peek() != c) {
            return false;
        }
        at++;
        return true;
    }

    /** The next character that is not blank, NUL at the end. */
    private char peek() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private boolean blankUntilEnd() {
        peek();
        return at == text.length();
    }
}
