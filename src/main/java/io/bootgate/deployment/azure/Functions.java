package io.bootgate.deployment.azure;

import io.bootgate.deployment.document.Mapping;
import io.bootgate.deployment.document.Mapping.Entry;
import io.bootgate.deployment.document.Node;
import io.bootgate.deployment.document.Scalar;
import io.bootgate.deployment.document.Sequence;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The functions of templates that need nothing but their arguments, which are all known. What is asked in a form that is not
 * read here is an {@link IllegalArgumentException}; what is not among them is nothing.
 */
final class Functions {
    private static final int LONGEST = 100_000;
    private static final Pattern FIELD = Pattern.compile("\\{\\{|}}|\\{(\\d{1,3})(?::[^{}]*)?}");

    private final Values make;
    private final List<Node> arguments;

    private Functions(Values make, List<Node> arguments) {
        this.make = make;
        this.arguments = arguments;
    }

    static Optional<Node> call(String name, List<Node> arguments, Values make) {
        Optional<Node> result = Optional.ofNullable(new Functions(make, arguments).call(name.toLowerCase(Locale.ROOT)));
        result.ifPresent(Functions::check);
        return result;
    }

    /** Whether only its arguments keep a call from being evaluated. */
    static boolean isKnown(String name) {
        try {
            return call(name, List.of(), new Values(new Node.Place(1, 1))).isPresent();
        } catch (IllegalArgumentException e) {
            // It asks for arguments.
            return true;
        }
    }

    /** Templates can double a text again and again. */
    private static void check(Node node) {
        if ((node instanceof Scalar scalar && scalar.text().length() > LONGEST)
                || (node instanceof Sequence list && list.items().size() > LONGEST)) {
            throw new IllegalArgumentException("the result is longer than " + LONGEST);
        }
    }

    private @Nullable Node call(String name) {
        return switch (name) {
            case "concat" -> concat();
            case "format" -> text(format());
            case "tolower" -> text(text(0).toLowerCase(Locale.ROOT));
            case "toupper" -> text(text(0).toUpperCase(Locale.ROOT));
            case "trim" -> text(text(0).strip());
            case "string" -> text(text(0));
            case "replace" -> text(text(0).replace(text(1), text(2)));
            case "substring" -> text(substring());
            case "base64" -> text(Base64.getEncoder().encodeToString(text(0).getBytes(StandardCharsets.UTF_8)));
            case "base64tostring" -> text(new String(Base64.getDecoder().decode(text(0)), StandardCharsets.UTF_8));
            case "padleft" -> text(padded());
            case "join" -> text(items(0).stream().map(Functions::text).collect(Collectors.joining(text(1))));
            case "split" ->
                make.list(List.of(text(0).split(Pattern.quote(text(1)), -1)).stream()
                        .map(part -> make.text(part, isSecret()))
                        .toList());
            case "startswith" -> make.flag(lower(0).startsWith(lower(1)));
            case "endswith" -> make.flag(lower(0).endsWith(lower(1)));
            case "indexof" -> make.number(String.valueOf(lower(0).indexOf(lower(1))));
            case "contains" -> make.flag(contains());
            case "empty" -> make.flag(isEmpty(argument(0)));
            case "equals" -> make.flag(isEqual());
            case "not" -> make.flag(!flag(argument(0)));
            case "greater" -> make.flag(compare() > 0);
            case "greaterorequals" -> make.flag(compare() >= 0);
            case "less" -> make.flag(compare() < 0);
            case "lessorequals" -> make.flag(compare() <= 0);
            case "add" -> number(decimal(0).add(decimal(1)));
            case "sub" -> number(decimal(0).subtract(decimal(1)));
            case "mul" -> number(decimal(0).multiply(decimal(1)));
            case "div" -> number(decimal(0).divideToIntegralValue(divisor()));
            case "mod" -> number(decimal(0).remainder(divisor()));
            case "min" -> number(numbers().stream().min(BigDecimal::compareTo).orElseThrow());
            case "max" -> number(numbers().stream().max(BigDecimal::compareTo).orElseThrow());
            case "int" -> number(decimal(0).divideToIntegralValue(BigDecimal.ONE));
            case "float" -> number(decimal(0));
            case "bool" -> make.flag(flag(argument(0)));
            case "true" -> make.flag(true);
            case "false" -> make.flag(false);
            case "null" -> make.nothing();
            case "array" -> argument(0) instanceof Sequence ? argument(0) : make.list(arguments);
            case "createarray" -> make.list(arguments);
            case "createobject" -> object();
            case "first" -> edge(true);
            case "last" -> edge(false);
            case "length" -> make.number(String.valueOf(length()));
            case "skip", "take" -> part(name.equals("take"));
            case "union" -> union();
            default -> null;
        };
    }

    private Node argument(int index) {
        if (index >= arguments.size()) {
            throw new IllegalArgumentException("it needs more arguments");
        }
        return arguments.get(index);
    }

    private String text(int index) {
        return text(argument(index));
    }

    static String text(Node node) {
        if (!(node instanceof Scalar scalar)) {
            throw new IllegalArgumentException("text is expected, not a list or an object");
        }
        boolean flag = scalar.plain() && scalar.text().matches("true|false");
        // As Azure writes them: "True".
        return flag
                ? scalar.text().substring(0, 1).toUpperCase(Locale.ROOT)
                        + scalar.text().substring(1)
                : scalar.text();
    }

    private String lower(int index) {
        return text(index).toLowerCase(Locale.ROOT);
    }

    private Node text(String text) {
        return make.text(text, isSecret());
    }

    /** Whoever is made from a secret is one. */
    private boolean isSecret() {
        return arguments.stream().anyMatch(Values::isSecret);
    }

