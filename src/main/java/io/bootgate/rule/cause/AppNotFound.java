package io.bootgate.rule.cause;

import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.rule.cause.Symptoms.Match;
import io.bootgate.timeline.BootEvent.Created;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the server was told to load is not there, or is no application: wrong module, attribute, factory or folder. */
final class AppNotFound implements CauseRule {
    /** In the servers' own words; each is followed by what to do about it. */
    private static final Pattern ATTRIBUTE =
            Pattern.compile("Failed to find (?:attribute|application object) '([^']+)' in '([^']+)'"
                    + "|Attribute \"([^\"]+)\" not found in module \"([^\"]+)\"");

    private static final Pattern NOT_AN_APP =
            Pattern.compile("Application object must be callable|Failed to find application object: ");
    private static final Pattern NOT_A_NAME = Pattern.compile(
            "Failed to parse '(.+)' as an attribute name or function call|Function reference must be a simple name");
    private static final Pattern PATH_AS_MODULE = Pattern.compile("did you mean '(.+)'\\?");
    private static final Pattern OTHER = Pattern.compile("Error loading ASGI app(?: factory)?[.:] .+"
            + "|Import string \".*\" must be in format.*"
            + "|Cannot load application from '.*', (?:application|module) not found.*"
            + "|Error: Could not import '.+'\\."
            + "|Failed to find Flask application or factory in module '.+'.*"
            + "|Could not locate a Flask application.*|Detected multiple Flask applications.*"
            + "|Detected factory '.+' in module '.+', but could not call it.*"
            + "|The factory '.+' in module '.+' could not be called.*|A valid Flask application was not obtained.*"
            + "|Error: Bad object name '.+'|Error: Malformed application '.+'"
            + "|unable to find \".+\" callable in file .+|failed to open python file .+");
    private static final Pattern WAITRESS_MODULE = Pattern.compile("Error: Bad module '([^']+)'");
    private static final Pattern TARGET = Pattern.compile("^['\"]?([A-Za-z_][\\w.]*):[A-Za-z_]");
    private static final Pattern NO_ATTRIBUTE = Pattern.compile("^module '([\\w.]+)' has no attribute '(\\w+)'");
    private static final Pattern NOTHING_LOADED =
            Pattern.compile("unable to load app \\d+ \\(mountpoint='.*'\\) \\(callable not found");
    private static final Pattern FACTORY = Pattern.compile(
            "^(\\w+)\\(\\) (?:takes .*positional arguments? but|missing \\d+ required (?:positional|keyword-only) argument).*");
    private static final Pattern LOADER =
            Pattern.compile("/(?:gunicorn|uvicorn|hypercorn|waitress|granian|flask|werkzeug)/");
    private static final Pattern IMPORT_MACHINERY = Pattern.compile("^<frozen importlib|/importlib/");
    /** The servers' functions that import what the start command names. */
    private static final Set<String> LOADS = Set.of(
            "import_app",
            "import_from_string",
            "load_application",
            "locate_app",
            "import_string",
            "load_target",
            "run");

    private static final Pattern MASTERS_REASON =
            Pattern.compile("HaltServer 'App failed to load\\.' 4|Reason: App failed to load\\.");

    @Override
    public CauseId id() {
        return CauseId.APP_NOT_FOUND;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        return missingTarget(symptoms)
                .or(() -> inWords(symptoms))
                .or(() -> missingAttributeOfWaitress(symptoms))
                .or(() -> factory(symptoms))
                .or(() -> factoryOfARequest(symptoms))
                .or(() -> uwsgi(symptoms))
                .or(() -> saidByTheMasterAlone(symptoms));
    }

    /** Of a log that is cut off the master's reason may be all that is left; a whole one says more. */
    private Optional<Finding> saidByTheMasterAlone(Symptoms symptoms) {
        boolean whole =
                symptoms.timeline().has(Created.class) || !symptoms.failures().isEmpty();
        return symptoms.last(MASTERS_REASON)
                .filter(match -> !whole)
                .map(
                        match -> likely(
                                "Gunicorn found no application by the name that it was told.",
                                List.of(match.line().evidence()),
                                Optional.empty(),
                                "Compare module:attribute of the start command with the source; the lines before this one name what was not found."));
    }

