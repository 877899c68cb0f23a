package io.bootgate.deployment.document;

import io.bootgate.deployment.DeploymentException;
import io.bootgate.deployment.document.Mapping.Entry;
import io.bootgate.deployment.document.Node.Place;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A node on the way from the root of its document, asked for what its format expects there. What is absent or null answers
 * with nothing; what is of another kind is an error that names the way and the place; what only the platform knows is told
 * as a finding and answers with nothing.
 */
public final class Part {
    private static final int HIGHEST_PORT = 65535;
    /** With more the keys are not misspelt, but the mapping is not what it should be. */
    private static final int MOST_KEYS = 500;

    private final Findings findings;
    private final boolean anyCase;
    private final String way;
    private final Place place;
    private final @Nullable Node node;

    private Part(Findings findings, boolean anyCase, String way, Place place, @Nullable Node node) {
        this.findings = findings;
        this.anyCase = anyCase;
        this.way = way;
        this.place = place;
        this.node = node instanceof Scalar scalar && scalar.isNull() ? null : node;
    }

    public static Part root(Node node, Findings findings) {
        return new Part(findings, false, "", node.place(), node);
    }

    /** Upper and lower case are the same in keys. */
    public static Part anyCase(Node node, Findings findings) {
        return new Part(findings, true, "", node.place(), node);
    }

    public Findings findings() {
        return findings;
    }

    /** Where it stands; where its parent does if it is absent. */
    public Place place() {
        return place;
    }

    /** The keys that lead here: {@code properties.containers[0]}. */
    public String way() {
        return way.isEmpty() ? "the document" : way;
    }

    /** The same as text: {@code deploy/aci.yaml:22}. */
    public String where() {
        return findings.file() + ":" + place().line();
    }

    public boolean isGiven() {
        return node != null;
    }

    public Optional<Node> node() {
        return Optional.ofNullable(node);
    }

    public boolean isList() {
        return node instanceof Sequence;
    }

    public boolean isMapping() {
        return node instanceof Mapping;
    }

    public boolean isText() {
        return node instanceof Scalar;
    }

    /** Whether the value came from where secrets come from. */
    public boolean isSecret() {
        return node instanceof Scalar scalar && scalar.secret();
    }

    /** Why the value is not known, if it is not. */
    public Optional<Unknown> unknown() {
        return node instanceof Unknown unknown ? Optional.of(unknown) : Optional.empty();
    }

    /** What is under a key; what is unknown has unknown parts. */
    public Part get(String key) {
        String below = way.isEmpty() ? key : way + "." + key;
        if (node instanceof Mapping mapping) {
            List<Entry> found = mapping.entries().stream()
                    .filter(entry -> same(entry.key(), key))
                    .toList();
            if (found.size() > 1) {
                tellTwice(found.get(0), found.get(1));
            }
            if (found.isEmpty()) {
                return new Part(findings, anyCase, below, place, null);
            }
            Entry last = found.get(found.size() - 1);
            return new Part(findings, anyCase, below, shown(last), last.value());
        }
        if (node instanceof Unknown) {
            return new Part(findings, anyCase, below, place, node);
        }
        if (node != null) {
            throw expected("a mapping");
        }
        return new Part(findings, anyCase, below, place, null);
    }

    private void tellTwice(Entry one, Entry other) {
        findings.error(
                "DUPLICATE_KEY",
                other.at(),
                "%s has the keys \"%s\" and \"%s\", which are the same to the platform: the last one counts, if the file is taken at all."
                        .formatted(way(), one.key(), other.key()));
    }

    /** Whether the key stands here, with or without a value. */
    public boolean has(String key) {
        return node instanceof Mapping mapping && mapping.entries().stream().anyMatch(entry -> same(entry.key(), key));
    }

    private boolean same(String key, String wanted) {
        return anyCase ? key.equalsIgnoreCase(wanted) : key.equals(wanted);
    }

    private static Place shown(Entry entry) {
        return entry.value() instanceof Scalar scalar && scalar.text().isEmpty()
                ? entry.at()
                : entry.value().place();
    }