    private Node number(BigDecimal number) {
        BigDecimal plain = number.stripTrailingZeros();
        if (plain.precision() > 40 || Math.abs(plain.scale()) > 40) {
            throw new IllegalArgumentException("the number is too large");
        }
        return make.number(plain.toPlainString());
    }

    private BigDecimal decimal(int index) {
        return decimal(argument(index));
    }

    private static BigDecimal decimal(Node node) {
        String text = text(node).strip();
        if (!text.matches("-?\\d{1,20}(\\.\\d{1,20})?")) {
            throw new IllegalArgumentException("a number is expected");
        }
        return new BigDecimal(text);
    }

    private BigDecimal divisor() {
        BigDecimal divisor = decimal(1);
        if (divisor.signum() == 0) {
            throw new IllegalArgumentException("nothing can be divided by 0");
        }
        return divisor;
    }

    private List<BigDecimal> numbers() {
        List<Node> nodes = argument(0) instanceof Sequence list ? list.items() : arguments;
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("it needs a number");
        }
        return nodes.stream().map(Functions::decimal).toList();
    }

    static boolean flag(Node node) {
        return switch (text(node).toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw new IllegalArgumentException("true or false is expected");
        };
    }

    private List<Node> items(int index) {
        if (argument(index) instanceof Sequence list) {
            return list.items();
        }
        throw new IllegalArgumentException("a list is expected");
    }

    private Node concat() {
        if (!arguments.isEmpty() && arguments.get(0) instanceof Sequence) {
            List<Node> all = new ArrayList<>();
            for (int i = 0; i < arguments.size(); i++) {
                all.addAll(items(i));
            }
            return make.list(all);
        }
        return text(arguments.stream().map(Functions::text).collect(Collectors.joining()));
    }

    private String format() {
        Matcher field = FIELD.matcher(text(0));
        StringBuilder result = new StringBuilder();
        while (field.find()) {
            String replacement =
                    field.group(1) == null ? field.group().substring(1) : text(1 + Integer.parseInt(field.group(1)));
            field.appendReplacement(result, Matcher.quoteReplacement(replacement));
        }
        return field.appendTail(result).toString();
    }

    private String substring() {
        String text = text(0);
        int start = decimal(1).intValue();
        int end = arguments.size() > 2 ? start + decimal(2).intValue() : text.length();
        if (start < 0 || end > text.length() || end < start) {
            throw new IllegalArgumentException("the text is shorter");
        }
        return text.substring(start, end);
    }

    private String padded() {
        int length = decimal(1).intValue();
        if (length > LONGEST) {
            throw new IllegalArgumentException("the result is longer than " + LONGEST);
        }
        String sign = arguments.size() > 2 ? text(2) : " ";
        return sign.repeat(Math.max(0, length - text(0).length())) + text(0);
    }

    private boolean contains() {
        Node container = argument(0);
        if (container instanceof Mapping mapping) {
            return mapping.entries().stream().anyMatch(entry -> entry.key().equalsIgnoreCase(text(1)));
        }
        if (container instanceof Sequence list) {
            return list.items().stream()
                    .anyMatch(item -> item instanceof Scalar && text(item).equals(text(1)));
        }
        return text(0).contains(text(1));
    }

    private static boolean isEmpty(Node node) {
        if (node instanceof Sequence list) {
            return list.items().isEmpty();
        }
        if (node instanceof Mapping mapping) {
            return mapping.entries().isEmpty();
        }
        return node instanceof Scalar scalar
                && (scalar.isNull() || scalar.text().isEmpty());
    }

    private boolean isEqual() {
        if (argument(0) instanceof Scalar one && argument(1) instanceof Scalar other) {
            return one.isNull() == other.isNull() && text(one).equals(text(other));
        }
        throw new IllegalArgumentException("lists and objects are not compared here");
    }

    private int compare() {
        boolean numbers = argument(0) instanceof Scalar one
                && one.plain()
                && argument(1) instanceof Scalar other
                && other.plain();
        return numbers ? decimal(0).compareTo(decimal(1)) : text(0).compareTo(text(1));
    }

    private Node object() {
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            entries.put(text(i), new Entry(make.place(), text(i), argument(i + 1)));
        }
        return new Mapping(make.place(), new ArrayList<>(entries.values()));
    }

    private Node edge(boolean first) {
        if (argument(0) instanceof Sequence list) {
            return list.items().isEmpty()
                    ? make.nothing()
                    : list.items().get(first ? 0 : list.items().size() - 1);
        }
        String text = text(0);
        return text(text.isEmpty() ? "" : first ? text.substring(0, 1) : text.substring(text.length() - 1));
    }

    private int length() {
        if (argument(0) instanceof Sequence list) {
            return list.items().size();
        }
        return argument(0) instanceof Mapping mapping ? mapping.entries().size() : text(0).length();
    }

    private Node part(boolean take) {
        int count = Math.max(0, decimal(1).intValue());
        if (argument(0) instanceof Sequence list) {
            int cut = Math.min(count, list.items().size());
            return make.list(
                    take
                            ? list.items().subList(0, cut)
                            : list.items().subList(cut, list.items().size()));
        }
        String text = text(0);
        int cut = Math.min(count, text.length());
        return text(take ? text.substring(0, cut) : text.substring(cut));
    }

    private Node union() {
        if (argument(0) instanceof Sequence) {
            return concat();
        }
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (Node argument : arguments) {
            if (!(argument instanceof Mapping mapping)) {
                throw new IllegalArgumentException("an object is expected");
            }
            mapping.entries().forEach(entry -> entries.put(entry.key(), entry));
        }
        return new Mapping(make.place(), new ArrayList<>(entries.values()));
    }
}
