package io.bootgate.source.program;

import io.bootgate.source.program.Binding.Function;
import io.bootgate.source.program.Binding.Instance;
import io.bootgate.source.program.Binding.Literal;
import io.bootgate.source.program.Binding.Member;
import io.bootgate.source.program.Binding.Missing;
import io.bootgate.source.program.Binding.Module;
import io.bootgate.source.program.Binding.Outside;
import io.bootgate.source.program.Binding.OwnClass;
import io.bootgate.source.program.Binding.Variable;
import io.bootgate.source.program.Happening.Called;
import io.bootgate.source.program.Happening.NoneUsed;
import io.bootgate.source.python.Expression;
import io.bootgate.source.python.Expression.Arithmetic;
import io.bootgate.source.python.Expression.Attribute;
import io.bootgate.source.python.Expression.Call;
import io.bootgate.source.python.Expression.Collection;
import io.bootgate.source.python.Expression.Comparison;
import io.bootgate.source.python.Expression.Comprehension;
import io.bootgate.source.python.Expression.Conditional;
import io.bootgate.source.python.Expression.Dictionary;
import io.bootgate.source.python.Expression.Lambda;
import io.bootgate.source.python.Expression.Logical;
import io.bootgate.source.python.Expression.Name;
import io.bootgate.source.python.Expression.Subscript;
import io.bootgate.source.python.Expression.Text;
import io.bootgate.source.python.Expression.Walrus;
import io.bootgate.source.python.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Works out what is known of the value of an expression, and what happens on the way.
 *
 * <p>Over 200 lines: one method for each kind of expression.
 */
final class Evaluation {
    private static final int MAX_ELEMENTS = 30;
    private static final Set<String> ORDER = Set.of("<", ">", "<=", ">=");
    private static final Set<String> HIDES_NAMES =
            Set.of("builtins.globals", "builtins.vars", "builtins.exec", "builtins.locals", "builtins.setattr");

    private final Program program;
    private final Variables variables;
    private final Calls calls;

    Evaluation(Program program) {
        this.program = program;
        this.variables = new Variables(program, this);
        this.calls = new Calls(program, this);
    }

    Variables variables() {
        return variables;
    }

    Binding evaluate(Expression expression, Frame frame) {
        if (expression instanceof Name name) {
            return name(name.id(), frame);
        }
        if (expression instanceof Text
                || expression instanceof Expression.Numeral
                || expression instanceof Expression.Constant) {
            return new Literal(expression, frame);
        }
        if (expression instanceof Attribute attribute) {
            return attribute(attribute, frame);
        }
        if (expression instanceof Call call) {
            return call(call, frame);
        }
        if (expression instanceof Subscript subscript) {
            return subscript(subscript, frame);
        }
        if (expression instanceof Collection || expression instanceof Dictionary) {
            expression.parts().forEach(part -> evaluate(part, frame));
            return new Literal(expression, frame);
        }
        if (expression instanceof Lambda) {
            return Binding.Unknown.VALUE;
        }
        return compound(expression, frame);
    }

    private Binding compound(Expression expression, Frame frame) {
        if (expression instanceof Logical logical) {
            return logical(logical, frame);
        }
        if (expression instanceof Conditional conditional) {
            evaluate(conditional.test(), frame);
            evaluate(conditional.then(), frame.maybe());
            evaluate(conditional.orElse(), frame.maybe());
            return Binding.Unknown.VALUE;
        }
        if (expression instanceof Comprehension comprehension) {
            return comprehension(comprehension, frame);
        }
        if (expression instanceof Walrus walrus) {
            Binding value = evaluate(walrus.value(), frame);
            frame.bind(walrus.name().id(), value);
            return value;
        }
        List<Binding> parts = new ArrayList<>();
        expression.parts().forEach(part -> parts.add(evaluate(part, frame)));
        if (expression instanceof Arithmetic arithmetic) {
            arithmetic(arithmetic, parts, frame);
            return arithmetic.operators().stream().allMatch("+"::equals) ? joined(parts) : Binding.Unknown.VALUE;
        } else if (expression instanceof Comparison comparison) {
            compared(comparison, parts, frame);
        }
        return Binding.Unknown.VALUE;
    }

    private static Binding name(String id, Frame frame) {
        return frame.scope()
                .find(id)
                .orElseGet(() -> frame.scope().root().isOpen() ? Binding.Unknown.VALUE : new Outside("builtins." + id));
    }

    private Binding attribute(Attribute attribute, Frame frame) {
        return member(evaluate(attribute.value(), frame), attribute, frame);
    }