    /** Keys with what is under them, in the order of the file. */
    public Map<String, Part> fields() {
        Map<String, Part> fields = new LinkedHashMap<>();
        if (node instanceof Mapping mapping) {
            mapping.entries()
                    .forEach(entry -> fields.put(
                            entry.key(),
                            new Part(
                                    findings,
                                    anyCase,
                                    way.isEmpty() ? entry.key() : way + "." + entry.key(),
                                    entry.at(),
                                    entry.value())));
        } else if (node instanceof Unknown unknown) {
            tell(unknown);
        } else if (node != null) {
            throw expected("a mapping");
        }
        return fields;
    }

    public List<Part> items() {
        if (node instanceof Sequence sequence) {
            return IntStream.range(0, sequence.items().size())
                    .mapToObj(index -> item(index, sequence.items().get(index)))
                    .toList();
        }
        if (node instanceof Unknown unknown) {
            tell(unknown);
        } else if (node != null) {
            throw expected("a list");
        }
        return List.of();
    }

    private Part item(int index, Node item) {
        return new Part(findings, anyCase, way + "[" + index + "]", item.place(), item);
    }

    public Optional<String> text() {
        if (node instanceof Scalar scalar) {
            return Optional.of(scalar.text());
        }
        if (node instanceof Unknown unknown) {
            tell(unknown);
            return Optional.empty();
        }
        if (node != null) {
            throw expected("text");
        }
        return Optional.empty();
    }

    /** A list of texts; empty if absent or not known. */
    public Optional<List<String>> texts() {
        if (!isGiven()) {
            return Optional.empty();
        }
        if (unknown().isPresent()) {
            items();
            return Optional.empty();
        }
        List<String> texts = new ArrayList<>();
        for (Part item : items()) {
            Optional<String> text = item.text();
            if (text.isEmpty() && item.isGiven()) {
                return Optional.empty();
            }
            texts.add(text.orElse(""));
        }
        return Optional.of(texts);
    }

    public Optional<Boolean> flag() {
        return text().map(text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "y" -> true;
            case "false", "no", "off", "n" -> false;
            default -> throw expected("true or false");
        });
    }

    public OptionalInt port() {
        OptionalInt number = integer();
        if (number.isPresent() && (number.getAsInt() < 1 || number.getAsInt() > HIGHEST_PORT)) {
            throw expected("a port from 1 to 65535");
        }
        return number;
    }

    /** A whole number, also one that is written as text or as 1.0. */
    public OptionalInt integer() {
        return decimal()
                .map(number -> {
                    try {
                        return OptionalInt.of(number.intValueExact());
                    } catch (ArithmeticException e) {
                        throw expected("a whole number");
                    }
                })
                .orElseGet(OptionalInt::empty);
    }

    public Optional<BigDecimal> decimal() {
        return text().map(String::strip).map(text -> {
            if (!text.matches("[-+]?(\\d{1,18}(\\.\\d{0,18})?|\\.\\d{1,18})([eE][-+]?\\d{1,2})?")) {
                throw expected("a number");
            }
            return new BigDecimal(text);
        });
    }

    private void tell(Unknown unknown) {
        findings.warning("UNRESOLVED", place, "%s is not known: %s.".formatted(way(), unknown.why()));
    }

    /** Tells that a field that the platform asks for is not there. */
    public void missing(String field) {
        findings.error("MISSING_FIELD", place, "%s has no %s, which is required.".formatted(way(), field));
    }

    /** Something else stands here than can be read. */
    public DeploymentException expected(String what) {
        return findings.malformed(place, "%s must be %s, but is %s.".formatted(way(), what, kind()));
    }

    private String kind() {
        if (node instanceof Mapping) {
            return "a mapping";
        }
        if (node instanceof Sequence) {
            return "a list";
        }
        if (node instanceof Scalar scalar && !scalar.secret()) {
            String text = scalar.text();
            return "\"" + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + "\"";
        }
        return node == null ? "absent" : "something else";
    }

    /** Tells keys that the platform does not know, with the known one that was likely meant. */
    public void warnOfOtherKeys(String... known) {
        if (node instanceof Mapping mapping && mapping.entries().size() <= MOST_KEYS) {
            for (Entry entry : mapping.entries()) {
                if (Stream.of(known).noneMatch(key -> same(entry.key(), key))
                        && !entry.key().startsWith("x-")) {
                    findings.warning(
                            "UNKNOWN_KEY",
                            entry.at(),
                            "%s has the key \"%s\", which the platform does not know.%s"
                                    .formatted(way(), entry.key(), Spelling.meant(entry.key(), List.of(known))));
                }
            }
        }
    }
}
