package io.bootgate.rule.cause;

import io.bootgate.rule.Finding;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Installed distributions, or the code and a distribution, that are not made for each other's versions. */
final class DependencyConflict implements CauseRule {
    private static final Pattern CANNOT_IMPORT = Pattern.compile(
            "^cannot import name '?([\\w.]+)'?(?: from (partially initialized module )?'([\\w.]+)')?(?:.*?\\(([^)]+)\\))?");
    private static final Pattern NO_ATTRIBUTE =
            Pattern.compile("^(partially initialized )?module '([\\w.]+)' has no attribute '(\\w+)'");
    private static final Pattern BINARY = Pattern.compile("may indicate binary incompatibility"
            + "|numpy\\.core\\.multiarray failed to import|_ARRAY_API not found|compiled using NumPy 1"
            + "|compiled against (?:ABI|API) version|undefined symbol: (?!_?Py)");
    private static final Pattern SAYS_VERSION = Pattern.compile(
            "Descriptors cannot (?:not )?be created directly|has been moved to the `pydantic-settings` package"
                    + "|worker requires \\w+ [\\d.]+ or higher|is required for a normal functioning of this module, but found"
                    + "|was removed in (?:version |[vV])?\\d|is incompatible with|requires .{1,60} but (?:you have|found|version)");
    private static final Pattern UNEXPECTED_ARGUMENT = Pattern.compile("got an unexpected keyword argument '?(\\w+)");
    private static final Pattern PACKAGE = Pattern.compile("/(?:site|dist)-packages/([\\w.-]+?)(?:\\.py|/|$)");

    /** What is known of clashes that many have met: a word of the message, then what to pin. */
    private static final Map<String, String> KNOWN = Distributions.table("""
            url_quote Flask older than 2.2.5 does not work with Werkzeug 3: add Flask>=2.3 or Werkzeug<3 to requirements.txt.
            url_decode This distribution does not work with Werkzeug 3: upgrade it, or add Werkzeug<3 to requirements.txt.
            soft_unicode Jinja2 older than 3 does not work with MarkupSafe 2.1: add Jinja2>=3 or MarkupSafe<2.1 to requirements.txt.
            escape@jinja2 Flask older than 2 does not work with Jinja2 3.1: add Flask>=2.1 or Jinja2<3.1 to requirements.txt.
            escape@flask Flask 3 removed escape: import it from markupsafe, or add Flask<3 to requirements.txt.
            Markup@flask Flask 3 removed Markup: import it from markupsafe, or add Flask<3 to requirements.txt.
            Markup@jinja2 Jinja2 3.1 removed Markup: import it from markupsafe, upgrade the distribution that imports it, or add Jinja2<3.1 to requirements.txt.
            contextfilter This distribution does not work with Jinja2 3.1: upgrade it, or add Jinja2<3.1 to requirements.txt.
            environmentfilter This distribution does not work with Jinja2 3.1: upgrade it, or add Jinja2<3.1 to requirements.txt.
            json@itsdangerous Flask older than 2 does not work with itsdangerous 2.1: add Flask>=2.1 or itsdangerous<2.1 to requirements.txt.
            proxies The client library passes an argument that httpx 0.28 no longer takes: upgrade it (openai>=1.55.3), or add httpx<0.28 to requirements.txt.
            BaseSettings pydantic 2 moved BaseSettings: add pydantic-settings to requirements.txt and import it from there, or pin pydantic<2.
            ALREADY_HANDLED Gunicorn 20.1 and older does not work with eventlet 0.30.3 and later: upgrade gunicorn, or add eventlet<0.30.3 to requirements.txt.
            _app_ctx_stack This distribution does not work with Flask 2.3: upgrade it, or add Flask<2.3 to requirements.txt.
            _request_ctx_stack This distribution does not work with Flask 2.3: upgrade it, or add Flask<2.3 to requirements.txt.
            before_first_request Flask 2.3 removed before_first_request: change the code, or add Flask<2.3 to requirements.txt.
            JSONEncoder This distribution does not work with Flask 2.3: upgrade it, or add Flask<2.3 to requirements.txt.
            Descriptors Generated protobuf code is too old for the protobuf that is installed: add protobuf<=3.20.3 to requirements.txt.
            declarative_base The code does not fit the version of SQLAlchemy that is installed: pin SQLAlchemy in requirements.txt.
            ugettext_lazy The distribution does not work with Django 4: upgrade it, or add Django<4 to requirements.txt.
            force_text The distribution does not work with Django 4: upgrade it, or add Django<4 to requirements.txt.
            url@django The code or a distribution does not work with Django 4: use django.urls.re_path, or add Django<4 to requirements.txt.
            X509_V_FLAG_NOTIFY_POLICY pyOpenSSL is too old for the cryptography that is installed: upgrade pyOpenSSL.
            """);

    @Override
    public CauseId id() {
        return CauseId.DEPENDENCY_CONFLICT;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        return symptoms.raised().stream()
                .filter(DependencyConflict::isConflict)
                .findFirst()
                .map(this::finding);
    }

    /**
     * Whether a missing module is a part of a package that is there: Python names the first part that it does not find, so a
     * dotted name says that the package before the dot was found, in a version without this part.
     */
    static boolean isPartOfAnInstalledPackage(String missing, Raised raised) {
        return missing.contains(".")
                && !missing.equals("uvicorn.workers")
                && !Distributions.isShared(missing)
                && Distributions.isKnown(Distributions.top(missing))
                && !raised.message().contains("is not a package");
    }

