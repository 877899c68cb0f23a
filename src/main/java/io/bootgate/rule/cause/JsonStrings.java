package io.bootgate.rule.cause;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The string members of a JSON object, at any depth, the first of each name. Forgiving: log lines are cut off, and a log is
 * data that nobody vouches for.
 */
final class JsonStrings {
    private final String text;
    private int at;

    private JsonStrings(String text) {
        this.text = text;
    }

    static Map<String, String> of(String text) {
        return new JsonStrings(text).members();
    }

    private Map<String, String> members() {
        Map<String, String> members = new LinkedHashMap<>();
        while (skipTo('"')) {
            String name = string();
            skipBlanks();
            if (at < text.length() && text.charAt(at) == ':') {
                at++;
                skipBlanks();
                if (at < text.length() && text.charAt(at) == '"') {
                    members.putIfAbsent(name, string());
                }
            }
        }
        return members;
    }

    private boolean skipTo(char wanted) {
        at = text.indexOf(wanted, at);
        if (at < 0) {
            at = text.length();
            return false;
        }
        return true;
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private String string() {
        StringBuilder value = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                break;
            }
            if (c == '\\' && at < text.length()) {
                value.append(escaped(text.charAt(at++)));
            } else {
                value.append(c);
            }
        }
        return value.toString();
    }

    private char escaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> unicode();
            default -> c;
        };
    }

    private char unicode() {
        try {
            char c = (char) Integer.parseInt(text.substring(at, at + 4), 16);
            at += 4;
            return c;
        } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
            return '\uFFFD';
        }
    }
}
