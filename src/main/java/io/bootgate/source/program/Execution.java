package io.bootgate.source.program;

import io.bootgate.source.python.Expression;
import io.bootgate.source.python.Expression.Name;
import io.bootgate.source.python.Expression.Subscript;
import io.bootgate.source.python.Statement;
import io.bootgate.source.python.Statement.Annotated;
import io.bootgate.source.python.Statement.Assign;
import io.bootgate.source.python.Statement.Augmented;
import io.bootgate.source.python.Statement.Branch;
import io.bootgate.source.python.Statement.ClassDef;
import io.bootgate.source.python.Statement.Expressed;
import io.bootgate.source.python.Statement.For;
import io.bootgate.source.python.Statement.FunctionDef;
import io.bootgate.source.python.Statement.If;
import io.bootgate.source.python.Statement.Import;
import io.bootgate.source.python.Statement.ImportFrom;
import io.bootgate.source.python.Statement.Item;
import io.bootgate.source.python.Statement.Match;
import io.bootgate.source.python.Statement.Raise;
import io.bootgate.source.python.Statement.Return;
import io.bootgate.source.python.Statement.Simple;
import io.bootgate.source.python.Statement.Try;
import io.bootgate.source.python.Statement.TypeAlias;
import io.bootgate.source.python.Statement.While;
import io.bootgate.source.python.Statement.With;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Goes through statements in the order in which Python would run them.
 *
 * <p>Over 200 lines: one method for each kind of statement.
 */
final class Execution {
    /** What a block may do instead of going on to the next statement; raising does not count, for then the boot has failed. */
    static final int LEAVES = 1;

    static final int BREAKS = 2;
    /** The next statement is never reached. */
    static final int ENDS = 4;

    private static final Set<String> TRANSPARENT = Set.of(
            "functools.lru_cache",
            "functools.cache",
            "builtins.staticmethod",
            "builtins.classmethod",
            "builtins.property",
            "functools.cached_property",
            "typing.no_type_check",
            "typing.final");
    private static final int MAX_ROUNDS = 30;

    private final Evaluation evaluation;
    private final Imports imports;
    private final OptionalInt minor;
    private int budget = 400_000;
    private final List<Binding> returned = new ArrayList<>();

    Execution(Evaluation evaluation, Imports imports, OptionalInt minor) {
        this.evaluation = evaluation;
        this.imports = imports;
        this.minor = minor;
    }

    int run(List<Statement> body, Frame frame) {
        int flags = 0;
        for (Statement statement : body) {
            if (--budget < 0) {
                return flags | LEAVES;
            }
            int one = step(statement, frame.maybe((flags & (LEAVES | BREAKS)) != 0));
            flags |= one;
            if ((one & ENDS) != 0) {
                return flags;
            }
        }
        return flags;
    }

    private int step(Statement statement, Frame frame) {
        if (statement instanceof Expressed expressed) {
            evaluation.evaluate(expressed.value(), frame);
            return Guards.isExit(expressed.value()) ? ended(frame) : 0;
        }
        if (statement instanceof Assign assign) {
            Binding value = evaluation.evaluate(assign.value(), frame);
            assign.targets().forEach(target -> bind(target, value, frame));
        } else if (statement instanceof Annotated annotated) {
            annotated(annotated, frame);
        } else if (statement instanceof Augmented augmented) {
            Binding more = evaluation.evaluate(augmented.value(), frame);
            Binding before = evaluation.evaluate(augmented.target(), frame);
            bind(augmented.target(), evaluation.joined(List.of(before, more)), frame);
        } else if (statement instanceof Import imported) {
            imported.names().forEach(alias -> imports.plain(alias, imported.position(), frame));
        } else if (statement instanceof ImportFrom from) {
            imports.from(from, frame);
        } else if (statement instanceof FunctionDef function) {
            define(function, frame);
        } else if (statement instanceof ClassDef type) {
            define(type, frame);
        } else if (statement instanceof Statement.Scope scope) {
            if (scope.word().equals("global")) {
                scope.names().forEach(frame.scope()::global);
            }
        } else if (statement instanceof TypeAlias alias) {
            frame.bind(alias.name(), Binding.Unknown.VALUE);
        } else {
            return flow(statement, frame);
        }
        return 0;
    }

