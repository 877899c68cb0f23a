package io.bootgate.gate;

import io.bootgate.engine.ImageFacts;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Masks the values of secret variables wherever they turn up in a text, also URL-encoded, in base64, and escaped as JSON or
 * Python would print them. Immutable, and made for millions of lines.
 */
public final class Secrets {
    /** What stands where a value was. */
    public static final String MASK = "***";

    private static final int SHORTEST = 3;
    private static final int BUCKETS = 1 << 16;
    private static final List<String> SECRET_WORDS = List.of("PASSWORD", "SECRET", "TOKEN", "KEY", "CREDENTIAL");
    // USE_TOKEN_AUTH=true keeps nothing secret, and a log without the word "true" cannot be read.
    private static final Set<String> NO_SECRET_AT_ALL = Set.of("true", "false", "none", "null");

    private final List<Pattern> names;
    private final Set<String> forms;
    private final String[][] formsByStart;

    private Secrets(List<Pattern> names, Set<String> forms) {
        this.names = names;
        this.forms = forms;
        this.formsByStart = new String[BUCKETS][];
        forms.stream()
                .collect(Collectors.groupingBy(form -> bucket(form, 0)))
                .forEach((bucket, sharing) -> formsByStart[bucket] = sharing.stream()
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .toArray(String[]::new));
    }

    /**
     * Knows which names are secret, and no value yet.
     *
     * @param names of secret variables, or patterns in which {@code *} is any text, beside the names that are secret by
     *     default because they contain PASSWORD, SECRET, TOKEN, KEY or CREDENTIAL; upper and lower case are the same
     */
    public static Secrets named(Collection<String> names) {
        Stream<String> byDefault = SECRET_WORDS.stream().map(word -> "*" + word + "*");
        return only(Stream.concat(byDefault, names.stream()).toList());
    }

    /** All that is secret about the boot of an image. */
    static Secrets of(GateRequest request, ImageFacts image) {
        return named(request.secretEnv())
                .with(image.env())
                .with(request.container().env())
                .with(request.probe().headers())
                .withValues(request.probe().credentials())
                .with(request.deployed().map(DeployedService::allVariables).orElse(Map.of()))
                .withValues(
                        request.deployed().map(DeployedService::secretValues).orElse(List.of()));
    }

    /** Knows these names and patterns as secret, and none by default. */
    public static Secrets only(Collection<String> names) {
        return new Secrets(
                names.stream()
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .map(Secrets::pattern)
                        .toList(),
                Set.of());
    }

    /** Masks the values of the secret ones of these variables too. */
    public Secrets with(Map<String, String> variables) {
        return withValues(variables.entrySet().stream()
                .filter(variable -> isSecret(variable.getKey()))
                .map(Map.Entry::getValue)
                .toList());
    }

    /** Masks these values too, whatever their names. */
    public Secrets withValues(Collection<String> values) {
        Set<String> more = new LinkedHashSet<>(forms);
        values.stream()
                .flatMap(value -> Stream.of(
                                Stream.of(value, value.strip()), value.lines().map(String::strip))
                        .flatMap(each -> each))
                .filter(Secrets::worthMasking)
                .distinct()
                .flatMap(SecretForms::of)
                .filter(form -> form.length() >= SHORTEST)
                .forEach(more::add);
        return new Secrets(names, more);
    }

    public boolean isSecret(String name) {
        return names.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }

    /** The text with {@link #MASK} in place of every value; the same text if there is none in it. */
    public String mask(String text) {
        if (forms.isEmpty()) {
            return text;
        }
        StringBuilder masked = null;
        int copied = 0;
        int start = -1;
        int end = -1;
        for (int at = 0; at <= text.length() - SHORTEST; at++) {
            int length = lengthOfFormAt(text, at);
            if (length == 0) {
                continue;
            }
            if (at > end) {
                // Values that overlap or touch are one hidden stretch: else the rest of the longer one would show.
                if (masked == null) {
                    masked = new StringBuilder(text.length());
                } else {
                    masked.append(text, copied, start).append(MASK);
                    copied = end;
                }
                start = at;
            }
            end = Math.max(end, at + length);
        }
        return masked == null
                ? text
                : masked.append(text, copied, start)
                        .append(MASK)
                        .append(text, end, text.length())
                        .toString();
    }

    private int lengthOfFormAt(String text, int at) {
        String[] sharing = formsByStart[bucket(text, at)];
        if (sharing != null) {
            for (String form : sharing) {
                if (text.startsWith(form, at)) {
                    return form.length();
                }
            }
        }
        return 0;
    }

    /** By the first two characters: hardly any place in a log shares these with a secret. */
    private static int bucket(String text, int at) {
        return (text.charAt(at) * 251 + text.charAt(at + 1)) % BUCKETS;
    }

    private static boolean worthMasking(String value) {
        return value.length() >= SHORTEST
                && !value.isBlank()
                && !NO_SECRET_AT_ALL.contains(value.toLowerCase(Locale.ROOT))
                && value.chars().anyMatch(c -> c != '*');
    }

    private static Pattern pattern(String name) {
        return Pattern.compile(
                Arrays.stream(name.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
                Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    /** Never tells a value. */
    @Override
    public String toString() {
        return "Secrets[" + forms.size() + " forms]";
    }
}
