package io.bootgate.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Knows commands that do their work and end, so that a platform that keeps them running would start them again and again. */
public final class EndingCommand {
    private static final Pattern ENDS = Pattern.compile("(?:^|[;&|]\\s*|\\s)(?:"
            + "(?:\\S*python[\\d.]*\\s+)?(?:\\S*/)?manage\\.py\\s+(?:migrate|collectstatic|createsuperuser|check|loaddata|test)\\b[^;&|]*"
            + "|(?:flask\\s+db|alembic)\\s+upgrade\\b[^;&|]*"
            + "|(?:\\S*python[\\d.]*\\s+-m\\s+)?pytest\\b[^;&|]*"
            + "|gunicorn\\b[^;&|]*\\s(?:--daemon|-D|--check-config|--print-config|--version|--help)\\b[^;&|]*"
            + "|(?:/bin/)?(?:echo|ls|true|date|env|printenv|pwd|whoami|hostname)\\b[^;&|]*"
            + "|(?:/bin/)?sleep\\s+\\d+[smhd]?"
            + ")\\s*$");

    private EndingCommand() {}

    /** The part of the container's command that ends, if it is one that is known to. */
    public static Optional<String> in(DeployedContainer container) {
        List<String> words = new ArrayList<>(container.command().orElse(List.of()));
        words.addAll(container.args().orElse(List.of()));
        if (words.isEmpty()) {
            return Optional.empty();
        }
        boolean shell = words.size() >= 3
                && words.get(0).matches("(?:/\\S*/)?(?:ba|da|a)?sh")
                && words.get(1).matches("-\\w*c");
        String script = shell ? words.get(2) : String.join(" ", words);
        // Long text is no simple command, and not worth the search.
        return Optional.of(script.strip())
                .filter(text -> text.length() < 2000
                        && !text.contains("\n")
                        && ENDS.matcher(text).find())
                .filter(text -> shell || !text.contains(" -c "))
                .map(text -> text.length() > 80 ? "…" + text.substring(text.length() - 80) : text);
    }
}
