package io.bootgate.source.python;

/** The escapes of a string literal. */
final class Escapes {
    private static final String SIMPLE = "\\'\"abfnrtv";
    private static final String VALUES = "\\'\"\u0007\b\f\n\r\t\u000b";

    private Escapes() {}

    static String resolve(String text) {
        StringBuilder result = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 >= text.length()) {
                result.append(c);
                i++;
                continue;
            }
            i = escape(text, i + 1, result);
        }
        return result.toString();
    }

    private static int escape(String text, int at, StringBuilder result) {
        char c = text.charAt(at);
        int simple = SIMPLE.indexOf(c);
        if (simple >= 0) {
            result.append(VALUES.charAt(simple));
            return at + 1;
        }
        if (c == '\n') {
            return at + 1;
        }
        if (c == '\r') {
            return text.startsWith("\n", at + 1) ? at + 2 : at + 1;
        }
        if (c >= '0' && c <= '7') {
            return number(text, at, 3, 8, result);
        }
        if (c == 'x' || c == 'u' || c == 'U') {
            int digits = c == 'x' ? 2 : c == 'u' ? 4 : 8;
            int end = number(text, at + 1, digits, 16, result);
            if (end > at + 1) {
                return end;
            }
        }
        if (c == 'N' && text.startsWith("{", at + 1) && text.indexOf('}', at) > 0) {
            result.append('?');
            return text.indexOf('}', at) + 1;
        }
        result.append('\\').append(c);
        return at + 1;
    }

    private static int number(String text, int at, int digits, int base, StringBuilder result) {
        int end = at;
        int value = 0;
        while (end < text.length() && end < at + digits && Character.digit(text.charAt(end), base) >= 0) {
            value = value * base + Character.digit(text.charAt(end), base);
            end++;
        }
        if (end > at) {
            result.appendCodePoint(Character.isValidCodePoint(value) ? value : '?');
        }
        return end;
    }
}
