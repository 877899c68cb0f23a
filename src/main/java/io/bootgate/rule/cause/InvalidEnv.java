package io.bootgate.rule.cause;

import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An environment variable is set to something that cannot be used. */
final class InvalidEnv implements CauseRule {
    private static final Pattern LIBRARY = Pattern.compile(
            "Environment variable [\"'](\\w+)[\"'] invalid"
                    + "|error parsing value for field [\"'](\\w+)[\"']|Invalid (?:value )?(?:for|of) (?:environment variable )?['\"]?([A-Z][A-Z0-9_]{2,})\\b"
                    + "|\\b([A-Z][A-Z0-9_]{2,})['\"`]?(?: must be (?:one of|an? |either|between|positive|greater|at least|in )| is (?:invalid|not (?:a valid|valid|an? ))| has an invalid)");
    private static final Pattern URL = Pattern.compile(
            "Could not parse (?:SQLAlchemy|rfc1738) URL from"
                    + "|Can't load plugin: sqlalchemy\\.dialects:(postgres|mysql2|sqlite3)\\b|Redis URL must specify one of"
                    + "|Invalid URI scheme|No support for '.*'\\. We support|Unsupported scheme|Invalid port specified in|Port could not be cast to integer");
    private static final Pattern FERNET = Pattern.compile("Fernet key must be 32 url-safe base64-encoded bytes");
    private static final Pattern PORT = Pattern.compile("'([^']+)' is not a valid port number"
            + "|Invalid value for '--port'[^:]*: '([^']+)' is not a valid integer");
    private static final Set<String> OF_A_VALUE = Set.of(
            "ValueError",
            "TypeError",
            "InvalidOperation",
            "JSONDecodeError",
            "Error",
            "KeyError",
            "UndefinedValueError",
            "EnvValidationError",
            "binascii.Error",
            "AssertionError",
            "SettingsError",
            "LookupError");

    @Override
    public CauseId id() {
        return CauseId.INVALID_ENV;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        for (Raised raised : symptoms.raised()) {
            Optional<Finding> found = settings(raised)
                    .or(() -> saidByLibrary(raised, symptoms))
                    .or(() -> conversion(raised, symptoms))
                    .or(() -> url(raised));
            if (found.isPresent()) {
                return found;
            }
        }
        return symptoms.hasEnded() ? port(symptoms) : Optional.empty();
    }

    private Optional<Finding> settings(Raised raised) {
        return SettingsErrors.of(raised)
                .filter(errors -> !errors.invalid().isEmpty())
                .map(errors -> {
                    List<Evidence> evidence = new ArrayList<>();
                    errors.invalid().forEach(field -> evidence.add(field.line().evidence()));
                    evidence.addAll(raised.evidence());
                    String reasons = errors.invalid().stream()
                            .map(field -> field.variable() + " (" + field.reason() + ")")
                            .collect(Collectors.joining(", "));
                    return certain(
                            "%s rejects %s.".formatted(errors.settings(), reasons),
                            evidence,
                            raised.place(),
                            "Correct the value of %s."
                                    .formatted(errors.invalid().stream()
                                            .map(SettingsErrors.Field::variable)
                                            .collect(Collectors.joining(", "))));
                });
    }

    private Optional<Finding> saidByLibrary(Raised raised, Symptoms symptoms) {
        Matcher said = LIBRARY.matcher(raised.message());
        if (!said.find() || !isOfAValue(raised)) {
            return Optional.empty();
        }
        for (int group = 1; group <= said.groupCount(); group++) {
            // Pydantic names the field, not the variable.
            String name =
                    group == 2 && said.group(2) != null ? said.group(2).toUpperCase(Locale.ROOT) : said.group(group);
            boolean inWords = group >= 3;
            if (name != null && (!inWords || isSetOrRead(name, raised, symptoms))) {
                return Optional.of(certain(
                        "The value of %s cannot be used: %s."
                                .formatted(name, raised.exception().summary()),
                        raised.evidence(),
                        raised.place(),
                        "Correct the value of %s.".formatted(name)));
            }
        }
        return Optional.empty();
    }

    // The line that reads the variable, in the application or in a library that reads it (Gunicorn's WEB_CONCURRENCY).
    private Optional<Finding> conversion(Raised raised, Symptoms symptoms) {
        if (!isOfAValue(raised) || raised.is("KeyError", "UndefinedValueError")) {
            return Optional.empty();
        }
        List<Frame> frames = new ArrayList<>();
        raised.exception().lastFrame().ifPresent(frames::add);
        raised.appFrame().ifPresent(frames::add);
        for (Frame frame : frames) {
            String source = frame.source();
            Optional<String> name = Variable.readBy(source)
                    .or(() -> Variable.writtenIn(source).filter(symptoms.boot().envNames()::contains));
            if (name.isPresent()) {
                return Optional.of(certain(
                        "The value of %s cannot be used: %s."
                                .formatted(name.get(), raised.exception().summary()),
                        raised.evidence(),
                        raised.place(),
                        "Correct the value of %s, or remove it where the code has a default.".formatted(name.get())));
            }
        }
        return Optional.empty();
    }

    private static boolean isOfAValue(Raised raised) {
        return (OF_A_VALUE.contains(raised.exception().name())
                        || raised.is("ImproperlyConfigured", "EnvError", "ValidationError", "RuntimeError"))
                && !raised.message().contains("NoneType")
                && !raised.message().contains("argument")
                && !raised.message().contains("environment variable");
    }

    private static boolean isSetOrRead(String name, Raised raised, Symptoms symptoms) {
        return symptoms.boot().envNames().contains(name)
                || raised.appFrame().map(f -> f.source().contains(name)).orElse(false)
                || raised.message().toLowerCase(Locale.ROOT).contains("environment");
    }

    private Optional<Finding> url(Raised raised) {
        Matcher url = URL.matcher(raised.message());
        boolean fernet = FERNET.matcher(raised.message()).find();
        if (!url.find() && !fernet) {
            return Optional.empty();
        }
        String source = raised.appFrame().map(Frame::source).orElse("");
        String name = Variable.readBy(source)
                .or(() -> Variable.writtenIn(source))
                .orElse(fernet ? "the variable with the key" : "the variable with the URL");
        String fix = raised.message().contains("dialects:postgres")
                ? "Write postgresql:// instead of postgres:// in the value of %s.".formatted(name)
                : fernet
                        ? "Set %s to what Fernet.generate_key() gives.".formatted(name)
                        : "Correct the value of %s: scheme://user:password@host:port/name.".formatted(name);
        return Optional.of(likely(
                "The value of %s cannot be used: %s."
                        .formatted(name, raised.exception().summary()),
                raised.evidence(),
                raised.place(),
                fix));
    }

    private Optional<Finding> port(Symptoms symptoms) {
        String command = symptoms.boot().commandLine().orElse("");
        return symptoms.last(PORT)
                .filter(match -> !match.line().text().contains("'$"))
                .filter(match -> match.line().text().contains("'tcp'")
                        || command.contains("$")
                        || symptoms.boot().envNames().contains("PORT"))
                .map(match -> {
                    boolean link = match.line().text().contains("'tcp");
                    return likely(
                            "The value of PORT cannot be used: %s"
                                    .formatted(match.line().text().strip()),
                            List.of(match.line().evidence()),
                            Optional.empty(),
                            link
                                    ? "Kubernetes sets PORT-like variables for services of that name (tcp://...): rename the service, or set enableServiceLinks: false, or set PORT to a number."
                                    : "Set PORT to a number, such as 8000.");
                });
    }
}
