package io.bootgate.goal;

import java.util.List;
import java.util.Locale;

/** A parameter that is one of a few words. */
final class Choice {
    private Choice() {}

    static String of(String parameter, String text, List<String> choices) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        if (!choices.contains(word)) {
            throw new IllegalArgumentException(
                    "%s must be one of %s, but was \"%s\".".formatted(parameter, String.join(", ", choices), text));
        }
        return word;
    }
}