    private Binding member(Binding of, Attribute attribute, Frame frame) {
        String name = attribute.name();
        if (of instanceof Outside outside) {
            return new Outside(outside.name() + "." + name);
        }
        if (of instanceof Module module) {
            return module.scope().own(name).orElse(Binding.Unknown.VALUE);
        }
        if (of instanceof Variable) {
            noneUsed(of, "." + name, attribute.position(), frame);
            return Binding.Unknown.VALUE;
        }
        if (of instanceof Instance instance && instance.type() instanceof OwnClass type) {
            return calls.method(type, name, of);
        }
        if (of instanceof OwnClass type) {
            return calls.method(type, name, of);
        }
        return of instanceof Instance ? new Member(of, name) : Binding.Unknown.VALUE;
    }

    private Binding subscript(Subscript subscript, Frame frame) {
        Binding of = evaluate(subscript.value(), frame);
        Binding index = evaluate(subscript.index(), frame);
        noneUsed(of, "[...]", subscript.position(), frame);
        return variables.item(of, index, subscript, frame).orElse(Binding.Unknown.VALUE);
    }

    private Binding call(Call call, Frame frame) {
        Binding function = evaluate(call.function(), frame);
        List<Binding> arguments = new ArrayList<>();
        call.arguments().forEach(argument -> arguments.add(evaluate(argument.value(), frame)));
        Optional<Binding> read = variables.call(function, call, arguments, frame);
        if (read.isPresent()) {
            return read.get();
        }
        if (function instanceof Outside outside) {
            return outside(outside, call, arguments, frame);
        }
        if (function instanceof Function || function instanceof OwnClass) {
            return calls.call(function, call, arguments, frame);
        }
        if (function instanceof Member member && member.of() instanceof Instance instance) {
            instance.type()
                    .outside()
                    .ifPresent(type ->
                            program.happens(new Called(frame.at(call.position()), type + "()." + member.name(), call)));
        }
        return Binding.Unknown.VALUE;
    }

    private Binding outside(Outside function, Call call, List<Binding> arguments, Frame frame) {
        String name = function.name();
        if (HIDES_NAMES.contains(name)) {
            frame.scope().root().open();
        }
        if (!arguments.isEmpty() && NeedsValue.first(name) && call.at(0).isPresent()) {
            noneUsed(arguments.get(0), name.replace("builtins.", "") + "(...)", call.position(), frame);
        }
        program.happens(new Called(frame.at(call.position()), name, call));
        if (name.equals("importlib.import_module") && !arguments.isEmpty()) {
            Optional<String> module = arguments.get(0).text().filter(text -> !text.startsWith("."));
            if (module.isPresent()) {
                return program.imports().load(module.get(), call.position(), frame, List.of());
            }
        }
        return new Instance(function, call, frame);
    }

    /** Calls a function or class without arguments. */
    void call(Binding function, Frame frame) {
        calls.call(
                function, new Call(new Position(1, 1), new Name(new Position(1, 1), ""), List.of()), List.of(), frame);
    }

    private Binding logical(Logical logical, Frame frame) {
        Frame here = frame;
        List<Variable> needed = new ArrayList<>();
        for (Expression part : logical.parts()) {
            Binding value = evaluate(part, here);
            if (logical.operator().equals("or")) {
                if (Guards.isExit(part)) {
                    required(needed, frame);
                } else if (value instanceof Variable variable) {
                    needed.add(variable);
                } else {
                    needed.clear();
                }
            }
            here = here.maybe();
        }
        return Binding.Unknown.VALUE;
    }

    private Binding comprehension(Comprehension comprehension, Frame frame) {
        Frame inner = frame.inside(frame.inner(false));
        Expression.Clause first = comprehension.clauses().get(0);
        Binding iterable = evaluate(first.iterable(), frame);
        List<Variable> missing = new ArrayList<>();
        List<Binding> elements = elements(iterable);
        boolean one = comprehension.clauses().size() == 1 && first.conditions().size() == 1;
        if (one && first.target() instanceof Name name && elements.size() <= MAX_ELEMENTS) {
            for (Binding element : elements) {
                inner.scope().bind(name.id(), element);
                missing.addAll(whereMissing(first.conditions().get(0), inner));
            }
        }
        program.execution().bind(first.target(), Binding.Unknown.VALUE, inner);
        first.conditions().forEach(condition -> evaluate(condition, inner.maybe()));
        for (Expression.Clause clause :
                comprehension.clauses().subList(1, comprehension.clauses().size())) {
            evaluate(clause.iterable(), inner.maybe());
            program.execution().bind(clause.target(), Binding.Unknown.VALUE, inner);
            clause.conditions().forEach(condition -> evaluate(condition, inner.maybe()));
        }
        comprehension.elements().forEach(element -> evaluate(element, inner.maybe()));
        return missing.isEmpty() ? Binding.Unknown.VALUE : new Missing(missing);
    }

