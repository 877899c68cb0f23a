package io.bootgate.deployment.kubernetes;

import io.bootgate.deployment.Variable;
import io.bootgate.deployment.document.Part;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** ConfigMaps, Secrets and Services of a file, found by name. What else the cluster has is not known. */
final class References {
    private final List<Values> values = new ArrayList<>();
    private final List<Part> services = new ArrayList<>();

    private References() {}

    /**
     * The data of a ConfigMap or Secret.
     *
     * @param kind {@code configMap} or {@code secret}
     */
    record Values(String kind, String name, String namespace, Map<String, Variable> byKey) {
        Optional<Variable> get(String key) {
            return Optional.ofNullable(byKey.get(key)).map(value -> value.from(source(key)));
        }

        String source(String key) {
            return kind + ":" + name + "/" + key;
        }
    }

    static References of(List<Part> objects) {
        References references = new References();
        for (Part object : objects) {
            switch (Manifests.kind(object)) {
                case "ConfigMap" -> references.values.add(values("configMap", object, configuration(object)));
                case "Secret" -> references.values.add(values("secret", object, secrets(object)));
                case "Service" -> references.services.add(object);
                default -> {
                    // Nothing that a pod takes values from.
                }
            }
        }
        return references;
    }

    private static Values values(String kind, Part object, Map<String, Variable> byKey) {
        return new Values(kind, name(object), namespace(object), byKey);
    }

    static String name(Part object) {
        return object.get("metadata").get("name").text().orElse("");
    }

    static String namespace(Part object) {
        return object.get("metadata").get("namespace").text().orElse("");
    }

    private static Map<String, Variable> configuration(Part object) {
        Map<String, Variable> byKey = new LinkedHashMap<>();
        object.get("data").fields().forEach((key, value) -> {
            TextRule.check(value);
            byKey.put(key, Variable.plain(value.text().orElse("")));
        });
        return byKey;
    }

    private static Map<String, Variable> secrets(Part object) {
        Map<String, Variable> byKey = new LinkedHashMap<>();
        object.get("data").fields().forEach((key, value) -> byKey.put(key, decoded(value)));
        object.get("stringData").fields().forEach((key, value) -> {
            TextRule.check(value);
            byKey.put(key, Variable.secret(value.text().orElse("")));
        });
        return byKey;
    }

    private static Variable decoded(Part value) {
        String text = value.text().orElse("").replaceAll("\\s", "");
        try {
            return Variable.secret(new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            value.findings()
                    .error(
                            "NOT_BASE64",
                            value.place(),
                            "%s is not base64, so the cluster refuses the Secret. Plain text belongs into stringData."
                                    .formatted(value.way()));
            return Variable.unresolved("not base64", true);
        }
    }

    /** Without a namespace in one of the two, they are deployed into the same. */
    Optional<Values> find(String kind, String name, String namespace) {
        return values.stream()
                .filter(one -> one.kind().equals(kind) && one.name().equals(name))
                .filter(one -> one.namespace().isEmpty()
                        || namespace.isEmpty()
                        || one.namespace().equals(namespace))
                .findFirst();
    }

    List<Part> services() {
        return List.copyOf(services);
    }
}
