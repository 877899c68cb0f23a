package io.bootgate.deployment.kubernetes;

import io.bootgate.deployment.document.Part;
import io.bootgate.deployment.document.Scalar;
import java.util.regex.Pattern;

/** Values of variables must be text for Kubernetes, and YAML makes something else of some words without quotes. */
final class TextRule {
    private static final Pattern NO_TEXT = Pattern.compile(
            "true|True|TRUE|false|False|FALSE|y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF"
                    + "|[-+]?(?:0x[0-9a-fA-F_]+|0o?[0-7_]+|0b[01_]+|[0-9][0-9_]*)"
                    + "|[-+]?(?:\\.[0-9]+|[0-9][0-9_]*(?:\\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");

    private TextRule() {}

    static void check(Part value) {
        boolean isText = value.node()
                .filter(node -> node instanceof Scalar scalar
                        && scalar.plain()
                        && NO_TEXT.matcher(scalar.text()).matches())
                .isEmpty();
        if (!isText) {
            String text = value.text().orElse("");
            value.findings()
                    .error(
                            "VALUE_NOT_TEXT",
                            value.place(),
                            "%s is %s without quotes, which YAML takes for a number or a boolean, and Kubernetes refuses: write \"%s\"."
                                    .formatted(value.way(), text, text));
        }
    }
}
