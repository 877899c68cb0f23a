package io.bootgate.rule.cause;

import io.bootgate.distribution.Clash;
import io.bootgate.distribution.Clashes;
import io.bootgate.distribution.Requirement;
import io.bootgate.distribution.Version;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who clashes with whom in an exception.
 *
 * @param user distribution that asks, empty string if the application's own code does or the log does not tell
 * @param byTheApp whether it is the application's own code
 * @param used distribution that is asked, empty string if the exception does not tell
 * @param name what is asked for: {@code werkzeug.urls.url_quote}, empty string if no name is missing
 * @param known the entry of the table that fits
 */
record Clashing(String user, boolean byTheApp, String used, String name, Optional<Clash> known) {
    static final Pattern CANNOT_IMPORT = Pattern.compile(
            "^cannot import name ['\"]?([\\w.]+)['\"]?(?: from (partially initialized module )?['\"]([\\w.]+)['\"])?(?:.*?\\(([^)]+)\\))?");
    static final Pattern NO_ATTRIBUTE =
            Pattern.compile("^(partially initialized )?module '([\\w.]+)' has no attribute '(\\w+)'");
    static final Pattern FOLDER =
            Pattern.compile("[/\\\\](?:site|dist)-packages[/\\\\]([\\w.-]+?)(?:\\.pyc?|[/\\\\]|$)");
    private static final Pattern FROM = Pattern.compile("^\\s*from ([\\w.]+) import ");

    /** What distributions have to do with each other. */
    static Clashing of(Raised raised, Installed installed) {
        return of(raised, installed, false);
    }

    /** What a distribution has to do with the version of Python; known is empty if the table has nothing of the like. */
    static Clashing withPython(Raised raised, Installed installed) {
        return of(raised, installed, true);
    }

    private static Clashing of(Raised raised, Installed installed, boolean python) {
        String message = raised.message().strip();
        String file = raised.exception().lastFrame().map(Frame::file).orElse("");
        boolean byTheApp = raised.exception().lastFrame().map(Frame::isOfTheApp).orElse(false);
        Matcher folder = FOLDER.matcher(file);
        String user = folder.find() ? installed.bringing(folder.group(1)) : "";
        String name = name(raised, message);
        String used = name.isEmpty() ? "" : installed.bringing(name);
        Clashing unknown = new Clashing(user, byTheApp, used.equals(user) ? "" : used, name, Optional.empty());
        Optional<Clash> known = Clashes.all().stream()
                .filter(clash -> !clash.harmless() && clash.with().name().equals("python") == python)
                .filter(clash -> clash.explains(name, message))
                .filter(clash -> unknown.mayBe(clash, installed))
                .findFirst();
        // A distribution that raises at its own door was called by somebody else.
        boolean called = raised.appFrame().isPresent();
        return known.map(clash -> new Clashing(
                        clash.breaks()
                                .map(Requirement::name)
                                .orElse(clash.with().isAbout(user) ? "" : user),
                        clash.breaks().isEmpty()
                                && (byTheApp || (called && clash.with().isAbout(user))),
                        clash.with().name(),
                        name,
                        known))
                .orElse(unknown);
    }

    private boolean mayBe(Clash clash, Installed installed) {
        boolean ofAnother = clash.breaks()
                .map(broken -> byTheApp || (!user.isEmpty() && !broken.isAbout(user)))
                .orElse(false);
        return !ofAnother
                && fits(clash.with(), installed)
                && clash.breaks().map(broken -> fits(broken, installed)).orElse(true);
    }

    private static boolean fits(Requirement requirement, Installed installed) {
        Optional<Version> there = installed.version(requirement.name());
        // Of a distribution it is guessed that it is the newest; which Python it is has to be known.
        return there.map(requirement.range()::contains)
                .orElse(!requirement.name().equals("python")
                        || requirement.range().isAny());
    }

    private static String name(Raised raised, String message) {
        Matcher imported = CANNOT_IMPORT.matcher(message);
        if (imported.find()) {
            return module(imported, raised).map(module -> module + ".").orElse("") + imported.group(1);
        }
        Matcher attribute = NO_ATTRIBUTE.matcher(message);
        if (attribute.find()) {
            return attribute.group(2) + "." + attribute.group(3);
        }
        Matcher missing = MissingModule.NO_MODULE.matcher(message);
        return missing.find() ? missing.group(1) : "";
    }

    // Python before 3.7 does not say where from; the line of code does.
    private static Optional<String> module(Matcher imported, Raised raised) {
        if (imported.group(3) != null) {
            return Optional.of(imported.group(3));
        }
        Matcher from =
                FROM.matcher(raised.exception().lastFrame().map(Frame::source).orElse(""));
        return from.find() && !from.group(1).startsWith(".") ? Optional.of(from.group(1)) : Optional.empty();
    }

    /** Who does not fit to whom, with the versions where they are known; empty if neither is. */
    Optional<String> told(Installed installed) {
        if (known.isPresent()) {
            Clash clash = known.get();
            String with = version(clash.with(), installed);
            return Optional.of(clash.breaks()
                            .map(broken -> version(broken, installed) + " does not work with " + with)
                            .orElse((byTheApp ? "The code" : user.isEmpty() ? "A distribution" : installed.told(user))
                                    + " is not written for " + with)
                    + ", " + clash.why());
        }
        if (used.isEmpty()) {
            return Optional.empty();
        }
        String asking = byTheApp ? "The code" : user.isEmpty() ? "" : installed.told(user);
        return asking.isEmpty()
                ? Optional.of("%s has no %s".formatted(installed.told(used), name))
                : Optional.of("%s asks for %s, which %s does not have".formatted(asking, name, installed.told(used)));
    }

    private static String version(Requirement requirement, Installed installed) {
        return installed
                .version(requirement.name())
                .map(version -> requirement.name() + " " + version)
                .orElse(requirement.toString());
    }

    /** What to pin, where the table or the metadata tells. */
    Optional<String> fix(Installed installed) {
        if (known.isPresent()) {
            Clash clash = known.get();
            String pins = String.join(" or ", clash.pins());
            if (clash.breaks().isPresent()) {
                return Optional.of("Add %s to requirements.txt.".formatted(pins));
            }
            return Optional.of(
                    byTheApp
                            ? "Change the code (%s), or add %s to requirements.txt.".formatted(clash.why(), pins)
                            : "Upgrade %s, or add %s to requirements.txt."
                                    .formatted(user.isEmpty() ? "what imports it" : user, pins));
        }
        return installed
                .unmet(user, used)
                .map(asked -> "Add %s to requirements.txt: it is what %s asks for, and %s is installed."
                        .formatted(asked, installed.told(user), installed.told(used)));
    }
}
