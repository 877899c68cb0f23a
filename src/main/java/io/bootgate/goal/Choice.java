package io.bootgate.goal;

import java.util.List;
import java.util.Locale;

/** A parameter that is one of a few words, in upper or lower case. */
final class Choice {
    private Choice() {}

    static String of(String parameter, String text, List<String> choices) {
        return choices.stream()
                .filter(choice ->
                        choice.toLowerCase(Locale.ROOT).equals(text.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("%s must be one of %s, but was \"%s\"."
                        .formatted(parameter, String.join(", ", choices), text)));
    }
}
