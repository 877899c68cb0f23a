package io.bootgate.rule.cause;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the environment variable that a line of source, or a message, is about. */
public final class Variable {
    /** {@code os.environ["X"]}, {@code getenv("X", ...)}, {@code config("X")}, {@code env.int("X")}. */
    private static final Pattern READ = Pattern.compile(
            "(?:getenv\\(|environ(?:\\.get)?[\\[(]|(?<![.\\w])(?:[Cc]onfig|env(?:\\.\\w+)?)\\()\\s*['\"](\\w+)['\"]");

    private static final Pattern READ_WITHOUT_DEFAULT =
            Pattern.compile("(?:getenv|environ\\.get)\\(\\s*['\"](\\w+)['\"]\\s*(?:,\\s*None\\s*)?\\)");
    private static final Pattern CONSTANT =
            Pattern.compile("\\b([A-Z][A-Z0-9]*_[A-Z0-9_]+|PORT|WORKERS|DEBUG|TIMEOUT)\\b");

    private Variable() {}

    /** The variable that the line reads. */
    static Optional<String> readBy(String source) {
        Matcher matcher = READ.matcher(source);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The variable that the line reads and gets {@code None} for if it is not set. */
    static Optional<String> readWithoutDefaultBy(String source) {
        Matcher matcher = READ_WITHOUT_DEFAULT.matcher(source);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** A name that is written like a variable's: {@code DATABASE_URL}. */
    static Optional<String> writtenIn(String source) {
        Matcher matcher = CONSTANT.matcher(source);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** What to do to set it, for the gate and for the deployment. */
    public static String toSet(String name) {
        return "Set %s for the gate with <env><%s>...</%s></env> in the plugin's configuration, and in the deployment (docker run -e %s=...)."
                .formatted(name, name, name, name);
    }
}