    private static boolean isConflict(Raised raised) {
        String message = raised.message().strip();
        if (raised.is("VersionConflict", "ContextualVersionConflict", "DistributionNotFound", "PydanticImportError")) {
            return true;
        }
        Matcher missing = MissingModule.NO_MODULE.matcher(message);
        if (raised.is("ModuleNotFoundError", "ImportError") && missing.find()) {
            return isPartOfAnInstalledPackage(missing.group(1), raised);
        }
        return BINARY.matcher(message).find()
                || (SAYS_VERSION.matcher(message).find() && !isAbsent(raised))
                || isNameOfALibrary(message, raised)
                || isAttributeOfALibrary(message, raised)
                || isArgumentBetweenLibraries(message, raised);
    }

    // Gunicorn asks for a version in the same words whether the module is too old or not there at all.
    private static boolean isAbsent(Raised raised) {
        return raised.whole().chain().stream().anyMatch(other -> other.name().equals("ModuleNotFoundError"));
    }

    private static boolean isNameOfALibrary(String message, Raised raised) {
        Matcher name = CANNOT_IMPORT.matcher(message);
        if (!raised.is("ImportError") || !name.find()) {
            return false;
        }
        String file = name.group(4) == null ? "" : name.group(4);
        if (file.contains("-packages/")) {
            return true;
        }
        String module = name.group(3) == null ? "" : name.group(3);
        if (file.startsWith("/") || Distributions.isStandard(module)) {
            return false;
        }
        return Distributions.isKnown(module)
                || raised.exception()
                        .lastFrame()
                        .map(f -> f.file().contains("-packages/"))
                        .orElse(false);
    }

    private static boolean isAttributeOfALibrary(String message, Raised raised) {
        Matcher attribute = NO_ATTRIBUTE.matcher(message);
        if (!raised.is("AttributeError") || !attribute.find() || Distributions.isStandard(attribute.group(2))) {
            return false;
        }
        boolean inALibrary = raised.exception()
                .lastFrame()
                .map(f -> f.file().contains("-packages/") && !f.file().contains("-packages/gunicorn/"))
                .orElse(false);
        return inALibrary || (attribute.group(1) == null && Distributions.isKnown(attribute.group(2)));
    }

    // The application's own wrong call is the application's error; a library's wrong call of another is a clash.
    private static boolean isArgumentBetweenLibraries(String message, Raised raised) {
        List<Frame> frames = raised.exception().frames();
        return raised.is("TypeError")
                && UNEXPECTED_ARGUMENT.matcher(message).find()
                && !frames.isEmpty()
                && frames.get(frames.size() - 1).file().contains("-packages/");
    }

    private Finding finding(Raised raised) {
        String summary = raised.exception().summary();
        String fix = known(raised).orElseGet(() -> generalFix(raised));
        return certain(summary, raised.evidence(), raised.place(), fix);
    }

    private static Optional<String> known(Raised raised) {
        String message = raised.message();
        Matcher name = CANNOT_IMPORT.matcher(message.strip());
        String module = name.find() && name.group(3) != null ? Distributions.top(name.group(3)) : "";
        return KNOWN.entrySet().stream()
                .filter(known -> {
                    String[] key = known.getKey().split("@", 2);
                    return (key.length == 1 || key[1].equals(module))
                            && Pattern.compile("\\b" + Pattern.quote(key[0]) + "\\b")
                                    .matcher(message)
                                    .find();
                })
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static String generalFix(Raised raised) {
        String message = raised.message();
        if (message.contains("numpy") || message.contains("NumPy") || message.contains("_ARRAY_API")) {
            return "Add numpy<2 to requirements.txt, or upgrade the distributions that were built for NumPy 1.";
        }
        Matcher needed =
                Pattern.compile("worker requires (\\w+) ([\\d.]+) or higher").matcher(message);
        if (needed.find()) {
            return "Add %s>=%s to requirements.txt.".formatted(needed.group(1), needed.group(2));
        }
        Matcher requirement =
                Pattern.compile("Requirement\\.parse\\('([^']+)'\\)").matcher(message);
        if (requirement.find()) {
            return "Add %s to requirements.txt, or upgrade the distribution that asks for it."
                    .formatted(requirement.group(1));
        }
        Matcher missing = MissingModule.NO_MODULE.matcher(message.strip());
        if (missing.find()) {
            return "The installed %s has no %s: pin the version of it that the code is written for, or change the import."
                    .formatted(Distributions.forImport(Distributions.top(missing.group(1))), missing.group(1));
        }
        Matcher name = CANNOT_IMPORT.matcher(message.strip());
        String wanted = name.find() && name.group(3) != null ? Distributions.forImport(name.group(3)) : "";
        Matcher user =
                PACKAGE.matcher(raised.exception().lastFrame().map(Frame::file).orElse(""));
        String userName = user.find() ? Distributions.forImport(user.group(1)) : "";
        if (wanted.isEmpty()) {
            return "Pin %s and what it depends on to versions that work together in requirements.txt (pip freeze of a working environment)."
                    .formatted(userName.isEmpty() ? "the distribution" : userName);
        }
        return userName.isEmpty() || userName.equals(wanted)
                ? "Pin %s in requirements.txt to a version that the code works with.".formatted(wanted)
                : "Pin %s and %s in requirements.txt to versions that work together.".formatted(userName, wanted);
    }
}
