package io.bootgate.source.program;

import io.bootgate.source.python.Position;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Where the reading of a program stands.
 *
 * @param depth of calls
 */
record Frame(Scope scope, boolean certain, Set<String> caught, int depth) {

    static Frame of(Scope scope, boolean certain, Set<String> caught, int depth) {
        return new Frame(scope, certain, caught, depth);
    }

    Frame maybe() {
        return certain ? new Frame(scope, false, caught, depth) : this;
    }

    Frame maybe(boolean uncertain) {
        return uncertain ? maybe() : this;
    }

    Frame catching(Set<String> more) {
        if (more.isEmpty()) {
            return this;
        }
        Set<String> all = new HashSet<>(caught);
        all.addAll(more);
        return new Frame(scope, certain, all, depth);
    }

    Frame inside(Scope inner) {
        return new Frame(inner, certain, caught, depth);
    }

    Scene at(Position position) {
        return new Scene(scope.module(), position, certain, caught);
    }

    void bind(String name, Binding value) {
        if (certain) {
            scope.bind(name, value);
        } else {
            scope.mayBind(name, value);
        }
    }

    Scope inner(boolean type) {
        return new Scope(scope.module(), Optional.of(scope), type);
    }
}
