package io.bootgate.deployment.azure;

import io.bootgate.deployment.azure.Expression.Access;
import io.bootgate.deployment.azure.Expression.Call;
import io.bootgate.deployment.azure.Expression.Literal;
import io.bootgate.deployment.document.DocumentReader;
import io.bootgate.deployment.document.Findings;
import io.bootgate.deployment.document.Mapping;
import io.bootgate.deployment.document.Mapping.Entry;
import io.bootgate.deployment.document.Node;
import io.bootgate.deployment.document.Node.Place;
import io.bootgate.deployment.document.Part;
import io.bootgate.deployment.document.Scalar;
import io.bootgate.deployment.document.Sequence;
import io.bootgate.deployment.document.Unknown;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Parameters and variables of a template, and the values of its expressions. What only Azure can tell is unknown. */
final class TemplateScope {
    private final Findings findings;
    private final Part parameters;
    private final Part variables;
    private final Map<String, Node> given;
    private final Map<String, Node> evaluated = new HashMap<>();
    private final Set<String> underWay = new HashSet<>();

    /** The values that are given for parameters are by name in lower case, evaluated already. */
    TemplateScope(Part template, Map<String, Node> given) {
        this.findings = template.findings();
        this.parameters = template.get("parameters");
        this.variables = template.get("variables");
        this.given = given;
    }

    /** A value with all expressions in it evaluated. */
    Node evaluate(Node node) {
        if (node instanceof Mapping mapping) {
            return evaluated(mapping);
        }
        if (node instanceof Sequence list) {
            return new Sequence(
                    list.place(), list.items().stream().map(this::evaluate).toList());
        }
        if (node instanceof Scalar scalar && !scalar.plain()) {
            if (Expression.isExpression(scalar.text())) {
                return evaluate(scalar);
            }
            return scalar.text().startsWith("[[")
                    ? new Scalar(scalar.place(), scalar.text().substring(1), false, scalar.secret())
                    : scalar;
        }
        return node;
    }

    private Mapping evaluated(Mapping mapping) {
        List<Entry> entries = new ArrayList<>();
        for (Entry entry : mapping.entries()) {
            if (entry.key().equals("copy") && entry.value() instanceof Sequence loops) {
                loops.items().forEach(loop -> entries.addAll(copied(loop)));
            } else {
                entries.add(new Entry(entry.at(), entry.key(), evaluate(entry.value())));
            }
        }
        return new Mapping(mapping.place(), entries);
    }

    /** A property that is made by a loop. */
    private List<Entry> copied(Node loop) {
        Part part = Part.anyCase(loop, findings);
        return part.get("name")
                .text()
                .map(name -> List.of(
                        new Entry(loop.place(), name, new Unknown(loop.place(), "a copy loop makes it", false))))
                .orElse(List.of());
    }

    private Node evaluate(Scalar scalar) {
        try {
            return value(Expression.parse(scalar.text()), scalar.place());
        } catch (IllegalArgumentException e) {
            throw findings.malformed(
                    scalar.place(),
                    "this expression cannot be evaluated: %s.".formatted(String.valueOf(e.getMessage())));
        }
    }

    private Node value(Expression expression, Place place) {
        Values make = new Values(place);
        if (expression instanceof Literal literal) {
            return literal.number() ? make.number(literal.text()) : make.text(literal.text(), false);
        }
        if (expression instanceof Access access) {
            return access(value(access.value(), place), value(access.key(), place), make);
        }
        Call call = (Call) expression;
        List<Expression> arguments = call.arguments();
        return switch (call.function().toLowerCase(Locale.ROOT)) {
            case "parameters" -> named("parameters", arguments, place);
            case "variables" -> named("variables", arguments, place);
            case "if" -> choice(arguments, place);
            case "and" -> all(arguments, place, true);
            case "or" -> all(arguments, place, false);
            case "coalesce" -> firstGiven(arguments, place);
            case "json" -> json(call, place);
            default -> called(call, place);
        };
    }

    private Node access(Node value, Node key, Values make) {
        if (value instanceof Unknown unknown) {
            return make.unknown(unknown.why(), unknown.secret());
        }
        if (key instanceof Unknown unknown) {
            return make.unknown(unknown.why(), unknown.secret());
        }
        String name = Functions.text(key);
        if (value instanceof Sequence list && name.matches("\\d{1,6}")) {
            int index = Integer.parseInt(name);
            return index < list.items().size() ? list.items().get(index) : make.nothing();
        }
        if (value instanceof Mapping mapping) {
            return mapping.entries().stream()
                    .filter(entry -> entry.key().equalsIgnoreCase(name))
                    .map(Entry::value)
                    .findFirst()
                    .orElseGet(make::nothing);
        }
        return make.nothing();
    }

    private Node named(String kind, List<Expression> arguments, Place place) {
        Node argument = arguments.size() == 1 ? value(arguments.get(0), place) : new Scalar(place, "", true);
        if (argument instanceof Unknown) {
            return argument;
        }
        String name = Functions.text(argument);
        String id = kind + "/" + name.toLowerCase(Locale.ROOT);
        Node known = evaluated.get(id);
        if (known == null) {
            if (!underWay.add(id)) {
                throw new IllegalArgumentException("%s('%s') refers to itself".formatted(kind, name));
            }
            known = kind.equals("parameters") ? parameter(name, place) : variable(name, place);
            underWay.remove(id);
            evaluated.put(id, known);
        }
        return known;
    }

