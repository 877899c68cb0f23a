package io.bootgate.source.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Words and variables in the arguments of an instruction, as the engine's builder understands them. */
public final class ShellWords {
    private ShellWords() {}

    /** Parts at blanks outside quotes; quotes and escapes stay in the words. */
    public static List<String> split(String text, char escape) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote == 0 && Character.isWhitespace(c)) {
                if (word.length() > 0) {
                    words.add(word.toString());
                    word.setLength(0);
                }
                continue;
            }
            word.append(c);
            if (c == escape && quote != '\'' && i + 1 < text.length()) {
                word.append(text.charAt(++i));
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            }
        }
        if (word.length() > 0) {
            words.add(word.toString());
        }
        return words;
    }

    /**
     * Removes quotes and puts values for variables; a name without a value is an empty string, as in the engine. Empty if
     * the word uses a form of substitution that is not understood.
     */
    public static Optional<String> expand(String word, Map<String, String> values, char escape) {
        StringBuilder out = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (quote != '\'' && c == escape && i + 1 < word.length()) {
                out.append(word.charAt(++i));
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (quote != 0 && c == quote) {
                quote = 0;
            } else if (quote != '\'' && c == '$' && i + 1 < word.length()) {
                int end = endOfVariable(word, i + 1);
                if (end == i + 1) {
                    out.append(c);
                } else {
                    Optional<String> value = value(word.substring(i + 1, end), values, escape);
                    if (value.isEmpty()) {
                        return Optional.empty();
                    }
                    out.append(value.get());
                    i = end - 1;
                }
            } else {
                out.append(c);
            }
        }
        return Optional.of(out.toString());
    }

    private static int endOfVariable(String word, int start) {
        if (word.charAt(start) == '{') {
            int depth = 0;
            for (int i = start; i < word.length(); i++) {
                char c = word.charAt(i);
                depth += c == '{' ? 1 : c == '}' ? -1 : 0;
                if (depth == 0) {
                    return i + 1;
                }
            }
            return start;
        }
        int end = start;
        while (end < word.length() && isNamePart(word.charAt(end))) {
            end++;
        }
        return end;
    }

    private static Optional<String> value(String variable, Map<String, String> values, char escape) {
        if (!variable.startsWith("{")) {
            return Optional.of(values.getOrDefault(variable, ""));
        }
        String inner = variable.substring(1, variable.length() - 1);
        int end = 0;
        while (end < inner.length() && isNamePart(inner.charAt(end))) {
            end++;
        }
        String value = values.get(inner.substring(0, end));
        String modifier = inner.substring(end);
        if (modifier.isEmpty()) {
            return Optional.of(value == null ? "" : value);
        }
        boolean colon = modifier.startsWith(":");
        String operator = colon ? modifier.substring(1) : modifier;
        boolean set = value != null && !(colon && value.isEmpty());
        if (operator.startsWith("-")) {
            return set ? Optional.ofNullable(value) : expand(operator.substring(1), values, escape);
        }
        if (operator.startsWith("+")) {
            return set ? expand(operator.substring(1), values, escape) : Optional.of("");
        }
        if (operator.startsWith("?")) {
            return Optional.of(value == null ? "" : value);
        }
        return Optional.empty();
    }

    private static boolean isNamePart(char c) {
        return c == '_' || (c < 128 && Character.isLetterOrDigit(c));
    }
}
