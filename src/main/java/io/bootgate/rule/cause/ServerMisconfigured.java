package io.bootgate.rule.cause;

import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.rule.cause.Symptoms.Match;
import io.bootgate.timeline.BootEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The server rejects its options, its configuration file or its worker class, or serves another kind of application. */
final class ServerMisconfigured implements CauseRule {
    /** What a server says, and what to do; {@code $1} is the first group. */
    private record Complaint(Pattern pattern, String fix) {}

    private static final List<Complaint> COMPLAINTS = List.of(
            complaint(
                    "class uri '?([^']*)'? invalid or not found",
                    "Use a worker class that Gunicorn has (sync, gthread, gevent) or one that is installed, in -k / worker_class; '$1' is none."),
            complaint(
                    "(?:gunicorn|hypercorn|uvicorn|waitress-serve|uwsgi)(?:\\S*): (?:error: .+|unrecognized option .+|invalid option .+)",
                    "Correct the start command, GUNICORN_CMD_ARGS or the configuration file."),
            complaint(
                    "^Error: No application module specified",
                    "Name the application at the end of the start command: gunicorn ... module:app."),
            complaint(
                    "^Error: '([^']+)' doesn't exist$",
                    "COPY $1 into the image, or correct the path after -c; a relative path is looked for in WORKDIR."),
            complaint(
                    "^Failed to read config file: (.+)",
                    "Correct $1; gunicorn --check-config finds it without a container."),
            complaint("^Invalid value for ([\\w]+): .*", "Correct $1 in Gunicorn's configuration file."),
            complaint("^Error: can't chdir to '([^']+)'", "Make $1 in the Dockerfile, or correct --chdir."),
            complaint(
                    "(?:ValueError: )?(?:cert|key)file \"([^\"]+)\" does not exist",
                    "COPY or mount $1, or drop --certfile and --keyfile where a proxy in front speaks TLS."),
            complaint(
                    "^Error: No such option:? .+|^Error: (?:no such option|option) \\S+ (?:not recognized|requires.*)|^Error: Got unexpected extra argument.*|^Error: Invalid value for '(-[^']+)'.*",
                    "Correct the start command."),
            complaint(
                    "^Error: '?([^']+)'? is not a valid port number",
                    "Give a number for the port. In the exec form (CMD [...]) there is no shell to expand a variable: use the shell form, or sh -c."),
            complaint(
                    "^Error: No such user: .*|^Error: No such group: .*|^Error: '[^']*' is not a valid .*|^Error: Unable to configure .*|^Error: Invalid .*|^Error: (?:Error: )?log ?config .*",
                    "Correct the server's configuration."),
            complaint(
                    "^Error: (?:invalid literal for int\\(\\)|Value must|Not a (?:string|callable|list)|Invalid boolean|Address .* is not|The value must).*",
                    "Correct the value in the server's configuration."),
            complaint(
                    "^(?:Error|CommandError): You must set settings.ALLOWED_HOSTS.*",
                    "Set ALLOWED_HOSTS in the settings."),
            complaint(
                    "(?:: unrecognized option '.+'|: invalid option -- .+)$|uwsgi: .*getopt_long\\(\\) error|^\\[strict-mode\\] unknown config directive: .*|^unable to load configuration from .*|^unable to open .*\\.ini.*",
                    "Correct uWSGI's options or its ini file."));

    private static final Pattern ASGI_ON_WSGI =
            Pattern.compile("__call__\\(\\) missing (?:1|2) required positional arguments?: .*'send'");
    private static final Pattern WSGI_ON_ASGI = Pattern.compile(
            "__call__\\(\\) (?:takes (?:from )?\\d+(?: to \\d+)? positional arguments but 4 were given|missing 1 required positional argument: 'start_response')");
    private static final Pattern WORKER_CLASS = Pattern.compile("class uri '?([^']*?)'? invalid or not found");

    @Override
    public CauseId id() {
        return CauseId.SERVER_MISCONFIGURED;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        Optional<Finding> protocol = protocol(symptoms);
        if (protocol.isPresent() || !symptoms.hasEnded()) {
            return protocol;
        }
        for (Complaint complaint : COMPLAINTS) {
            Optional<Match> match = symptoms.last(complaint.pattern());
            if (match.isPresent() && !isOfTheApp(match.get(), symptoms) && !isOtherwiseExplained(symptoms)) {
                return Optional.of(finding(complaint, match.get(), symptoms));
            }
        }
        return symptoms.raised().stream()
                .filter(raised -> raised.is("ConfigError") || isOfTheWorkerClass(raised) || isOfAnOption(raised))
                .findFirst()
                .map(raised -> certain(
                        raised.exception().summary(),
                        raised.evidence(),
                        raised.place(),
                        isOfTheWorkerClass(raised)
                                ? "The worker class of that name is not in its module: correct -k / worker_class."
                                : "Correct the server's configuration."));
    }