    private Node parameter(String name, Place place) {
        Part declared = parameters.get(name);
        if (!declared.isGiven()) {
            return undeclared("parameters", name, place);
        }
        boolean secret =
                declared.get("type").text().orElse("").toLowerCase(Locale.ROOT).startsWith("secure");
        Node value = given.get(name.toLowerCase(Locale.ROOT));
        if (value == null) {
            value = declared.get("defaultValue")
                    .node()
                    .map(this::evaluate)
                    .orElseGet(() -> declared.has("defaultValue")
                                    || declared.get("nullable").flag().orElse(false)
                            ? new Values(place).nothing()
                            : new Unknown(
                                    place,
                                    "parameters('%s') has no value; give it in <deploymentParameters>".formatted(name),
                                    secret));
        }
        checkAllowed(name, declared, value);
        return secret ? Values.secret(value) : value;
    }

    private void checkAllowed(String name, Part declared, Node value) {
        List<String> allowed = declared.get("allowedValues").isList()
                ? declared.get("allowedValues").items().stream()
                        .flatMap(item -> item.isText() ? item.text().stream() : Stream.empty())
                        .toList()
                : List.of();
        if (!allowed.isEmpty() && value instanceof Scalar scalar && !allowed.contains(scalar.text())) {
            findings.error(
                    "PARAMETER_NOT_ALLOWED",
                    declared.place(),
                    "The value of the parameter %s is none of those allowed: %s."
                            .formatted(name, String.join(", ", allowed)));
        }
    }

    private Node variable(String name, Place place) {
        Optional<Node> declared = variables.get(name).node();
        if (declared.isPresent()) {
            return evaluate(declared.get());
        }
        boolean copied = variables.get("copy").isList()
                && variables.get("copy").items().stream()
                        .anyMatch(loop -> loop.get("name")
                                .text()
                                .filter(name::equalsIgnoreCase)
                                .isPresent());
        return copied ? new Unknown(place, "a copy loop makes it", false) : undeclared("variables", name, place);
    }

    private Node undeclared(String kind, String name, Place place) {
        findings.error("UNKNOWN_REFERENCE", place, "%s('%s') is not declared in the template.".formatted(kind, name));
        return new Unknown(place, "%s('%s') is not declared".formatted(kind, name), false);
    }

    private Node choice(List<Expression> arguments, Place place) {
        if (arguments.size() != 3) {
            throw new IllegalArgumentException("if() needs three arguments");
        }
        Node condition = value(arguments.get(0), place);
        return condition instanceof Unknown
                ? condition
                : value(arguments.get(Functions.flag(condition) ? 1 : 2), place);
    }

    private Node all(List<Expression> arguments, Place place, boolean and) {
        Optional<Node> unknown = Optional.empty();
        for (Expression argument : arguments) {
            Node value = value(argument, place);
            if (value instanceof Unknown) {
                unknown = unknown.or(() -> Optional.of(value));
            } else if (Functions.flag(value) != and) {
                return new Values(place).flag(!and);
            }
        }
        return unknown.orElseGet(() -> new Values(place).flag(and));
    }

    private Node firstGiven(List<Expression> arguments, Place place) {
        for (Expression argument : arguments) {
            Node value = value(argument, place);
            if (!(value instanceof Scalar scalar && scalar.isNull())) {
                return value;
            }
        }
        return new Values(place).nothing();
    }

    private Node json(Call call, Place place) {
        Node argument =
                call.arguments().size() == 1 ? value(call.arguments().get(0), place) : new Scalar(place, "", true);
        if (argument instanceof Unknown) {
            return argument;
        }
        String text = Functions.text(argument).strip();
        boolean structured = text.startsWith("{");
        if (!structured && text.startsWith("[")) {
            return new Unknown(place, "json() of a list", Values.isSecret(argument));
        }
        Node read = structured
                ? DocumentReader.read(text, new Findings(findings.file())).get(0)
                : text.startsWith("\"") && text.length() > 1
                        ? new Scalar(place, text.substring(1, text.length() - 1), false)
                        : new Scalar(place, text, true);
        return Values.isSecret(argument) ? Values.secret(read) : read;
    }

    private Node called(Call call, Place place) {
        String name = call.function();
        Values make = new Values(place);
        List<Node> arguments = new ArrayList<>();
        for (Expression argument : call.arguments()) {
            arguments.add(value(argument, place));
        }
        // What list functions give are keys of storage accounts and the like.
        boolean keys = name.toLowerCase(Locale.ROOT).startsWith("list");
        if (!Functions.isKnown(name)) {
            return make.unknown(name + "()", keys);
        }
        Optional<Node> unknown =
                arguments.stream().filter(Unknown.class::isInstance).findFirst();
        boolean holds = name.equalsIgnoreCase("createArray") || name.equalsIgnoreCase("createObject");
        if (unknown.isPresent() && !holds) {
            return make.unknown(
                    ((Unknown) unknown.get()).why(), arguments.stream().anyMatch(Values::isSecret));
        }
        return Functions.call(name, arguments, make).orElseGet(make::nothing);
    }
}
