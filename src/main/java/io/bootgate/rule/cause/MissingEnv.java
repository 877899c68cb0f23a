package io.bootgate.rule.cause;

import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.rule.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An environment variable that the application, the server's command or an entry script needs has no value. Certain where a
 * library or the shell says so in its own words, likely where the source or the message only suggests it.
 */
final class MissingEnv implements CauseRule {
    private static final Pattern QUOTED = Pattern.compile("^b?['\"]([A-Za-z_]\\w*)['\"]$");
    private static final Pattern CONSTANT_LIKE = Pattern.compile("^[A-Z][A-Z0-9_]{2,}$");

    /** What libraries say; the group is the variable. */
    private static final Pattern LIBRARY =
            Pattern.compile("^(\\S+) not found\\. Declare it as envvar or define a default value"
                    + "|Environment variable [\"'](\\w+)[\"'] not set"
                    + "|Set the (\\w+) environment variable"
                    + "|Config '(\\w+)' is missing, and has no default"
                    + "|^(\\w+) is required in env "
                    + "|setting the (\\w+) environment variable"
                    + "|define the environment variable (DJANGO_SETTINGS_MODULE)"
                    + "|Either '(SQLALCHEMY_DATABASE_URI)' or 'SQLALCHEMY_BINDS' must be set"
                    + "|The (SECRET_KEY) setting must not be empty");
    /** What applications say in their own words; the group is the variable. */
    static final Pattern IN_WORDS = Pattern.compile(
            "\\b([A-Z][A-Z0-9_]{2,})['\"`]?(?: (?:environment|env)(?: variable| var)?)?(?: setting)? (?:is|was|has|must|needs|should|cannot|can't)"
                    + " (?:not (?:been )?(?:be )?(?:set|defined|provided|configured|specified|found|empty|present)|to be set|be (?:set|defined|provided|configured|specified)|missing|required|unset|undefined|mandatory|empty)"
                    + "|\\b([A-Z][A-Z0-9_]{2,})['\"`]? (?:not (?:set|defined|provided|configured|specified|found)|missing|required|unset)\\b"
                    + "|(?i:missing|required|undefined|unset|no|set)(?: the)?(?i: required| mandatory)?(?i: environment| env)(?i: variables?| vars?)?:? ['\"`\\[({]*([A-Z][A-Z0-9_]{2,})"
                    + "|(?i:environment variable|env var(?:iable)?) ['\"`]?([A-Z][A-Z0-9_]{2,})['\"`]? (?i:is|was|must|not|missing|required|unset)"
                    + "|(?i:missing|please set|must set|you need to set)(?: the)? ['\"`]?([A-Z][A-Z0-9]*_[A-Z0-9_]+)");

    private static final Pattern PRELOAD = Pattern.compile("^Error: (.+)$");
    private static final Pattern SHELL = Pattern.compile(
            "(?:^|[\\s:])(\\w+): (?:parameter null or not set|parameter not set|unbound variable)\\s*$");
    // ${X:?words} in dash and bash: "start.sh: 3: X: words", "start.sh: line 3: X: words".
    private static final Pattern SHELL_WORDS = Pattern.compile(
            "^\\S*(?:sh|bash|/[\\w.-]+|[\\w-]+\\.sh): (?:line )?\\d+: ([A-Z][A-Z0-9_]*): (?!.*(?:not found|[Pp]ermission denied|No such file))(.+)$");
    private static final Pattern EMPTY_PORT = Pattern.compile(
            "'' is not a valid port number"
                    + "|Invalid value for '--port'[^:]*: '' is not a valid integer|[Oo]ption '--port' requires an argument|argument -(?:b|p|w|k)\\S*: expected one argument");
    private static final Pattern IN_COMMAND = Pattern.compile("\\$\\{?([A-Za-z_]\\w*)");
    private static final Pattern EMPTY_BEFORE_DOT =
            Pattern.compile("^No module named '(\\.[\\w.]*)'|relative import for '(\\.[\\w.]*)'|^Empty module name");

    @Override
    public CauseId id() {
        return CauseId.MISSING_ENV;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        for (Raised raised : symptoms.raised()) {
            Optional<Finding> found = inException(raised, symptoms);
            if (found.isPresent()) {
                return found;
            }
        }
        if (!symptoms.hasEnded()) {
            return Optional.empty();
        }
        return shell(symptoms).or(() -> emptyPort(symptoms)).or(() -> withoutTraceback(symptoms));
    }