    private int flow(Statement statement, Frame frame) {
        if (statement instanceof If branches) {
            return branches(branches, frame);
        }
        if (statement instanceof Try tried) {
            return tried(tried, frame);
        }
        if (statement instanceof With with) {
            return with(with, frame);
        }
        if (statement instanceof For loop) {
            return loop(loop, frame);
        }
        if (statement instanceof While loop) {
            evaluation.evaluate(loop.test(), frame);
            boolean always = conditions(frame).holds(loop.test()).orElse(false);
            int flags = run(loop.body(), frame.maybe(!always));
            return (flags & LEAVES) | run(loop.orElse(), frame.maybe());
        }
        if (statement instanceof Match match) {
            evaluation.evaluate(match.subject(), frame);
            int flags = 0;
            for (Statement.Case one : match.cases()) {
                one.captured().forEach(name -> frame.maybe().bind(name, Binding.Unknown.VALUE));
                flags |= run(one.body(), frame.maybe());
            }
            return flags & ~ENDS;
        }
        if (statement instanceof Return left) {
            returned.add(
                    left.value().map(value -> evaluation.evaluate(value, frame)).orElse(Binding.Unknown.VALUE));
            return ENDS | LEAVES;
        }
        if (statement instanceof Raise raise) {
            raise.exception().ifPresent(exception -> evaluation.evaluate(exception, frame));
            return ended(frame);
        }
        if (statement instanceof Simple simple && !simple.word().equals("pass")) {
            return ENDS | BREAKS;
        }
        statement.parts().forEach(part -> evaluation.evaluate(part, frame));
        return 0;
    }

    private Conditions conditions(Frame frame) {
        return new Conditions(minor, frame.scope().module().name().equals("__main__"));
    }

    /** Where somebody catches it, the program goes on. */
    private static int ended(Frame frame) {
        return frame.caught().isEmpty() ? ENDS : ENDS | LEAVES;
    }

    private void annotated(Annotated annotated, Frame frame) {
        Optional<Binding> value = annotated.value().map(given -> evaluation.evaluate(given, frame));
        if (value.isPresent()) {
            bind(annotated.target(), value.get(), frame);
        }
    }

    void bind(Expression target, Binding value, Frame frame) {
        if (target instanceof Name name) {
            frame.bind(name.id(), value);
        } else if (target instanceof Subscript item) {
            evaluation.store(item, frame);
        } else {
            target.parts().forEach(part -> bind(part, Binding.Unknown.VALUE, frame));
        }
    }

    private void define(FunctionDef function, Frame frame) {
        function.parameters()
                .forEach(parameter -> parameter.value().ifPresent(value -> evaluation.evaluate(value, frame)));
        boolean plain = true;
        for (Expression decorator : function.decorators()) {
            Binding made = evaluation.evaluate(decorator, frame);
            Binding named = made instanceof Binding.Instance instance ? instance.type() : made;
            plain &= named.outside().filter(TRANSPARENT::contains).isPresent();
        }
        frame.bind(
                function.name(),
                plain ? new Binding.Function(function, frame.scope(), Optional.empty()) : Binding.Unknown.VALUE);
    }

    private void define(ClassDef type, Frame frame) {
        type.decorators().forEach(decorator -> evaluation.evaluate(decorator, frame));
        type.bases().forEach(base -> evaluation.evaluate(base.value(), frame));
        Scope inner = frame.inner(true);
        run(type.body(), frame.inside(inner));
        frame.bind(type.name(), new Binding.OwnClass(type, frame.scope()));
    }

