package io.bootgate.rule.cause;

import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An exception while the application was loaded or started that no other rule knows. */
final class AppError implements CauseRule {
    private static final Pattern CIRCULAR =
            Pattern.compile("(?:cannot import name '?(\\w+)'? from )?partially initialized module '([\\w.]+)'");
    private static final Pattern PRELOAD = Pattern.compile("^Error: (.+)$");
    private static final Pattern STARTUP = Pattern.compile("Application startup failed\\. Exiting\\.");

    @Override
    public CauseId id() {
        return CauseId.APP_ERROR;
    }

    @Override
    public boolean isLastResort() {
        return true;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        return symptoms.failures().stream()
                .findFirst()
                .map(whole -> finding(decisive(whole)))
                .or(() -> withoutTraceback(symptoms));
    }

    // What was raised while something else was handled says what went wrong in the end; a `from` names its cause.
    private static Raised decisive(Traceback whole) {
        Traceback decisive = whole.chain().get(0);
        return new Raised(decisive, whole);
    }

    private Finding finding(Raised raised) {
        Matcher circular = CIRCULAR.matcher(raised.message());
        if (circular.find()) {
            return certain(
                    "Circular import: %s is imported again while it is still being loaded: %s."
                            .formatted(circular.group(2), raised.exception().summary()),
                    raised.evidence(),
                    raised.place(),
                    "Break the circle: move the import into the function that needs it, or what both modules need into a third one.");
        }
        String where = raised.appFrame()
                .map(f -> " in " + f.path() + " line " + f.line())
                .orElse("");
        String what = raised.exception().type().isEmpty()
                ? "An exception (the log ends before its name)"
                : raised.exception().summary();
        String detail = "The application raises while it is loaded%s: %s.".formatted(where, what);
        return raised.exception().type().isEmpty()
                ? likely(detail, raised.evidence(), raised.place(), fix(raised))
                : certain(detail, raised.evidence(), raised.place(), fix(raised));
    }

    private static String fix(Raised raised) {
        String place = raised.appFrame()
                .map(f -> "%s line %d (%s)"
                        .formatted(f.path(), f.line(), f.source().isEmpty() ? f.function() : f.source()))
                .orElse("the place that the traceback names");
        if (raised.is("ImportError") && raised.message().contains("attempted relative import")) {
            return "Name the module with its package in the start command (package.module:app), started from the folder above the package.";
        }
        return "Correct %s; python -c 'import ...' in the image shows the same without a server.".formatted(place);
    }

    // RuntimeError under --preload: Gunicorn prints its text, without class and place.
    private Optional<Finding> withoutTraceback(Symptoms symptoms) {
        if (!symptoms.hasEnded()) {
            return Optional.empty();
        }
        return symptoms.last(PRELOAD).or(() -> symptoms.last(STARTUP)).map(match -> {
            List<Evidence> evidence = List.of(match.line().evidence());
            return likely(
                    "The application fails while it is loaded: %s"
                            .formatted(match.line().text().strip()),
                    evidence,
                    Optional.empty(),
                    "Correct what the message says; without --preload Gunicorn shows the traceback.");
        });
    }
}