    private Optional<Finding> inException(Raised raised, Symptoms symptoms) {
        return ofEnviron(raised, symptoms)
                .or(() -> saidByLibrary(raised, symptoms))
                .or(() -> settings(raised))
                .or(() -> emptyModule(raised, symptoms))
                .or(() -> none(raised, symptoms))
                .or(() -> inWords(raised, symptoms));
    }

    // A KeyError is a missing variable only when os.environ raised it.
    private Optional<Finding> ofEnviron(Raised raised, Symptoms symptoms) {
        Matcher key = QUOTED.matcher(raised.message().strip());
        if (!raised.is("KeyError") || !key.find()) {
            return Optional.empty();
        }
        String name = key.group(1);
        Optional<Frame> last = raised.exception().lastFrame();
        boolean environ = last.isPresent()
                && last.get().isStandardModule("os")
                && last.get().function().equals("__getitem__");
        if (environ) {
            return Optional.of(named(name, raised.evidence(), raised.place(), symptoms));
        }
        boolean noFrames = last.isEmpty() && CONSTANT_LIKE.matcher(name).find();
        boolean source = last.map(Frame::source)
                        .flatMap(Variable::readBy)
                        .filter(name::equals)
                        .isPresent()
                && last.map(f -> f.source().contains("environ")).orElse(false);
        return noFrames || source
                ? Optional.of(likelyNamed(name, raised.evidence(), raised.place(), symptoms))
                : Optional.empty();
    }

    private Optional<Finding> saidByLibrary(Raised raised, Symptoms symptoms) {
        Matcher said = LIBRARY.matcher(raised.message().replaceAll("^[\"']", ""));
        return said.find()
                ? Optional.of(named(groupOf(said), raised.evidence(), raised.place(), symptoms))
                : Optional.empty();
    }

    private Optional<Finding> settings(Raised raised) {
        return SettingsErrors.of(raised)
                .filter(errors -> !errors.missing().isEmpty())
                .map(errors -> {
                    String names = errors.missing().stream()
                            .map(SettingsErrors.Field::variable)
                            .collect(Collectors.joining(", "));
                    List<Evidence> evidence = new ArrayList<>();
                    errors.missing().forEach(field -> evidence.add(field.line().evidence()));
                    evidence.addAll(raised.evidence());
                    String fields = errors.missing().stream()
                            .map(SettingsErrors.Field::name)
                            .collect(Collectors.joining(", "));
                    return certain(
                            "%s needs a value for: %s.".formatted(errors.settings(), fields),
                            evidence,
                            raised.place(),
                            "Set %s, or what env_prefix and alias of %s make of it, for the gate with <env>%s</env>, and in the deployment (docker run -e ...)."
                                    .formatted(
                                            names,
                                            errors.settings(),
                                            errors.missing().stream()
                                                    .map(f -> "<" + f.variable() + ">...</" + f.variable() + ">")
                                                    .collect(Collectors.joining())));
                });
    }

    private Optional<Finding> emptyModule(Raised raised, Symptoms symptoms) {
        Matcher module = EMPTY_BEFORE_DOT.matcher(raised.message().strip());
        boolean fromServer = raised.whole().appFrame().isEmpty();
        if (!module.find() || !fromServer) {
            return Optional.empty();
        }
        String target = module.group(1) != null ? module.group(1) : module.group(2) != null ? module.group(2) : "";
        String command = symptoms.boot().commandLine().orElse("");
        Matcher variable = Pattern.compile("\\$\\{?(\\w+)\\}?" + Pattern.quote(target.isEmpty() ? ":" : target))
                .matcher(command);
        String name = variable.find() ? variable.group(1) : "";
        return Optional.of(likely(
                "The server was told to load '%s': the name in front of the dot comes from a variable that has no value%s."
                        .formatted(target, name.isEmpty() ? "" : " (" + name + ")"),
                raised.evidence(),
                Optional.empty(),
                name.isEmpty()
                        ? "Set the variable that the start command puts in front of %s, for the gate with <env> and in the deployment."
                                .formatted(target)
                        : Variable.toSet(name)));
    }

