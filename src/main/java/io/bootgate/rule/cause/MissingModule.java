package io.bootgate.rule.cause;

import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An import that the image cannot satisfy: a distribution that was not installed, or a module that was not copied. */
final class MissingModule implements CauseRule {
    static final Pattern NO_MODULE = Pattern.compile("^No module named ['\"]?([\\w.\\-]+)['\"]?");
    private static final Pattern BARE = Pattern.compile("^No module named '([\\w.]+)'$");
    /** What libraries say when a distribution is missing that they import only on demand. */
    private static final Pattern ON_DEMAND = Pattern.compile("Missing optional dependency ['\"]([\\w.-]+)['\"]"
            + "|['\"`]?([\\w-]+)['\"`]? (?:must be|is not|to be) installed"
            + "|You need ([\\w-]+) installed"
            + "|[Pp]lease install ['\"`]?([\\w-]+)"
            + "|pip install ['\"`]?([\\w-]+)");

    private static final Set<String> OF_THE_APP = Set.of(
            "api",
            "app",
            "application",
            "apps",
            "backend",
            "common",
            "config",
            "constants",
            "controllers",
            "core",
            "database",
            "db",
            "exceptions",
            "extensions",
            "forms",
            "handlers",
            "helpers",
            "lib",
            "main",
            "models",
            "modules",
            "project",
            "routers",
            "routes",
            "schemas",
            "server",
            "services",
            "settings",
            "src",
            "tasks",
            "tests",
            "util",
            "utils",
            "version",
            "views",
            "wsgi");

    @Override
    public CauseId id() {
        return CauseId.MISSING_MODULE;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        // Of several in a chain the last counts: an import in an `except ImportError:` is the fallback of the one
        // before.
        return symptoms.raised().stream()
                .filter(raised -> missing(raised).isPresent())
                .max(Comparator.comparingInt(
                                (Raised raised) -> -symptoms.failures().indexOf(raised.whole()))
                        .thenComparingInt(raised -> raised.whole().chain().indexOf(raised.exception())))
                .map(raised -> finding(raised, missing(raised).orElseThrow(), symptoms))
                .or(() -> bare(symptoms));
    }

    /** Name of the module that this exception says is missing. */
    private static Optional<String> missing(Raised raised) {
        String message = raised.message().strip();
        Matcher named = NO_MODULE.matcher(message);
        if (raised.is("ModuleNotFoundError", "ImportError") && named.find()) {
            String name = named.group(1);
            return name.startsWith(".") || DependencyConflict.isPartOfAnInstalledPackage(name, raised)
                    ? Optional.empty()
                    : Optional.of(name);
        }
        if (raised.is("ImportError", "RuntimeError", "AssertionError", "ImproperlyConfigured", "ModuleNotFoundError")) {
            Matcher onDemand = ON_DEMAND.matcher(message);
            if (onDemand.find()) {
                for (int group = 1; group <= onDemand.groupCount(); group++) {
                    if (onDemand.group(group) != null) {
                        return Optional.of(onDemand.group(group));
                    }
                }
            }
        }
        return raised.is("PackageNotFoundError")
                ? Optional.of(message.substring(message.lastIndexOf(' ') + 1))
                : Optional.empty();
    }

    private Finding finding(Raised raised, String name, Symptoms symptoms) {
        String source = raised.exception().lastFrame().map(Frame::source).orElse("");
        String asImported = Distributions.named(name, source).orElse(name);
        String detail = raised.exception().summary().contains("No module named")
                ? "No module named '" + name + "'."
                : raised.exception().summary() + ".";
        return certain(
                detail.replace("..", "."), raised.evidence(), raised.place(), fix(name, asImported, raised, symptoms));
    }

    private static String fix(String name, String asImported, Raised raised, Symptoms symptoms) {
        if (name.equals("pkg_resources")) {
            boolean gunicorn =
                    raised.exception().lastFrame().map(Frame::file).orElse("").contains("gunicorn");
            return gunicorn
                    ? "Add gunicorn>=21.2 to requirements.txt, which does not need pkg_resources any more, or add setuptools<81."
                    : "Add setuptools<81 to requirements.txt: it is what pkg_resources comes from.";
        }
        if (!NO_MODULE.matcher(raised.message().strip()).find()) {
            return "Add %s to requirements.txt.".formatted(Distributions.forImport(name));
        }
        if (name.contains(".") && !Distributions.isKnown(name)) {
            String file = name.replace('.', '/');
            return "%s is there, but without %s: COPY %s.py into the image (and see that .dockerignore does not exclude it), or, if pip installed it, pin a version that has it."
                    .formatted(
                            name.substring(0, name.lastIndexOf('.')), name.substring(name.lastIndexOf('.') + 1), file);
        }
        if (isOfTheApp(name, raised)) {
            String file = name.replace('.', '/');
            return "%s looks like a module of the application itself: COPY %s.py or %s/ into the image (and see that .dockerignore does not exclude it), or set WORKDIR or PYTHONPATH to the folder that has it; it is looked for in %s."
                    .formatted(name, file, file, symptoms.boot().workdir());
        }
        String distribution = Distributions.forImport(asImported);
        String add = "Add %s to requirements.txt".formatted(distribution);
        if (Distributions.isKnown(name)) {
            return add
                    + (distribution.equalsIgnoreCase(name)
                            ? "."
                            : ": the distribution that has the module " + name + ".");
        }
        return add + ", or, if %s is a module of the application itself, COPY it into the image.".formatted(name);
    }

    private static boolean isOfTheApp(String name, Raised raised) {
        if (Distributions.isKnown(name)) {
            return false;
        }
        String top = Distributions.top(name);
        return OF_THE_APP.contains(top)
                || raised.whole().chain().stream()
                        .flatMap(exception -> exception.frames().stream())
                        .filter(Frame::isOfTheApp)
                        .anyMatch(frame -> frame.path().contains("/" + top + "/"));
    }

    // Gunicorn 24 and later with a quiet log level: the exception's text is all there is.
    private Optional<Finding> bare(Symptoms symptoms) {
        return symptoms.last(BARE).filter(match -> symptoms.hasEnded()).map(match -> {
            String name = match.group(1);
            List<Evidence> evidence = List.of(match.line().evidence());
            String fix = "Add %s to requirements.txt.".formatted(Distributions.forImport(name));
            return likely("No module named '" + name + "'.", evidence, Optional.empty(), fix);
        });
    }
}