    // The module that the server was told to load: its import was asked for by the server, not by the application.
    private Optional<Finding> missingTarget(Symptoms symptoms) {
        return symptoms.raised().stream()
                .filter(raised -> raised.is("ModuleNotFoundError", "ImportError"))
                .filter(raised -> isAskedForByServer(raised.exception(), symptoms))
                .flatMap(raised -> {
                    Matcher module = Pattern.compile("No module named (.+?)(?:; .*)?$")
                            .matcher(raised.message().lines().findFirst().orElse(""));
                    if (!module.find() || module.group(1).matches("['\"]?\\..*")) {
                        return Optional.<Finding>empty().stream();
                    }
                    String name = module.group(1).replaceAll("^(['\"])(.*)\\1$", "$2");
                    String detail =
                            "The server was told to load the module %s, which is not in the image where it looks."
                                    .formatted(name);
                    return Optional.of(
                            certain(detail, raised.evidence(), Optional.empty(), fixOfModule(name, symptoms)))
                            .stream();
                })
                .findFirst();
    }

    private static boolean isAskedForByServer(Traceback traceback, Symptoms symptoms) {
        if (traceback.announcement().contains("class uri")) {
            return false;
        }
        if (traceback.frames().isEmpty()) {
            // uWSGI shows frames only for what the application itself imports.
            return symptoms.last(NOTHING_LOADED).isPresent()
                    || symptoms.last(WAITRESS_MODULE)
                            .filter(match -> isPartOf(match.group(1), traceback.message()))
                            .isPresent()
                    || (traceback.last().text().contains("importing your module")
                            && isOfTheCommand(traceback, symptoms));
        }
        return traceback.frames().stream()
                .filter(frame -> !IMPORT_MACHINERY.matcher(frame.file()).find())
                .reduce((outer, inner) -> inner)
                .filter(frame -> LOADER.matcher(frame.file()).find() && LOADS.contains(frame.function()))
                .isPresent();
    }

    // Waitress 3.0.1 and later names no module of its own any more.
    private static boolean isOfTheCommand(Traceback traceback, Symptoms symptoms) {
        return symptoms.boot().command().stream()
                .flatMap(word -> Stream.of(word.split("\\s+")))
                .map(TARGET::matcher)
                .filter(Matcher::find)
                .anyMatch(target -> isPartOf(target.group(1), traceback.message()));
    }

    /** Whether the message says that the module, or a package that it is in, is missing. */
    private static boolean isPartOf(String target, String message) {
        Matcher missing = MissingModule.NO_MODULE.matcher(message);
        return missing.find() && (target.equals(missing.group(1)) || target.startsWith(missing.group(1) + "."));
    }

    private static String fixOfModule(String name, Symptoms symptoms) {
        if (name.contains("'") || name.contains("\"")) {
            return "Take the quotes out of the argument: in the exec form (CMD [...]) there is no shell that would remove them.";
        }
        if (name.endsWith(".py") || name.contains("/")) {
            return "Name the module, not the file: %s."
                    .formatted(name.replaceAll("\\.py$", "").replace('/', '.'));
        }
        String workdir = symptoms.boot().workdir();
        return "See that %s.py or %s/ is in %s of the image (WORKDIR and COPY in the Dockerfile), or correct the module in the start command, or pass --chdir / PYTHONPATH."
                .formatted(name.replace('.', '/'), Distributions.top(name), workdir);
    }

    private Optional<Finding> inWords(Symptoms symptoms) {
        if (!symptoms.hasEnded()) {
            return Optional.empty();
        }
        return symptoms.last(ATTRIBUTE)
                .map(match -> {
                    boolean gunicorn = !match.group(1).isEmpty();
                    String attribute = gunicorn ? match.group(1) : match.group(3);
                    String module = gunicorn ? match.group(2) : match.group(4);
                    return missingAttribute(
                            module, attribute, List.of(match.line().evidence()));
                })
                .or(
                        () -> symptoms.last(NOT_AN_APP)
                                .map(
                                        match -> found(
                                                match,
                                                "What the start command names is not an application: "
                                                        + match.line().text().strip(),
                                                "Name a WSGI application or a factory that returns one; a factory needs a return statement.")))
                .or(
                        () -> symptoms.last(NOT_A_NAME)
                                .map(
                                        match -> found(
                                                match,
                                                match.line().text().strip(),
                                                "Name a variable of the module after the colon, or a call with literal arguments; give the object a name in the module (app = server._app) and use that.")))
                .or(() -> symptoms.last(PATH_AS_MODULE)
                        .map(match -> found(match, match.line().text().strip(), "Write %s.".formatted(match.group(1)))))
                .or(() -> symptoms.last(OTHER)
                        .filter(match -> symptoms.failures().stream()
                                .noneMatch(t -> t.appFrame().isPresent()))
                        .map(match -> found(
                                match,
                                match.group(0),
                                "Correct module:attribute in the start command, or the folder that it is looked for in (%s, set by WORKDIR)."
                                        .formatted(symptoms.boot().workdir()))));
    }