    // What fails in the server's own set-up of its log or its address failed for an option.
    private static boolean isOfAnOption(Raised raised) {
        boolean ofTheLog =
                raised.exception().frames().stream().anyMatch(f -> f.file().endsWith("/gunicorn/glogging.py"));
        return (ofTheLog && raised.is("UnsupportedOperation", "ValueError", "KeyError", "TypeError", "AttributeError"))
                || (raised.is("OverflowError") && raised.message().contains("port must be 0-65535"));
    }

    // Gunicorn takes a class that the module does not have for its name, and calls the name.
    private static boolean isOfTheWorkerClass(Raised raised) {
        return raised.is("TypeError")
                && raised.exception()
                        .lastFrame()
                        .map(f -> f.source().contains("worker_class("))
                        .orElse(false);
    }

    private static Complaint complaint(String pattern, String fix) {
        return new Complaint(Pattern.compile(pattern), fix);
    }

    private Finding finding(Complaint complaint, Match match, Symptoms symptoms) {
        String first = match.matcher().groupCount() > 0 ? match.group(1) : "";
        List<Evidence> evidence = new ArrayList<>(List.of(match.line().evidence()));
        Optional<Raised> reason = symptoms.raised().stream().findFirst();
        reason.ifPresent(raised -> evidence.add(raised.exception().evidence()));
        String said = match.line().text().strip();
        String detail = reason.map(raised -> raised.exception().summary())
                .filter(summary -> !said.contains(summary))
                .map(summary -> said.replaceAll(":$", "") + ": " + summary)
                .orElse(said);
        return certain(
                detail, evidence, reason.flatMap(Raised::place), complaint.fix().replace("$1", first));
    }

    // An application that reads the command line complains of it with the server's name, but later.
    private static boolean isOfTheApp(Match match, Symptoms symptoms) {
        return match.line().text().contains(": error: ")
                && (symptoms.timeline().has(BootEvent.WorkerBooting.class)
                        || match.line().text().contains("arguments are required"));
    }

    // The server's words can be the frame around a better reason: a module or a variable that is missing.
    private static boolean isOtherwiseExplained(Symptoms symptoms) {
        return symptoms.raised().stream()
                .anyMatch(raised -> isMissingDependency(raised, symptoms)
                        || new DependencyConflict().diagnose(symptoms).isPresent()
                        || new MissingEnv().diagnose(symptoms).isPresent()
                        || new InvalidEnv().diagnose(symptoms).isPresent());
    }

    private static boolean isMissingDependency(Raised raised, Symptoms symptoms) {
        Matcher missing = MissingModule.NO_MODULE.matcher(raised.message().strip());
        if (raised.message().startsWith("You need ")) {
            return true;
        }
        if (!raised.is("ModuleNotFoundError", "ImportError") || !missing.find()) {
            return false;
        }
        String workerClass =
                symptoms.last(WORKER_CLASS).map(match -> match.group(1)).orElse("");
        String name = missing.group(1);
        boolean isTheClassItself =
                workerClass.equals(name) || workerClass.startsWith(name + ".") || name.endsWith("." + workerClass);
        return workerClass.isEmpty()
                || !isTheClassItself
                || (Distributions.isKnown(name) && !name.startsWith("gunicorn."));
    }

    private Optional<Finding> protocol(Symptoms symptoms) {
        return symptoms.raisedByRequests().stream()
                .filter(raised -> raised.is("TypeError"))
                .flatMap(raised -> {
                    boolean asgi = ASGI_ON_WSGI.matcher(raised.message()).find();
                    boolean wsgi = WSGI_ON_ASGI.matcher(raised.message()).find();
                    if (!asgi && !wsgi) {
                        return Stream.empty();
                    }
                    return Stream.of(certain(
                            asgi
                                    ? "An ASGI application is served by a WSGI worker: %s."
                                            .formatted(raised.exception().summary())
                                    : "A WSGI application is served by an ASGI server: %s."
                                            .formatted(raised.exception().summary()),
                            raised.evidence(),
                            Optional.empty(),
                            asgi
                                    ? "Start Gunicorn with -k uvicorn_worker.UvicornWorker (add uvicorn-worker to requirements.txt; uvicorn.workers.UvicornWorker with older Uvicorn), or start Uvicorn itself."
                                    : "Start it with Gunicorn, or with uvicorn --interface wsgi."));
                })
                .findFirst();
    }
}
