package io.bootgate.image.docker;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A pattern in what a RUN wrote, and what it means. */
record RunRule(Pattern pattern, Function<Matcher, String> reason) {
    static RunRule rule(String regex, Function<Matcher, String> reason) {
        return new RunRule(Pattern.compile(regex), reason);
    }

    /** The first rule that is found anywhere wins: the surer ones come first. */
    static Optional<String> first(List<RunRule> rules, String text) {
        for (RunRule rule : rules) {
            Matcher matcher = rule.pattern.matcher(text);
            if (matcher.find()) {
                return Optional.of(rule.reason.apply(matcher));
            }
        }
        return Optional.empty();
    }

    static String oneLine(String text) {
        return text.trim().replaceAll("\\s+", " ");
    }
}
