package io.bootgate.rule.cause;

import io.bootgate.rule.Finding;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The code, or a distribution, is made for another version of Python than the image has. */
final class PythonVersionMismatch implements CauseRule {
    private static final Pattern CANNOT_IMPORT =
            Pattern.compile("^cannot import name '?(\\w+)'? from '([\\w.]+)'(?:.*?\\(([^)]+)\\))?");
    private static final Pattern NO_ATTRIBUTE = Pattern.compile("^module '([\\w.]+)' has no attribute '(\\w+)'");
    private static final Pattern NO_OPERATOR =
            Pattern.compile("unsupported operand type\\(s\\) for \\|: '[\\w.]+' and '[\\w.]+'");
    private static final Pattern NOT_SUBSCRIPTABLE =
            Pattern.compile("'(?:type|ABCMeta|builtin_function_or_method)' object is not subscriptable");
    private static final Pattern BUILTIN = Pattern.compile("\\b(?:list|dict|tuple|set|frozenset|type|deque)\\[");
    private static final Pattern SAID = Pattern.compile(
            "(?i)requires? (?:at least )?python ?(?:version )?(?:>=|==|<|~=)? ?3\\.\\d+|python ?(?:>=)? ?3\\.\\d+(?:\\.\\d+)?\\+? (?:or (?:higher|later|newer|above|greater)|is required)"
                    + "|python 3\\.\\d+ is not supported|bad magic number in|undefined symbol: _?Py|libpython3\\.\\d+\\S*: cannot open|not supported on this version of python|future feature annotations is not defined");

    /** Modules that left the standard library, with the minor version that no longer has them; and those that came. */
    private static final Map<String, Integer> GONE = Map.ofEntries(
            Map.entry("distutils", 12),
            Map.entry("imp", 12),
            Map.entry("asyncore", 12),
            Map.entry("asynchat", 12),
            Map.entry("smtpd", 12),
            Map.entry("cgi", 13),
            Map.entry("cgitb", 13),
            Map.entry("crypt", 13),
            Map.entry("imghdr", 13),
            Map.entry("sndhdr", 13),
            Map.entry("telnetlib", 13),
            Map.entry("pipes", 13),
            Map.entry("nntplib", 13),
            Map.entry("audioop", 13),
            Map.entry("xdrlib", 13),
            Map.entry("lib2to3", 13),
            Map.entry("formatter", 10),
            Map.entry("parser", 10),
            Map.entry("binhex", 11));

    private static final Map<String, Integer> NEW = Map.of(
            "tomllib", 11, "zoneinfo", 9, "graphlib", 9, "dataclasses", 7, "contextvars", 7, "annotationlib", 14);

    /** Modules of Python 2. */
    private static final List<String> PYTHON_2 = List.of(
            "urllib2",
            "ConfigParser",
            "StringIO",
            "Queue",
            "httplib",
            "urlparse",
            "cPickle",
            "commands",
            "__builtin__");

    @Override
    public CauseId id() {
        return CauseId.PYTHON_VERSION_MISMATCH;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        Installed installed = Installed.by(symptoms);
        return symptoms.raised().stream()
                .flatMap(raised -> known(raised, installed).or(() -> reason(raised, symptoms.python())).stream()
                        .map(reason -> certain(reason.detail(), raised.evidence(), raised.place(), reason.fix())))
                .findFirst()
                .or(() -> symptoms.last(SAID)
                        .filter(match ->
                                symptoms.failures().isEmpty() && match.group(0).contains("3."))
                        .map(match -> likely(
                                match.line().text().strip(),
                                List.of(match.line().evidence()),
                                Optional.empty(),
                                "Use a base image with that version of Python: FROM python:3.x-slim.")));
    }

    private record Reason(String detail, String fix) {}

    private static Optional<Reason> known(Raised raised, Installed installed) {
        Clashing clashing = Clashing.withPython(raised, installed);
        return clashing.known().isEmpty() || clashing.user().isEmpty()
                ? Optional.empty()
                : clashing.told(installed)
                        .flatMap(told -> clashing.fix(installed)
                                .map(fix -> new Reason(
                                        told + ": " + raised.exception().summary(), fix)));
    }

