package io.bootgate.rule.lint;

import io.bootgate.rule.Location;
import io.bootgate.rule.cause.CauseId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code $PORT} in an exec form reaches the server as it is written. */
final class VariableNotExpanded implements LintRule {
    @Override
    public String id() {
        return "VARIABLE_NOT_EXPANDED";
    }

    @Override
    public String title() {
        return "A variable stands where no shell replaces it";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of(CauseId.SERVER_MISCONFIGURED, CauseId.EXITED, CauseId.APP_NOT_FOUND, CauseId.SERVER_NOT_STARTED);
    }

    private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{?[A-Za-z_]\\w*(?::?[-+?=][^}]*)?}?)");
    private static final Set<String> NUMBERS =
            Set.of("-b", "--bind", "-p", "--port", "-w", "--workers", "--threads", "--timeout", "-t");

    @Override
    public List<LintFinding> check(LintProject project) {
        return FutureStart.of(project)
                .filter(start -> !start.isShellForm())
                .map(this::check)
                .orElse(List.of());
    }

    private List<LintFinding> check(FutureStart start) {
        List<String> words = start.words();
        String program = words.get(0).replaceFirst(".*/", "");
        boolean server = program.matches("gunicorn|uvicorn|hypercorn|waitress-serve|flask|python[\\d.]*");
        if (program.matches("(?:ba|da|a|z|k)?sh|env|eval|tini|dumb-init")) {
            return List.of();
        }
        List<LintFinding> findings = new ArrayList<>();
        for (int i = 1; i < words.size(); i++) {
            Matcher variable = VARIABLE.matcher(words.get(i));
            if (!variable.find() || !start.place(words.get(i)).line().isPresent()) {
                continue;
            }
            boolean number = NUMBERS.contains(words.get(i - 1)) || words.get(i).matches("(?:-b|--?\\w+=).*\\$.*");
            Location place = start.place(variable.group());
            String detail =
                    "The exec form runs no shell: %s gets %s as it is written.".formatted(program, variable.group());
            String fix =
                    "Let a shell replace it: CMD [\"sh\", \"-c\", \"exec %s\"].".formatted(String.join(" ", words));
            findings.add(server && number && start.known() ? error(place, detail, fix) : warning(place, detail, fix));
        }
        return findings.stream().limit(1).toList();
    }
}
