package io.bootgate.goal;

import io.bootgate.rule.Severity;
import io.bootgate.rule.lint.Lint;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code <ignoreRules>} and {@code <severities>}. */
record RuleChoice(List<String> ignoreRules, Map<String, String> severities) {
    Lint toLint() {
        Set<String> ignored =
                ignoreRules.stream().map(id -> known("<ignoreRules>", id)).collect(Collectors.toUnmodifiableSet());
        Map<String, Severity> chosen = new HashMap<>();
        severities.forEach((id, severity) -> chosen.put(known("<severities>", id), severity(id, severity)));
        return new Lint(ignored, chosen);
    }

    private static Severity severity(String id, String severity) {
        return Severity.valueOf(Choice.of("<severities><" + id + ">", severity, List.of("error", "warning"))
                .toUpperCase(Locale.ROOT));
    }

    private static String known(String parameter, String id) {
        String name = id.strip();
        if (!Lint.ids().contains(name)) {
            throw new IllegalArgumentException(
                    "%s names \"%s\", which is no rule of lint. docs/lint has them all. Example: %s"
                            .formatted(parameter, name, Lint.ids().get(0)));
        }
        return name;
    }
}
