package io.bootgate.deployment.compose;

import io.bootgate.deployment.DeploymentException;
import io.bootgate.deployment.Variable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Files of variables as Compose reads them: quotes, comments, {@code export}, values over several lines, and variables in
 * values. Errors never show text of the file: it may be a secret.
 */
final class DotEnv {
    private static final Pattern START = Pattern.compile(
            "[ \\t]*(?:export[ \\t]+)?([A-Za-z_][A-Za-z0-9_.\\-\\[\\]]*)[ \\t]*(?:[=:][ \\t]*|(?=[#\\n]|$))");
    private static final Pattern REST = Pattern.compile("[^\\n]*");
    private static final Pattern COMMENT = Pattern.compile("[ \\t]+#.*");

    private final String file;
    private final String text;
    private final Map<String, String> known;
    private final Map<String, Variable> variables = new LinkedHashMap<>();
    private int at;

    private DotEnv(String file, String text, Map<String, String> before) {
        this.file = file;
        this.text = text.replace("\r\n", "\n");
        this.known = new HashMap<>(before);
    }

    /** Reads a file; the variables before it are for those in its values. */
    static Map<String, Variable> read(String file, String text, Map<String, String> before) {
        DotEnv reader = new DotEnv(file, text, before);
        while (reader.at < reader.text.length()) {
            reader.line();
        }
        return reader.variables;
    }

    /** {@code NAME=value} with the value as it stands. */
    static Map<String, Variable> raw(String text) {
        Map<String, Variable> variables = new LinkedHashMap<>();
        text.lines()
                .filter(line -> !line.isBlank() && !line.stripLeading().startsWith("#"))
                .forEach(line -> {
                    int equals = line.indexOf('=');
                    if (equals > 0) {
                        variables.put(line.substring(0, equals).strip(), Variable.plain(line.substring(equals + 1)));
                    }
                });
        return variables;
    }

    private void line() {
        Matcher rest = REST.matcher(text).region(at, text.length());
        rest.lookingAt();
        String line = rest.group().strip();
        if (line.isEmpty() || line.startsWith("#")) {
            at = rest.end() + 1;
            return;
        }
        Matcher start = START.matcher(text).region(at, text.length());
        if (!start.lookingAt()) {
            throw new DeploymentException(file, lineNumber(), 1, "this is no variable. Write NAME=value.");
        }
        String name = start.group(1);
        boolean alone =
                start.end() == 0 || (start.end() <= rest.end() && !start.group().matches(".*[=:][ \\t]*"));
        at = start.end();
        if (alone) {
            at = rest.end() + 1;
            put(name, null);
        } else if (at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'')) {
            quoted(name, text.charAt(at));
        } else {
            String value = COMMENT.matcher(text.substring(at, rest.end())).replaceFirst("");
            put(name, value.startsWith("#") ? "" : value.strip(), true);
            at = rest.end() + 1;
        }
    }

    private void quoted(String name, char quote) {
        int opened = lineNumber();
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length() && text.charAt(at) != quote; at++) {
            char c = text.charAt(at);
            if (c == '\\' && quote == '"' && at + 1 < text.length()) {
                at++;
                value.append(escaped(text.charAt(at)));
            } else {
                value.append(c);
            }
        }
        if (at >= text.length()) {
            throw new DeploymentException(
                    file, opened, 1, "the quotes of the value of %s are not closed.".formatted(name));
        }
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end + 1;
        put(name, value.toString(), quote == '"');
    }

    private static String escaped(char c) {
        return switch (c) {
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'r' -> "\r";
            case '$' -> "$$";
            default -> String.valueOf(c);
        };
    }

    private void put(String name, String value, boolean interpolated) {
        if (!interpolated) {
            put(name, value);
            return;
        }
        try {
            Interpolation.Result result = new Interpolation(known).of(value);
            if (result.text().isPresent()) {
                put(name, result.text().get());
            } else {
                variables.put(name, Variable.unresolved(result.why().orElse(""), false));
            }
        } catch (Interpolation.Invalid e) {
            throw new DeploymentException(file, lineNumber(), 1, e.reason());
        }
    }

    private void put(String name, @Nullable String value) {
        if (value == null) {
            variables.put(
                    name,
                    known.containsKey(name)
                            ? Variable.plain(known.getOrDefault(name, ""))
                            : Variable.unresolved("taken from the environment of whoever deploys", false));
        } else {
            known.put(name, value);
            variables.put(name, Variable.plain(value));
        }
    }

    private int lineNumber() {
        return 1
                + (int) text.substring(0, Math.min(at, text.length()))
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }
}