    private int branches(If branches, Frame frame) {
        int flags = 0;
        boolean allEnd = true;
        boolean decided = false;
        Frame here = frame;
        for (Branch branch : branches.branches()) {
            Optional<Boolean> known =
                    conditions(frame).holds(branch.test()).or(() -> evaluation.constant(branch.test(), frame));
            evaluation.evaluate(branch.test(), here);
            if (known.isPresent() && !known.get()) {
                continue;
            }
            List<Binding.Variable> needed = evaluation.whereMissing(branch.test(), here);
            int one = run(branch.body(), here.maybe(known.isEmpty()));
            if ((one & (ENDS | LEAVES | BREAKS)) == ENDS) {
                evaluation.required(needed, here);
            }
            flags |= one & ~ENDS;
            allEnd &= (one & ENDS) != 0;
            if (known.isPresent()) {
                decided = true;
                break;
            }
            here = here.maybe();
        }
        if (!decided) {
            int last = run(branches.orElse(), here);
            flags |= last & ~ENDS;
            allEnd &= (last & ENDS) != 0;
        }
        return allEnd ? flags | ENDS : flags;
    }

    private int tried(Try tried, Frame frame) {
        Set<String> caught = Guards.of(tried);
        int flags = 0;
        Frame inside = frame.catching(caught);
        for (Statement statement : tried.body()) {
            int one = run(List.of(statement), inside.maybe((flags & (LEAVES | BREAKS)) != 0));
            flags |= one;
            if ((one & ENDS) != 0) {
                break;
            }
            inside = inside.maybe(!caught.isEmpty());
        }
        if (!caught.isEmpty()) {
            flags &= ~ENDS;
        }
        for (Statement.Handler handler : tried.handlers()) {
            handler.type().ifPresent(type -> evaluation.evaluate(type, frame.maybe()));
            handler.name().ifPresent(name -> frame.maybe().bind(name, Binding.Unknown.VALUE));
            flags |= run(handler.body(), frame.maybe()) & ~ENDS;
        }
        if ((flags & ENDS) == 0) {
            flags |= run(tried.orElse(), frame.maybe(!caught.isEmpty())) & ~ENDS;
        }
        return flags | run(tried.last(), frame);
    }

    private int with(With with, Frame frame) {
        Set<String> caught = new HashSet<>();
        int prefixes = 0;
        for (Item item : with.items()) {
            Binding context = evaluation.evaluate(item.context(), frame);
            if (context instanceof Binding.Instance made) {
                if (made.type().outside().filter("contextlib.suppress"::equals).isPresent()) {
                    made.call().arguments().forEach(argument -> caught.addAll(Guards.names(argument.value())));
                }
                prefixes += evaluation.variables().pushPrefix(made, frame) ? 1 : 0;
            }
            item.target().ifPresent(target -> bind(target, context, frame));
        }
        int flags = run(with.body(), frame.catching(caught));
        for (int i = 0; i < prefixes; i++) {
            evaluation.variables().popPrefix();
        }
        return caught.isEmpty() ? flags : flags & ~ENDS;
    }

    private int loop(For loop, Frame frame) {
        Binding iterable = evaluation.evaluate(loop.iterable(), frame);
        List<Binding> elements = evaluation.elements(iterable);
        evaluation.noneUsed(iterable, "for ... in", loop.position(), frame);
        int flags = 0;
        if (elements.isEmpty() || elements.size() > MAX_ROUNDS) {
            bind(loop.target(), Binding.Unknown.VALUE, frame.maybe());
            flags = run(loop.body(), frame.maybe());
        } else {
            for (Binding element : elements) {
                bind(loop.target(), element, frame);
                flags |= run(loop.body(), frame.maybe((flags & (LEAVES | BREAKS)) != 0));
            }
        }
        return (flags & LEAVES) | run(loop.orElse(), frame.maybe());
    }

    /** Runs a function's body; what it returns if that is one thing. */
    Binding call(FunctionDef function, Frame frame) {
        int before = returned.size();
        run(function.body(), frame);
        List<Binding> values = new ArrayList<>(returned.subList(before, returned.size()));
        returned.subList(before, returned.size()).clear();
        return values.size() == 1 ? values.get(0) : Binding.Unknown.VALUE;
    }
}
