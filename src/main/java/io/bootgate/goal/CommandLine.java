package io.bootgate.goal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.jspecify.annotations.Nullable;

/** A command in XML as in a Dockerfile: elements are the exec form, plain text is the shell form. */
final class CommandLine {
    private CommandLine() {}

    /**
     * Empty if the element says nothing.
     *
     * @param evaluate what Maven makes of an expression; null if it has no value
     */
    static Optional<List<String>> of(@Nullable PlexusConfiguration xml, Function<String, @Nullable String> evaluate) {
        if (xml == null) {
            return Optional.empty();
        }
        if (xml.getChildCount() == 0) {
            return value(xml, evaluate)
                    .filter(text -> !text.isBlank())
                    .map(text -> List.of("/bin/sh", "-c", text.strip()));
        }
        List<String> words = new ArrayList<>();
        for (PlexusConfiguration word : xml.getChildren()) {
            words.add(value(word, evaluate).orElse(""));
        }
        return Optional.of(List.copyOf(words));
    }

    private static Optional<String> value(PlexusConfiguration xml, Function<String, @Nullable String> evaluate) {
        return Optional.ofNullable(xml.getValue()).flatMap(text -> Optional.ofNullable(evaluate.apply(text)));
    }
}
