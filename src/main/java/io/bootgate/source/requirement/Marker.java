package io.bootgate.source.requirement;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Evaluates the markers of PEP 508: {@code python_version < "3.11" and sys_platform == "linux"}. */
final class Marker {
    private static final Pattern TOKEN =
            Pattern.compile("\\s*(?:(\\(|\\)|===|==|~=|!=|<=|>=|<|>)|(\"[^\"]*\"|'[^']*')|([A-Za-z_][A-Za-z0-9_.]*))");
    private static final List<String> OLD_NAMES = List.of(
            "os.name",
            "sys.platform",
            "platform.version",
            "platform.machine",
            "platform.python_implementation",
            "python_implementation");

    private final List<String> tokens = new ArrayList<>();
    private final Map<String, String> environment;
    private int at;

    private Marker(Map<String, String> environment) {
        this.environment = environment;
    }

    /** What the marker says where these values hold; empty if it is no marker, or a value that it asks for is not known. */
    static Optional<Boolean> holds(String text, Map<String, String> environment) {
        Marker marker = new Marker(environment);
        Matcher token = TOKEN.matcher(text);
        int end = 0;
        while (end < text.length() && token.find(end) && token.start() == end) {
            marker.tokens.add(token.group().strip());
            end = token.end();
        }
        if (!text.substring(end).isBlank() || marker.tokens.isEmpty()) {
            return Optional.empty();
        }
        Optional<Boolean> result = marker.either();
        return marker.at == marker.tokens.size() ? result : Optional.empty();
    }

    private Optional<Boolean> either() {
        Optional<Boolean> result = both();
        while (take("or")) {
            Optional<Boolean> next = both();
            result = result.filter(value -> value)
                    .or(() -> next.filter(value -> value))
                    .or(() -> Optional.of(false));
        }
        return result;
    }

    private Optional<Boolean> both() {
        Optional<Boolean> result = comparison();
        while (take("and")) {
            Optional<Boolean> next = comparison();
            Optional<Boolean> before = result;
            result = before.isPresent() && !before.get()
                    ? before
                    : next.isPresent() && !next.get() ? next : before.isPresent() ? next : before;
        }
        return result;
    }

    private Optional<Boolean> comparison() {
        if (take("(")) {
            Optional<Boolean> inner = either();
            return take(")") ? inner : Optional.empty();
        }
        String left = next();
        String operator = next();
        if (operator.equals("not")) {
            operator = next().equals("in") ? "not in" : "";
        }
        return compare(left, operator, next());
    }

    private Optional<Boolean> compare(String left, String operator, String right) {
        Optional<String> one = value(left);
        Optional<String> two = value(right);
        if (one.isEmpty() || two.isEmpty()) {
            return Optional.empty();
        }
        if (operator.equals("in")) {
            return Optional.of(two.get().contains(one.get()));
        }
        if (operator.equals("not in")) {
            return Optional.of(!two.get().contains(one.get()));
        }
        boolean versions = left.startsWith("python_")
                || right.startsWith("python_")
                || left.endsWith("_version")
                || right.endsWith("_version");
        // The version that is written out is the condition, on whichever side it stands.
        boolean turned = left.startsWith("\"") || left.startsWith("'");
        Optional<Specifier> specifier = Specifier.of(turned ? turned(operator) + one.get() : operator + two.get());
        Optional<Version> version = Version.of(turned ? two.get() : one.get());
        if (versions && specifier.isPresent() && version.isPresent()) {
            return Optional.of(specifier.get().allows(version.get()));
        }
        int order = one.get().compareTo(two.get());
        return switch (operator) {
            case "==", "===" -> Optional.of(order == 0);
            case "!=" -> Optional.of(order != 0);
            case "<" -> Optional.of(order < 0);
            case "<=" -> Optional.of(order <= 0);
            case ">" -> Optional.of(order > 0);
            case ">=" -> Optional.of(order >= 0);
            default -> Optional.empty();
        };
    }

    private static String turned(String operator) {
        return switch (operator) {
            case "<" -> ">";
            case ">" -> "<";
            case "<=" -> ">=";
            case ">=" -> "<=";
            default -> operator;
        };
    }

    private Optional<String> value(String token) {
        if (token.startsWith("\"") || token.startsWith("'")) {
            return Optional.of(token.substring(1, token.length() - 1));
        }
        String name = OLD_NAMES.contains(token) ? token.replace('.', '_') : token;
        return Optional.ofNullable(
                environment.get(name.equals("python_implementation") ? "platform_python_implementation" : name));
    }

    private boolean take(String token) {
        if (at < tokens.size() && tokens.get(at).equals(token)) {
            at++;
            return true;
        }
        return false;
    }

    private String next() {
        return at < tokens.size() ? tokens.get(at++) : "";
    }
}
