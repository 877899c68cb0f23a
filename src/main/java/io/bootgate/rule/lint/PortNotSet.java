package io.bootgate.rule.lint;

import io.bootgate.rule.Location;
import io.bootgate.rule.cause.CauseId;
import io.bootgate.server.Server;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code -b 0.0.0.0:$PORT} in a shell form, with PORT set neither in the image nor in the configuration. */
final class PortNotSet implements LintRule {
    @Override
    public String id() {
        return "PORT_NOT_SET";
    }

    @Override
    public String title() {
        return "The address needs a variable that nothing sets";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of(CauseId.SERVER_MISCONFIGURED, CauseId.EXITED, CauseId.MISSING_ENV, CauseId.INVALID_ENV);
    }

    private static final Pattern PORT = Pattern.compile(
            "(?:(?:-b|--bind|--listen)[ =]?\\s*[\"']?[\\w.\\[\\]:*]*:|(?:--port|-p)[ =]\\s*[\"']?)\\$(?:\\{([A-Za-z_]\\w*)}|([A-Za-z_]\\w*))");

    @Override
    public List<LintFinding> check(LintProject project) {
        return FutureStart.of(project)
                .filter(start -> start.server().isPresent() && start.known() && !start.hasUnknownScript())
                .flatMap(this::check)
                .map(List::of)
                .orElse(List.of());
    }

    private Optional<LintFinding> check(FutureStart start) {
        String text = start.allText();
        Matcher port = PORT.matcher(text);
        boolean shell = start.isShellForm()
                || !start.scripts().isEmpty()
                || start.words().get(0).matches("(?:.*/)?(?:ba|da)?sh");
        if (!shell || !port.find()) {
            return Optional.empty();
        }
        String name = port.group(1) == null ? port.group(2) : port.group(1);
        boolean set = start.env().containsKey(name)
                || text.matches(
                        "(?s).*(?:\\b%1$s=|\\$\\{%1$s:?[-=?+]|\\bread\\b|\\bsource\\b|(?:^|[\\s;&])\\. |\\beval\\b|\\bset -a\\b).*"
                                .formatted(name))
                || start.project().request().run().requiredEnv().contains(name);
        if (set) {
            return Optional.empty();
        }
        boolean gunicorn = start.server()
                .filter(server -> server.server() == Server.GUNICORN)
                .isPresent();
        String detail = "%s is set neither in the image nor in <env>: the server gets an empty port.".formatted(name);
        String fix = "Give it a default, ${%1$s:-8000}, or set %1$s with ENV or <env>.".formatted(name);
        Location place = start.place("$" + name, "${" + name);
        return Optional.of((gunicorn ? error(place, detail, fix) : warning(place, detail, fix)).about(""));
    }
}
