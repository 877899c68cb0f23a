package io.bootgate.source.program;

import io.bootgate.source.program.Binding.Function;
import io.bootgate.source.program.Binding.Instance;
import io.bootgate.source.program.Binding.OwnClass;
import io.bootgate.source.python.Argument;
import io.bootgate.source.python.Expression;
import io.bootgate.source.python.Expression.Call;
import io.bootgate.source.python.Expression.Yield;
import io.bootgate.source.python.Parameter;
import io.bootgate.source.python.Statement;
import io.bootgate.source.python.Statement.ClassDef;
import io.bootgate.source.python.Statement.FunctionDef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Calls of the program's own functions and classes. */
final class Calls {
    private static final int MAX_DEPTH = 25;

    private final Program program;
    private final Evaluation evaluation;
    private final Settings settings;
    private final Set<FunctionDef> running = Collections.newSetFromMap(new IdentityHashMap<>());
    private int depth;

    Calls(Program program, Evaluation evaluation) {
        this.program = program;
        this.evaluation = evaluation;
        this.settings = new Settings(evaluation);
    }

    Binding call(Binding called, Call call, List<Binding> arguments, Frame frame) {
        if (called instanceof Function function) {
            return run(function, call, arguments, frame);
        }
        if (called instanceof OwnClass type) {
            Instance made = new Instance(type, call, frame);
            if (settings.isSettings(type)) {
                settings.made(type, call, frame);
            } else if (method(type, "__init__", made) instanceof Function init) {
                run(init, call, arguments, frame);
            }
            return made;
        }
        return Binding.Unknown.VALUE;
    }

    /** A function in the body of a class, or of the classes of the program that it inherits from. */
    Binding method(OwnClass type, String name, Binding self) {
        return method(type, name, self, 0);
    }

    private Binding method(OwnClass type, String name, Binding self, int level) {
        for (Statement statement : type.definition().body()) {
            if (statement instanceof FunctionDef function && function.name().equals(name)) {
                boolean plain = function.decorators().stream().allMatch(Calls::isPlain);
                boolean still = function.decorators().stream()
                        .anyMatch(decorator -> decorator
                                .dotted()
                                .filter("staticmethod"::equals)
                                .isPresent());
                return plain
                        ? new Function(function, type.home(), still ? Optional.empty() : Optional.of(self))
                        : Binding.Unknown.VALUE;
            }
        }
        for (Argument base : type.definition().bases()) {
            Frame frame = Frame.of(type.home(), false, Set.of(), 0);
            if (level < 10
                    && program.quietly(() -> evaluation.evaluate(base.value(), frame)) instanceof OwnClass above) {
                Binding found = method(above, name, self, level + 1);
                if (found != Binding.Unknown.VALUE) {
                    return found;
                }
            }
        }
        return Binding.Unknown.VALUE;
    }

    private static boolean isPlain(Expression decorator) {
        return decorator
                .dotted()
                .filter(name -> name.equals("classmethod") || name.equals("staticmethod"))
                .isPresent();
    }

    private Binding run(Function function, Call call, List<Binding> arguments, Frame frame) {
        FunctionDef definition = function.definition();
        boolean later = definition.async() || yields(definition.body());
        if (later || depth >= MAX_DEPTH || !running.add(definition)) {
            return Binding.Unknown.VALUE;
        }
        depth++;
        Scope scope = new Scope(function.home().module(), Optional.of(function.home()), false);
        bind(definition, function.self(), call, arguments, scope);
        Binding result = program.execution().call(definition, frame.inside(scope));
        depth--;
        running.remove(definition);
        return result;
    }

    private static void bind(
            FunctionDef definition, Optional<Binding> self, Call call, List<Binding> arguments, Scope scope) {
        List<Parameter> free = new ArrayList<>(definition.parameters());
        free.forEach(parameter -> scope.bind(parameter.name(), Binding.Unknown.VALUE));
        if (self.isPresent() && !free.isEmpty()) {
            scope.bind(free.remove(0).name(), self.get());
        }
        boolean known = true;
        for (int i = 0; i < call.arguments().size(); i++) {
            Argument argument = call.arguments().get(i);
            Binding value = arguments.get(i);
            if (!argument.name().isEmpty()) {
                scope.bind(argument.name(), value);
            } else {
                known &= argument.stars() == 0;
                if (known && i < free.size() && free.get(i).stars() == 0) {
                    scope.bind(free.get(i).name(), value);
                }
            }
        }
    }

    /** Whether calling it runs nothing of its body: it is a generator. */
    private static boolean yields(List<Statement> body) {
        return body.stream()
                .anyMatch(statement -> !(statement instanceof FunctionDef || statement instanceof ClassDef)
                        && (statement.parts().stream().anyMatch(Calls::yields)
                                || statement.blocks().stream().anyMatch(Calls::yields)));
    }

    private static boolean yields(Expression expression) {
        return expression instanceof Yield
                || (!(expression instanceof Expression.Lambda)
                        && expression.parts().stream().anyMatch(Calls::yields));
    }
}
