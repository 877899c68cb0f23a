package io.bootgate.source.program;

import io.bootgate.source.python.Position;
import java.util.List;
import java.util.Set;

/**
 * Where something happens, and whether it is sure to.
 *
 * @param certain no condition, loop or early return lies between the start of the program and this
 * @param caught names of the exceptions that a {@code try} around it swallows; {@code *} where it cannot be told
 */
public record Scene(ModuleSource module, Position position, boolean certain, Set<String> caught) {
    private static final List<String> ANY = List.of("*", "BaseException");

    public Scene {
        caught = Set.copyOf(caught);
    }

    public String path() {
        return module.path();
    }

    public int line() {
        return position.line();
    }

    /** Whether an exception that is one of these classes would be swallowed; name its own class and its ancestors. */
    public boolean swallows(String... classes) {
        return ANY.stream().anyMatch(caught::contains)
                || List.of(classes).stream().anyMatch(caught::contains);
    }

    /** Sure to happen, and nothing catches what it raises. */
    public boolean isFatal(String... classes) {
        return certain && !swallows(classes);
    }
}
