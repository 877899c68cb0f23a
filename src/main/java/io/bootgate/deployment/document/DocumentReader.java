package io.bootgate.deployment.document;

import io.bootgate.deployment.DeploymentException;
import java.util.List;
import java.util.regex.Pattern;

/** Reads the documents of a file, whether YAML or JSON. */
public final class DocumentReader {
    /** Deeper than any descriptor, and no danger for the stack. */
    static final int DEEPEST = 100;

    private static final Pattern COMMENT_THEN_JSON =
            Pattern.compile("(?:\\s*+(?://[^\\n]*+\\n|/\\*(?:[^*]|\\*(?!/)){0,10000}+\\*/))++\\s*+\\{");

    private DocumentReader() {}

    /** Duplicate keys are told as findings, and the last one counts; anything else that is wrong is an error. */
    public static List<Node> read(String text, Findings findings) {
        if (text.isBlank()) {
            throw new DeploymentException(findings.file() + " is empty.");
        }
        return isJson(text) ? List.of(JsonDocument.read(text, findings)) : YamlDocuments.read(text, findings);
    }

    private static boolean isJson(String text) {
        return text.stripLeading().startsWith("{")
                || COMMENT_THEN_JSON.matcher(text).lookingAt();
    }
}
