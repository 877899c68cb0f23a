package io.bootgate.source.program;

import io.bootgate.source.python.Expression;
import io.bootgate.source.python.Expression.Call;
import io.bootgate.source.python.Statement;
import io.bootgate.source.python.Statement.Expressed;
import io.bootgate.source.python.Statement.Handler;
import io.bootgate.source.python.Statement.Raise;
import io.bootgate.source.python.Statement.Try;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which exceptions a block swallows. */
final class Guards {
    private static final Set<String> EXITS = Set.of("sys.exit", "exit", "quit", "os._exit", "os.abort");

    private Guards() {}

    static Set<String> of(Try tried) {
        Set<String> caught = new HashSet<>();
        for (Handler handler : tried.handlers()) {
            if (handler.body().stream().noneMatch(Guards::ends)) {
                caught.addAll(handler.type().map(Guards::names).orElse(Set.of("BaseException")));
            }
        }
        return caught;
    }

    /** Names of the exceptions in an {@code except} or in {@code suppress()}; {@code *} where it is not a name. */
    static Set<String> names(Expression type) {
        Set<String> names = new HashSet<>();
        List<Expression> types = type instanceof Expression.Collection many ? many.parts() : List.of(type);
        for (Expression one : types) {
            String name = one.dotted().orElse("*");
            String last = name.substring(name.lastIndexOf('.') + 1);
            // A constant or variable: the names of exceptions start with a capital and go on with a small letter.
            boolean known = last.length() > 1
                    && Character.isUpperCase(last.charAt(0))
                    && !last.equals(last.toUpperCase(java.util.Locale.ROOT));
            names.add(known ? last : "*");
        }
        return names;
    }

    /** Whether a handler that comes to this statement hands the failure on. */
    private static boolean ends(Statement statement) {
        return statement instanceof Raise || (statement instanceof Expressed expressed && isExit(expressed.value()));
    }

    static boolean isExit(Expression expression) {
        return expression instanceof Call call
                && call.function().dotted().filter(EXITS::contains).isPresent();
    }
}
