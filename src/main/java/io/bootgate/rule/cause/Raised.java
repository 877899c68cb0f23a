package io.bootgate.rule.cause;

import io.bootgate.rule.Evidence;
import io.bootgate.rule.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One exception of a chain, and the whole chain. */
record Raised(Traceback exception, Traceback whole) {

    String message() {
        return exception.message();
    }

    boolean is(String... names) {
        return List.of(names).contains(exception.name());
    }

    /** The deepest place in the application's own code: of this exception, else of the rest of its chain. */
    Optional<Location> place() {
        return exception
                .place()
                .or(() -> whole.chain().stream()
                        .flatMap(other -> other.place().stream())
                        .reduce((earlier, later) -> later));
    }

    /** The deepest frame in the application's own code: of this exception, else of the rest of its chain. */
    Optional<Frame> appFrame() {
        return exception
                .appFrame()
                .or(() -> whole.chain().stream()
                        .flatMap(other -> other.appFrame().stream())
                        .reduce((earlier, later) -> later));
    }

    /** This exception's line, then the line with which the whole chain ended. */
    List<Evidence> evidence() {
        List<Evidence> evidence = new ArrayList<>(List.of(exception.evidence()));
        if (whole.last().logged().number() != exception.last().logged().number()) {
            evidence.add(whole.evidence());
        }
        return evidence;
    }
}
