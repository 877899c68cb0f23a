package io.bootgate.deployment.compose;

import io.bootgate.deployment.document.Findings;
import io.bootgate.deployment.document.Mapping;
import io.bootgate.deployment.document.Mapping.Entry;
import io.bootgate.deployment.document.Node;
import io.bootgate.deployment.document.Scalar;
import io.bootgate.deployment.document.Sequence;
import io.bootgate.deployment.document.Unknown;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces {@code $NAME} and {@code ${NAME:-default}} as Compose does, but for one thing: what is not set makes the value
 * unknown, where Compose warns and takes nothing for it.
 */
final class Interpolation {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
    private static final int DEEPEST = 20;

    private final Map<String, String> variables;

    Interpolation(Map<String, String> variables) {
        this.variables = variables;
    }

    /** Either the text, or why it is not known. */
    record Result(Optional<String> text, Optional<String> why) {}

    /** Thrown where {@code ${...}} is not well-formed. */
    static final class Invalid extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String reason;

        Invalid(String reason) {
            super(reason);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    Node in(Node node, Findings findings) {
        if (node instanceof Mapping mapping) {
            return new Mapping(
                    mapping.place(),
                    mapping.entries().stream()
                            .map(entry -> new Entry(entry.at(), entry.key(), in(entry.value(), findings)))
                            .toList());
        }
        if (node instanceof Sequence sequence) {
            return new Sequence(
                    sequence.place(),
                    sequence.items().stream().map(item -> in(item, findings)).toList());
        }
        if (!(node instanceof Scalar scalar) || scalar.text().indexOf('$') < 0) {
            return node;
        }
        try {
            Result result = of(scalar.text());
            return result.text().isPresent()
                    ? new Scalar(scalar.place(), result.text().get(), false)
                    : new Unknown(scalar.place(), result.why().orElse(""), false);
        } catch (Invalid e) {
            throw findings.malformed(scalar.place(), e.reason());
        }
    }

    Result of(String text) {
        Set<String> missing = new LinkedHashSet<>();
        String replaced = replace(text, missing, 0);
        return missing.isEmpty()
                ? new Result(Optional.of(replaced), Optional.empty())
                : new Result(Optional.empty(), Optional.of(String.join(", ", missing)));
    }

    private String replace(String text, Set<String> missing, int depth) {
        if (depth > DEEPEST) {
            throw new Invalid("the defaults of variables are nested deeper than " + DEEPEST + " levels.");
        }
        StringBuilder replaced = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
            if (c != '$') {
                replaced.append(c);
                at++;
            } else if (next == '$') {
                replaced.append('$');
                at += 2;
            } else if (next == '{') {
                int end = end(text, at + 2);
                replaced.append(expression(text.substring(at + 2, end), missing, depth));
                at = end + 1;
            } else {
                Matcher name = NAME.matcher(text).region(at + 1, text.length());
                if (name.lookingAt()) {
                    replaced.append(value(name.group(), missing));
                    at = name.end();
                } else {
                    replaced.append(c);
                    at++;
                }
            }
        }
        return replaced.toString();
    }

    private static int end(String text, int start) {
        int open = 1;
        for (int at = start; at < text.length(); at++) {
            if (text.charAt(at) == '{' && text.charAt(at - 1) == '$') {
                open++;
            } else if (text.charAt(at) == '}' && --open == 0) {
                return at;
            }
        }
        throw new Invalid("a \"${\" has no \"}\". A dollar that is meant as such is written \"$$\".");
    }

    private String expression(String expression, Set<String> missing, int depth) {
        Matcher name = NAME.matcher(expression);
        if (!name.lookingAt()) {
            throw new Invalid("\"${\" is followed by no name. A dollar that is meant as such is written \"$$\".");
        }
        String operator = expression.substring(name.end());
        String value = variables.getOrDefault(name.group(), "");
        boolean orEmpty = operator.startsWith(":");
        boolean there = variables.containsKey(name.group()) && !(orEmpty && value.isEmpty());
        String kind = orEmpty ? operator.substring(1) : operator;
        if (kind.isEmpty() && !orEmpty) {
            return value(name.group(), missing);
        }
        if (kind.isEmpty() || "-?+".indexOf(kind.charAt(0)) < 0) {
            throw new Invalid("\"${%s\" is followed by \"%s\", which Compose does not know. Example: ${%s:-default}"
                    .formatted(name.group(), operator, name.group()));
        }
        String rest = kind.substring(1);
        return switch (kind.charAt(0)) {
            case '-' -> there ? value : replace(rest, missing, depth + 1);
            case '+' -> there ? replace(rest, missing, depth + 1) : "";
            default -> there ? value : required(name.group(), rest, missing);
        };
    }

    private String value(String name, Set<String> missing) {
        String value = variables.get(name);
        if (value == null) {
            missing.add("${" + name + "} is not set");
            return "";
        }
        return value;
    }

    private static String required(String name, String message, Set<String> missing) {
        missing.add("${" + name + "} is required" + (message.isBlank() ? "" : " (" + message + ")"));
        return "";
    }
}
