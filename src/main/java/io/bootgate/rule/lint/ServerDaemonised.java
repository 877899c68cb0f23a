package io.bootgate.rule.lint;

import io.bootgate.rule.Location;
import io.bootgate.rule.cause.CauseId;
import io.bootgate.rule.lint.FutureStart.Script;
import io.bootgate.server.CommandOptions;
import io.bootgate.server.Server;
import io.bootgate.server.StartCommand;
import io.bootgate.source.SourceText;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Process 1 ends when the server has put itself into the background, and the container with it. */
final class ServerDaemonised implements LintRule {
    private static final Pattern DAEMON = Pattern.compile("(?m)^daemon\\s*=\\s*True\\b");

    @Override
    public String id() {
        return "SERVER_DAEMONISED";
    }

    @Override
    public String title() {
        return "The server goes into the background";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of(CauseId.SERVER_NOT_STARTED, CauseId.EXITED);
    }

    @Override
    public List<LintFinding> check(LintProject project) {
        return FutureStart.of(project).flatMap(this::check).map(List::of).orElse(List.of());
    }

    private Optional<LintFinding> check(FutureStart start) {
        Optional<StartCommand> server = start.server();
        if (server.isEmpty()) {
            return Optional.empty();
        }
        List<String> arguments = server.get().arguments();
        boolean alone = start.scripts().isEmpty()
                && !start.allText().matches("(?s).*(?:\\bwait\\b|tail -f|sleep|nginx|supervisord|;|&&).*");
        for (String option : List.of("--daemon", "-D", "--daemonize")) {
            boolean gunicorn = server.get().server() == Server.GUNICORN && !option.equals("--daemonize");
            boolean uwsgi = server.get().server() == Server.UWSGI && option.equals("--daemonize");
            if ((gunicorn || uwsgi) && arguments.contains(option)) {
                return Optional.of(found(alone, start.place(option), option));
            }
        }
        if (server.get().server() == Server.GUNICORN) {
            Optional<Location> configured = configuration(start, arguments)
                    .filter(source -> DAEMON.matcher(source.text()).find())
                    .flatMap(source -> Texts.last(source, "daemon"));
            if (configured.isPresent()) {
                return Optional.of(found(alone, configured.get(), "daemon"));
            }
        }
        String more = start.env().getOrDefault("GUNICORN_CMD_ARGS", "");
        if (server.get().server() == Server.GUNICORN && more.matches("(?:.*\\s)?--daemon(?:\\s.*)?")) {
            Location place = start.dockerfile()
                    .flatMap(source -> Texts.last(source.text(), "--daemon"))
                    .orElseGet(start::place);
            return Optional.of(found(alone, place, "--daemon"));
        }
        for (Script script : start.scripts().values()) {
            Optional<LintFinding> inBackground = script.source().flatMap(source -> background(source, server.get()));
            if (inBackground.isPresent()) {
                return inBackground;
            }
        }
        String text = start.isShellForm() && !start.words().isEmpty()
                ? start.words().get(start.words().size() - 1)
                : "";
        if (text.stripTrailing().matches("(?s).*[^&]&") && alone) {
            return Optional.of(found(true, start.place(), "&"));
        }
        return Optional.empty();
    }

    private static Optional<SourceText> configuration(FutureStart start, List<String> arguments) {
        List<String> named = CommandOptions.values(arguments, "-c", "--config");
        String name = named.isEmpty() ? "gunicorn.conf.py" : named.get(named.size() - 1);
        return start.sourceOf(name.startsWith("/") ? name : start.workdir() + "/" + name);
    }

    /** The last command of a script is the server, and is not waited for. */
    private Optional<LintFinding> background(SourceText script, StartCommand server) {
        List<String> lines = script.lines();
        for (int line = lines.size(); line > 0; line--) {
            String text = lines.get(line - 1).strip();
            if (!text.isEmpty() && !text.startsWith("#")) {
                boolean named = text.contains(server.server().id());
                boolean simple = !script.text().matches("(?s).*(?:\\bwait\\b|\\bfg\\b|\\\\\\n).*");
                return named && simple && text.matches(".*[^&>]&")
                        ? Optional.of(found(true, Location.of(script.path(), line), "&"))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private LintFinding found(boolean certain, Location place, String option) {
        String detail = "With %s the command returns at once, and the container ends with it.".formatted(option);
        String fix = "Leave %s out: in a container the server stays in the foreground.".formatted(option);
        return certain ? error(place, detail, fix) : warning(place, detail, fix);
    }
}
