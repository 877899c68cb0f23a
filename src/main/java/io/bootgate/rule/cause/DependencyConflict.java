package io.bootgate.rule.cause;

import io.bootgate.distribution.Clash;
import io.bootgate.rule.Finding;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Installed distributions, or the code and a distribution, that are not made for each other's versions. */
final class DependencyConflict implements CauseRule {
    private static final Pattern BINARY = Pattern.compile("may indicate binary incompatibility"
            + "|numpy\\.core\\.multiarray failed to import|_ARRAY_API not found|compiled using NumPy 1"
            + "|compiled against (?:ABI|API) version|undefined symbol: (?!_?Py)");
    private static final Pattern SAYS_VERSION = Pattern.compile(
            "Descriptors cannot (?:not )?be created directly|has been moved to the `pydantic-settings` package"
                    + "|worker requires \\w+ [\\d.]+ or higher|is required for a normal functioning of this module, but found"
                    + "|was removed in (?:version |[vV])?\\d|is incompatible with|requires .{1,60} but (?:you have|found|version)");
    private static final Pattern UNEXPECTED_ARGUMENT = Pattern.compile("got an unexpected keyword argument '?(\\w+)");

    @Override
    public CauseId id() {
        return CauseId.DEPENDENCY_CONFLICT;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        Installed installed = Installed.by(symptoms);
        return symptoms.raised().stream()
                .filter(raised -> isConflict(raised, installed))
                .findFirst()
                .map(raised -> finding(raised, installed));
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

    private static boolean isConflict(Raised raised, Installed installed) {
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
                || saysSo(raised, installed)
                || isNameOfALibrary(message, raised)
                || isAttributeOfALibrary(message, raised)
                || isArgumentBetweenLibraries(message, raised);
    }

    // Gunicorn asks for a version in the same words whether the module is too old or not there at all.
    private static boolean isAbsent(Raised raised) {
        return raised.whole().chain().stream().anyMatch(other -> other.name().equals("ModuleNotFoundError"));
    }

    private static boolean saysSo(Raised raised, Installed installed) {
        return Clashing.of(raised, installed).known().flatMap(Clash::says).isPresent();
    }

    private static boolean isNameOfALibrary(String message, Raised raised) {
        Matcher name = Clashing.CANNOT_IMPORT.matcher(message);
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
        Matcher attribute = Clashing.NO_ATTRIBUTE.matcher(message);
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

    private Finding finding(Raised raised, Installed installed) {
        String summary = raised.exception().summary();
        Clashing clashing = Clashing.of(raised, installed);
        String detail =
                clashing.told(installed).map(told -> told + ": " + summary).orElse(summary);
        String fix = clashing.fix(installed).orElseGet(() -> generalFix(raised, clashing));
        return certain(detail, raised.evidence(), raised.place(), fix);
    }

    private static String generalFix(Raised raised, Clashing clashing) {
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
        String user = clashing.user();
        String used = clashing.used();
        if (used.isEmpty()) {
            return "Pin %s and what it depends on to versions that work together in requirements.txt (pip freeze of a working environment)."
                    .formatted(user.isEmpty() ? "the distribution" : user);
        }
        return user.isEmpty()
                ? "Pin %s in requirements.txt to a version that the code works with.".formatted(used)
                : "Pin %s and %s in requirements.txt to versions that work together.".formatted(user, used);
    }
}
