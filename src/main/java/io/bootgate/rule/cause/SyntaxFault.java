package io.bootgate.rule.cause;

import io.bootgate.rule.Finding;
import io.bootgate.rule.Location;
import java.util.Optional;
import java.util.OptionalInt;

/** The source is not valid in any version of Python. */
final class SyntaxFault implements CauseRule {
    @Override
    public CauseId id() {
        return CauseId.SYNTAX_ERROR;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        return symptoms.raised().stream()
                .filter(raised -> raised.is("SyntaxError", "IndentationError", "TabError"))
                // Of the server's own configuration file the server itself tells.
                .filter(raised -> !raised.whole().announcement().contains("Failed to read config file"))
                .findFirst()
                .map(raised -> {
                    // The place that cannot be read is the last "frame"; the ones above it only imported it.
                    Optional<Location> place = raised.exception()
                            .lastFrame()
                            .filter(frame -> frame.line() > 0)
                            .map(frame -> new Location(
                                    Optional.empty(),
                                    OptionalInt.of(frame.line()),
                                    Optional.of(frame.path()),
                                    frame.source().isEmpty() ? Optional.empty() : Optional.of(frame.source())));
                    String where = place.flatMap(Location::inImage)
                            .map(path -> path + " line " + place.get().line().getAsInt())
                            .orElse("the line above");
                    return certain(
                            raised.exception().summary(),
                            raised.evidence(),
                            place,
                            "Correct %s; python -m py_compile finds it without a container.".formatted(where));
                });
    }
}
