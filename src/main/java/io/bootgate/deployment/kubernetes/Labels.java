package io.bootgate.deployment.kubernetes;

import io.bootgate.deployment.document.Part;
import java.util.LinkedHashMap;
import java.util.Map;

/** The labels of a pod, by which others find it. */
record Labels(Map<String, String> all) {

    static Labels of(Part part) {
        Map<String, String> labels = new LinkedHashMap<>();
        part.fields().forEach((key, value) -> labels.put(key, value.text().orElse("")));
        return new Labels(labels);
    }

    boolean match(Map<String, String> selector) {
        return !selector.isEmpty() && all.entrySet().containsAll(selector.entrySet());
    }

    /** What makes pods must find them again. */
    void checkSelector(Part selector) {
        if (!selector.isMapping() || !selector.get("matchLabels").isMapping()) {
            return;
        }
        Map<String, String> wanted = of(selector.get("matchLabels")).all();
        if (!wanted.isEmpty() && !match(wanted)) {
            selector.findings()
                    .error(
                            "SELECTOR_MISMATCH",
                            selector.place(),
                            "The selector %s does not match the labels of the pod %s, which Kubernetes refuses."
                                    .formatted(wanted, all));
        }
    }
}