    private Optional<Finding> missingAttributeOfWaitress(Symptoms symptoms) {
        return symptoms.raised().stream()
                .filter(raised -> raised.is("AttributeError")
                        && raised.exception().last().text().contains("importing your module"))
                .map(raised -> NO_ATTRIBUTE.matcher(raised.message()))
                .filter(Matcher::find)
                .filter(attribute -> symptoms.boot()
                        .commandLine()
                        .orElse("")
                        .contains(attribute.group(1) + ":" + attribute.group(2)))
                .findFirst()
                .flatMap(attribute -> symptoms.raised().stream()
                        .findFirst()
                        .map(raised -> missingAttribute(attribute.group(1), attribute.group(2), raised.evidence())));
    }

    private Finding missingAttribute(String module, String attribute, List<Evidence> evidence) {
        return certain(
                "The module %s has no %s.".formatted(module, attribute),
                evidence,
                Optional.empty(),
                "Put the name that the application has in %s.py after the colon (%s:NAME, or %s:create_app() for a factory), or name it %s there."
                        .formatted(module.replace('.', '/'), module, module, attribute));
    }

    private Finding found(Match match, String detail, String fix) {
        return certain(detail, List.of(match.line().evidence()), Optional.empty(), fix);
    }

    // A factory that the server itself called with the wrong arguments: no frame but the server's.
    private Optional<Finding> factory(Symptoms symptoms) {
        return symptoms.raised().stream()
                .filter(raised -> raised.is("TypeError")
                        && FACTORY.matcher(raised.message()).find())
                .filter(raised -> raised.whole().appFrame().isEmpty())
                .filter(raised -> raised.exception().frames().isEmpty()
                        || raised.exception()
                                .lastFrame()
                                .map(f -> f.file().equals("<string>")
                                        || LOADER.matcher(f.file()).find())
                                .orElse(false))
                .findFirst()
                .map(
                        raised -> certain(
                                "The factory cannot be called like this: %s."
                                        .formatted(raised.exception().summary()),
                                raised.evidence(),
                                Optional.empty(),
                                "Give the call in the start command the arguments that the factory takes, or give them defaults."));
    }

    // The server called the factory as if it were the application.
    private Optional<Finding> factoryOfARequest(Symptoms symptoms) {
        return symptoms.raisedByRequests().stream()
                .filter(raised -> raised.is("TypeError") && !raised.message().contains("__call__"))
                .filter(raised -> raised.whole().appFrame().isEmpty())
                .flatMap(raised -> {
                    Matcher factory = Pattern.compile(
                                    "^([\\w.<>]+)\\(\\) takes (?:from )?(?:no|\\d+)(?: to \\d+)? (?:positional )?arguments? (?:but \\d+ (?:was|were) given|\\(\\d+ given\\))")
                            .matcher(raised.message());
                    if (!factory.find()) {
                        return Stream.empty();
                    }
                    String name = factory.group(1);
                    return Stream.of(certain(
                            "%s is a factory, and the server calls it as if it were the application: %s."
                                    .formatted(name, raised.exception().summary()),
                            raised.evidence(),
                            Optional.empty(),
                            "Call it in the start command: module:%s() for Gunicorn, --factory for Uvicorn."
                                    .formatted(name)));
                })
                .findFirst();
    }

    private Optional<Finding> uwsgi(Symptoms symptoms) {
        return symptoms.last(NOTHING_LOADED)
                .filter(match -> symptoms.tracebacks().all().isEmpty())
                .map(match -> found(
                        match,
                        "uWSGI found no callable: " + match.line().text().strip(),
                        "Name the application's variable with --callable (or module:callable)."));
    }
}