    private void arithmetic(Arithmetic arithmetic, List<Binding> parts, Frame frame) {
        String operator = arithmetic.operators().get(0);
        for (int i = 0; i < parts.size(); i++) {
            // "..." % None is text.
            if (i == 0 || !operator.equals("%")) {
                noneUsed(parts.get(i), operator, arithmetic.position(), frame);
            }
        }
    }

    private void compared(Comparison comparison, List<Binding> parts, Frame frame) {
        for (int i = 0; i < comparison.operators().size(); i++) {
            String operator = comparison.operators().get(i);
            if (ORDER.contains(operator)) {
                noneUsed(parts.get(i), operator, comparison.position(), frame);
                noneUsed(parts.get(i + 1), operator, comparison.position(), frame);
            } else if (operator.equals("in") || operator.equals("not in")) {
                noneUsed(parts.get(i + 1), operator, comparison.position(), frame);
            }
        }
    }

    /** Displays one behind the other, if all of them are written out in one module. */
    Binding joined(List<Binding> parts) {
        List<Expression> elements = new ArrayList<>();
        Frame frame = null;
        for (Binding part : parts) {
            boolean same = part instanceof Literal literal
                    && literal.value() instanceof Collection
                    && (frame == null
                            || frame.scope()
                                    .module()
                                    .path()
                                    .equals(literal.frame().scope().module().path()));
            if (!same) {
                return Binding.Unknown.VALUE;
            }
            frame = ((Literal) part).frame();
            elements.addAll(((Literal) part).value().parts());
        }
        return frame == null || elements.isEmpty()
                ? Binding.Unknown.VALUE
                : new Literal(new Collection(elements.get(0).position(), '[', elements), frame);
    }

    /** Whether a condition holds that only asks a constant: {@code X}, {@code not X}, {@code X is None}. */
    Optional<Boolean> constant(Expression test, Frame frame) {
        if (test instanceof Expression.Unary not && not.operator().equals("not")) {
            return constant(not.operand(), frame).map(value -> !value);
        }
        if (test instanceof Comparison comparison
                && comparison.operators().size() == 1
                && comparison.parts().get(0) instanceof Name name
                && comparison.parts().get(1).isConstant("None")
                && comparison.operators().get(0).startsWith("is")) {
            boolean negated = comparison.operators().get(0).equals("is not");
            return value(name, frame).map(value -> value.isConstant("None") != negated);
        }
        return test instanceof Name name
                ? value(name, frame)
                        .filter(value -> value instanceof Expression.Constant && !value.isConstant("..."))
                        .map(value -> value.isConstant("True"))
                : Optional.empty();
    }

    private static Optional<Expression> value(Name name, Frame frame) {
        return frame.scope().find(name.id()).filter(Literal.class::isInstance).map(value -> ((Literal) value).value());
    }

    void noneUsed(Binding value, String use, Position position, Frame frame) {
        if (value instanceof Variable variable) {
            program.happens(new NoneUsed(frame.at(position), variable.name(), use));
        }
    }

    /** {@code os.environ["X"] = value}. */
    void store(Subscript item, Frame frame) {
        Binding of = evaluate(item.value(), frame);
        Binding index = evaluate(item.index(), frame);
        if (of.outside().filter("os.environ"::equals).isPresent()) {
            variables.set(index, item.position(), frame);
        } else if (of instanceof Instance instance
                && instance.type().outside().filter(HIDES_NAMES::contains).isPresent()) {
            frame.scope().root().open();
        }
    }

    /** The elements of a display that is written out. */
    List<Binding> elements(Binding value) {
        if (value instanceof Literal literal && literal.value() instanceof Collection collection) {
            return collection.parts().stream()
                    .<Binding>map(
                            part -> part instanceof Text ? new Literal(part, literal.frame()) : Binding.Unknown.VALUE)
                    .toList();
        }
        return List.of();
    }

    /** The variables that make a condition true by not being set, each of them alone. */
    List<Variable> whereMissing(Expression test, Frame frame) {
        return program.quietly(() -> new Absence(this, variables).of(test, frame));
    }

    Binding quietly(Expression expression, Frame frame) {
        return program.quietly(() -> evaluate(expression, frame));
    }

    void happens(Happening happening) {
        program.happens(happening);
    }

    void required(List<Variable> needed, Frame frame) {
        needed.forEach(variable -> variables.required(variable, frame));
    }
}