    private static Optional<Reason> reason(Raised raised, OptionalInt python) {
        String image = python.isPresent() ? "Python 3." + python.getAsInt() : "the image's Python";
        String summary = raised.exception().summary();
        if (raised.is("SyntaxError", "IndentationError", "TabError")) {
            return Syntax.needs(raised.exception(), python)
                    .map(needs ->
                            new Reason("%s, but %s runs it: %s".formatted(needs.what(), image, summary), needs.fix()));
        }
        Matcher module = MissingModule.NO_MODULE.matcher(raised.message().strip());
        if (raised.is("ModuleNotFoundError", "ImportError") && module.find()) {
            return module(Distributions.top(module.group(1)), python, image, summary);
        }
        String message = raised.message().strip();
        if (NO_OPERATOR.matcher(message).find()
                && (python.isEmpty() || python.getAsInt() < 10)
                && raised.is("TypeError")) {
            return Optional.of(new Reason(
                    "X | Y as a type needs Python 3.10 or later, but %s runs it: %s".formatted(image, summary),
                    raise(10)));
        }
        // Only builtins were made so late: list[str], not a class of the application.
        boolean builtin = raised.exception()
                .lastFrame()
                .map(frame -> BUILTIN.matcher(frame.source()).find())
                .orElse(false);
        if (NOT_SUBSCRIPTABLE.matcher(message).find() && python.orElse(builtin ? 0 : 9) < 9) {
            return Optional.of(new Reason(
                    "list[...] as a type needs Python 3.9 or later, but %s runs it: %s".formatted(image, summary),
                    raise(9)));
        }
        if (SAID.matcher(message).find()) {
            return Optional.of(
                    new Reason(
                            "%s does not fit: %s".formatted(image, summary),
                            "Use the base image that the distributions were made for, and install them with the very Python that runs them."));
        }
        return ofTheStandardLibrary(raised, message)
                .map(name -> new Reason(
                        "%s has no %s: %s".formatted(image, name, summary),
                        "Use a base image with a version of Python that has %s, or upgrade the distribution (change the code) that uses it."
                                .formatted(name)));
    }

    private static Optional<Reason> module(String name, OptionalInt python, String image, String summary) {
        Integer gone = GONE.get(name);
        if (gone != null && python.orElse(gone) >= gone) {
            String but = name.equals("distutils")
                    ? " (or add setuptools to requirements.txt, which brings a replacement)"
                    : "";
            return Optional.of(new Reason(
                    "Python 3.%d removed the module %s, and %s runs it: %s".formatted(gone, name, image, summary),
                    "Upgrade the distribution that imports %s%s, or use FROM python:3.%d-slim."
                            .formatted(name, but, gone - 1)));
        }
        Integer since = NEW.get(name);
        if (since != null && python.orElse(0) < since) {
            return Optional.of(new Reason(
                    "The module %s came with Python 3.%d, but %s runs it: %s".formatted(name, since, image, summary),
                    raise(since)));
        }
        return PYTHON_2.contains(name)
                ? Optional.of(new Reason(
                        "%s is a module of Python 2: %s".formatted(name, summary),
                        "Port the code, or upgrade the distribution, to Python 3."))
                : Optional.empty();
    }

    private static Optional<String> ofTheStandardLibrary(Raised raised, String message) {
        Matcher name = CANNOT_IMPORT.matcher(message);
        if (raised.is("ImportError") && name.find()) {
            String file = name.group(3) == null ? "" : name.group(3);
            boolean standard = file.startsWith("/")
                    ? !new Frame(file, 1, "", "").isOfTheApp() && !file.contains("-packages/")
                    : Distributions.isStandard(name.group(2));
            return standard && !message.contains("partially initialized")
                    ? Optional.of(name.group(2) + "." + name.group(1))
                    : Optional.empty();
        }
        Matcher attribute = NO_ATTRIBUTE.matcher(message);
        if (raised.is("AttributeError") && attribute.find()) {
            return Distributions.isStandard(attribute.group(1)) && !message.contains("consider renaming")
                    ? Optional.of(attribute.group(1) + "." + attribute.group(2))
                    : Optional.empty();
        }
        return Optional.empty();
    }

    private static String raise(int minor) {
        return "Use FROM python:3.%d-slim or later, or write it the older way.".formatted(minor);
    }
}