    // os.getenv("X") gives None, and the very line that reads it fails with it.
    private Optional<Finding> none(Raised raised, Symptoms symptoms) {
        if (!raised.is("TypeError", "AttributeError", "ArgumentError", "ValueError")) {
            return Optional.empty();
        }
        boolean aboutNone =
                raised.message().contains("None") || raised.message().endsWith(": ''");
        return raised.appFrame()
                .filter(frame -> aboutNone)
                .flatMap(frame -> Variable.readWithoutDefaultBy(frame.source())
                        .or(() -> raised.is("ArgumentError") ? Variable.writtenIn(frame.source()) : Optional.empty()))
                .filter(name -> !raised.message().endsWith(": ''")
                        || !symptoms.boot().envNames().contains(name))
                .map(name -> likely(
                        "%s is not set, and the line that reads it cannot work with None: %s."
                                .formatted(name, raised.exception().summary()),
                        raised.evidence(),
                        raised.place(),
                        Variable.toSet(name)));
    }

    private Optional<Finding> inWords(Raised raised, Symptoms symptoms) {
        boolean own = raised.exception()
                        .lastFrame()
                        .map(f -> f.isOfTheApp() && f.source().startsWith("raise"))
                        .orElse(true)
                || raised.message().toLowerCase(Locale.ROOT).contains("environment");
        Matcher words = IN_WORDS.matcher(raised.message());
        return own && words.find() && !raised.is("SyntaxError", "NameError")
                ? Optional.of(likelyNamed(groupOf(words), raised.evidence(), raised.place(), symptoms))
                : Optional.empty();
    }

    private Optional<Finding> shell(Symptoms symptoms) {
        return symptoms.last(SHELL)
                .map(match -> named(match.group(1), List.of(match.line().evidence()), Optional.empty(), symptoms))
                .or(() -> symptoms.last(SHELL_WORDS)
                        .map(match -> likelyNamed(
                                match.group(1), List.of(match.line().evidence()), Optional.empty(), symptoms)));
    }

    private Optional<Finding> emptyPort(Symptoms symptoms) {
        return symptoms.last(EMPTY_PORT).flatMap(match -> {
            String command = symptoms.boot().commandLine().orElse("");
            Matcher variable = IN_COMMAND.matcher(command);
            boolean named = variable.find();
            boolean aboutPort = match.group(0).contains("''");
            if (!named && !aboutPort) {
                return Optional.empty();
            }
            String name = named && !command.contains("PORT") ? variable.group(1) : "PORT";
            return Optional.of(likely(
                    "%s has no value, so the server was told an empty one: %s"
                            .formatted(name, match.line().text().strip()),
                    List.of(match.line().evidence()),
                    Optional.empty(),
                    "Give it a default in the Dockerfile (ENV %s=8000), or a value. %s"
                            .formatted(name, Variable.toSet(name))));
        });
    }

    // RuntimeError under --preload leaves "Error: text"; Gunicorn 24 and later leaves the text of a KeyError in quotes.
    private Optional<Finding> withoutTraceback(Symptoms symptoms) {
        if (!symptoms.failures().isEmpty()) {
            return Optional.empty();
        }
        return symptoms.last(PRELOAD)
                .flatMap(match -> {
                    Matcher words = IN_WORDS.matcher(match.group(1));
                    return words.find()
                            ? Optional.of(likelyNamed(
                                    groupOf(words), List.of(match.line().evidence()), Optional.empty(), symptoms))
                            : Optional.empty();
                })
                .or(() -> symptoms.last(QUOTED)
                        .filter(match -> CONSTANT_LIKE.matcher(match.group(1)).find())
                        .map(match -> likelyNamed(
                                match.group(1), List.of(match.line().evidence()), Optional.empty(), symptoms)));
    }

    private Finding named(String name, List<Evidence> evidence, Optional<Location> place, Symptoms symptoms) {
        return certain(detail(name, symptoms), evidence, place, Variable.toSet(name));
    }

    private Finding likelyNamed(String name, List<Evidence> evidence, Optional<Location> place, Symptoms symptoms) {
        return likely(detail(name, symptoms), evidence, place, Variable.toSet(name));
    }

    private static String detail(String name, Symptoms symptoms) {
        return symptoms.boot().envNames().contains(name)
                ? "The environment variable %s is set, but empty or not accepted.".formatted(name)
                : "The environment variable %s is not set.".formatted(name);
    }

    private static String groupOf(Matcher matcher) {
        for (int group = 1; group <= matcher.groupCount(); group++) {
            if (matcher.group(group) != null) {
                return matcher.group(group);
            }
        }
        return "";
    }
}
