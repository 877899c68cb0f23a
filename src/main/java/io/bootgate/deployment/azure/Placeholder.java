package io.bootgate.deployment.azure;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text that a script was to replace before the file is deployed: Azure itself replaces nothing. */
final class Placeholder {
    private static final List<Pattern> WHOLE = List.of(
            Pattern.compile("\\$[A-Za-z_]\\w*"),
            Pattern.compile("<[A-Za-z][^<>]*>"),
            Pattern.compile("__[A-Za-z]\\w*?__"));
    private static final List<Pattern> INSIDE = List.of(
            Pattern.compile("\\$\\{[A-Za-z_][^{}]*}"),
            Pattern.compile("\\$\\([A-Za-z_][\\w.]*\\)"),
            Pattern.compile("\\{\\{[^{}]*}}"),
            Pattern.compile("#\\{[^{}]*}#?"));
    private static final List<Pattern> IMAGE =
            List.of(Pattern.compile("\\$\\w+"), Pattern.compile("<[^<>]*>"), Pattern.compile("__[A-Za-z]\\w*?__"));

    private Placeholder() {}

    /** Why the text is not the value that is deployed. */
    static Optional<String> in(String text) {
        for (Pattern pattern : WHOLE) {
            if (pattern.matcher(text.strip()).matches()) {
                return Optional.of("placeholder " + text.strip());
            }
        }
        return find(INSIDE, text);
    }

    /** Likewise; no image has such characters in its name. */
    static Optional<String> inImage(String text) {
        return find(INSIDE, text).or(() -> find(IMAGE, text));
    }

    private static Optional<String> find(List<Pattern> patterns, String text) {
        for (Pattern pattern : patterns) {
            Matcher found = pattern.matcher(text);
            if (found.find()) {
                return Optional.of("placeholder " + found.group());
            }
        }
        return Optional.empty();
    }
}
