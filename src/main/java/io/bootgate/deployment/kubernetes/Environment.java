package io.bootgate.deployment.kubernetes;

import io.bootgate.deployment.Variable;
import io.bootgate.deployment.document.Part;
import io.bootgate.deployment.kubernetes.References.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The variables of one container: whole ConfigMaps and Secrets first, then its own, which come before them. */
final class Environment {
    private static final String NAME = "[-._a-zA-Z][-._a-zA-Z0-9]*";

    private final References references;
    private final String namespace;
    private final Map<String, Variable> variables = new LinkedHashMap<>();
    private final List<String> sources = new ArrayList<>();

    private Environment(References references, String namespace) {
        this.references = references;
        this.namespace = namespace;
    }

    static Environment of(Part container, References references, String namespace) {
        Environment environment = new Environment(references, namespace);
        container.get("envFrom").items().forEach(environment::addAll);
        container.get("env").items().forEach(environment::add);
        return environment;
    }

    Map<String, Variable> variables() {
        return variables;
    }

    List<String> sources() {
        return sources;
    }

    private void addAll(Part source) {
        boolean secret = source.get("secretRef").isGiven();
        Part reference = source.get(secret ? "secretRef" : "configMapRef");
        String kind = secret ? "secret" : "configMap";
        String prefix = source.get("prefix").text().orElse("");
        Optional<String> name = reference.get("name").text();
        if (name.isEmpty()) {
            source.missing("configMapRef.name or secretRef.name");
            return;
        }
        sources.add(kind + ":" + name.get());
        Optional<Values> values = references.find(kind, name.get(), namespace);
        if (values.isEmpty()) {
            tellAbsent(source, kind, name.get(), optional(reference), "its variables are not known");
            return;
        }
        for (String key : values.get().byKey().keySet()) {
            if ((prefix + key).matches(NAME)) {
                values.get().get(key).ifPresent(variable -> put(prefix + key, variable, source));
            }
        }
    }

    private void add(Part item) {
        item.warnOfOtherKeys("name", "value", "valueFrom");
        Optional<String> name = item.get("name").text();
        if (name.isEmpty()) {
            item.missing("name");
            return;
        }
        if (!name.get().matches(NAME)) {
            item.findings()
                    .error(
                            "NAME_INVALID",
                            item.place(),
                            "The variable name \"%s\" has characters that Kubernetes refuses.".formatted(name.get()));
        }
        Part from = item.get("valueFrom");
        if (from.isGiven()) {
            lookedUp(item, from).ifPresent(variable -> put(name.get(), variable, item));
        } else {
            Part value = item.get("value");
            TextRule.check(value);
            put(name.get(), Expansion.of(Variable.plain(value.text().orElse("")), variables), item);
        }
    }

    private void put(String name, Variable variable, Part item) {
        variables.put(name, variable.at(item.findings().file(), item.place().line()));
    }

    private Optional<Variable> lookedUp(Part item, Part from) {
        if (from.get("configMapKeyRef").isGiven()) {
            return inValues(item, "configMap", from.get("configMapKeyRef"));
        }
        if (from.get("secretKeyRef").isGiven()) {
            return inValues(item, "secret", from.get("secretKeyRef"));
        }
        if (from.get("fieldRef").isGiven()) {
            return Optional.of(Variable.unresolved(
                    "fieldRef " + from.get("fieldRef").get("fieldPath").text().orElse("without a fieldPath"), false));
        }
        if (from.get("resourceFieldRef").isGiven()) {
            return Optional.of(Variable.unresolved(
                    "resourceFieldRef "
                            + from.get("resourceFieldRef")
                                    .get("resource")
                                    .text()
                                    .orElse("without a resource"),
                    false));
        }
        String kinds = String.join(", ", from.fields().keySet());
        return Optional.of(Variable.unresolved("valueFrom " + (kinds.isEmpty() ? "nothing" : kinds), false));
    }

    /** Empty if the reference is optional, its ConfigMap is there, and has no such key: then the variable is not set. */
    private Optional<Variable> inValues(Part item, String kind, Part reference) {
        String name = reference.get("name").text().orElse("");
        String key = reference.get("key").text().orElse("");
        boolean optional = optional(reference);
        boolean secret = kind.equals("secret");
        Optional<Values> values = references.find(kind, name, namespace);
        if (values.isEmpty()) {
            String why = "the %s %s is not in the file".formatted(spoken(kind), name) + (optional ? " (optional)" : "");
            tellAbsent(item, kind, name, optional, "the variable is not known");
            return Optional.of(Variable.unresolved(why, secret)
                    .from(kind + ":" + name + "/" + key)
                    .orNone(optional));
        }
        Optional<Variable> value = values.get().get(key);
        if (value.isPresent() || optional) {
            return value;
        }
        item.findings()
                .error(
                        "UNKNOWN_REFERENCE",
                        item.place(),
                        "The %s %s has no key \"%s\": the container does not start."
                                .formatted(spoken(kind), name, key));
        return Optional.of(Variable.unresolved("the %s %s has no key %s".formatted(spoken(kind), name, key), secret)
                .from(kind + ":" + name + "/" + key));
    }

    private static boolean optional(Part reference) {
        return reference.get("optional").flag().orElse(false);
    }

    private static void tellAbsent(Part item, String kind, String name, boolean optional, String so) {
        String message = "The %s %s is not in the file: %s.".formatted(spoken(kind), name, so);
        if (optional) {
            item.findings().notice("UNKNOWN_REFERENCE", item.place(), message);
        } else {
            item.findings().warning("UNKNOWN_REFERENCE", item.place(), message);
        }
    }

    static String spoken(String kind) {
        return kind.equals("secret") ? "Secret" : "ConfigMap";
    }
}
