package io.bootgate.source.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An expression. Chains of one operator are flat, so that a sum of thousands of terms is not a tree of thousands of levels. */
public sealed interface Expression {
    Position position();

    /** The expressions directly inside, in the order in which they are written. */
    default List<Expression> parts() {
        return List.of();
    }

    record Name(Position position, String id) implements Expression {}

    /** A string; adjacent ones are one. */
    record Text(Position position, String value) implements Expression {}

    record Bytes(Position position) implements Expression {}

    /** A number as it is written. */
    record Numeral(Position position, String digits) implements Expression {}

    /** {@code None}, {@code True}, {@code False} or {@code ...}. */
    record Constant(Position position, String word) implements Expression {}

    /** An f-string or a t-string. */
    record Formatted(Position position, List<Expression> parts) implements Expression {}

    record Attribute(Position position, Expression value, String name) implements Expression {
        @Override
        public List<Expression> parts() {
            return List.of(value);
        }
    }

    record Subscript(Position position, Expression value, Expression index) implements Expression {
        @Override
        public List<Expression> parts() {
            return List.of(value, index);
        }
    }

    /** {@code from:to:step} in a subscript: what is given of it. */
    record Slice(Position position, List<Expression> parts) implements Expression {}

    record Call(Position position, Expression function, List<Argument> arguments) implements Expression {
        @Override
        public List<Expression> parts() {
            List<Expression> parts = new ArrayList<>(arguments.size() + 1);
            parts.add(function);
            arguments.forEach(argument -> parts.add(argument.value()));
            return parts;
        }

        /** The argument with this name. */
        public Optional<Expression> named(String name) {
            return arguments.stream()
                    .filter(argument -> argument.name().equals(name))
                    .map(Argument::value)
                    .findFirst();
        }

        /** The argument at this place, if nothing before it is starred. */
        public Optional<Expression> at(int index) {
            for (int i = 0; i <= index; i++) {
                if (i >= arguments.size()
                        || !arguments.get(i).name().isEmpty()
                        || arguments.get(i).isUnpacked()) {
                    return Optional.empty();
                }
            }
            return Optional.of(arguments.get(index).value());
        }
    }

    /** {@code a + b - c}: operators of one precedence. */
    record Arithmetic(Position position, List<String> operators, List<Expression> parts) implements Expression {}

    /** {@code a < b <= c}. */
    record Comparison(Position position, List<String> operators, List<Expression> parts) implements Expression {}

    /** {@code a or b or c}. */
    record Logical(Position position, String operator, List<Expression> parts) implements Expression {}

    /** {@code -a}, {@code not a}. */
    record Unary(Position position, String operator, Expression operand) implements Expression {
        @Override
        public List<Expression> parts() {
            return List.of(operand);
        }
    }

    record Lambda(Position position, List<Parameter> parameters, Expression body) implements Expression {
        @Override
        public List<Expression> parts() {
            List<Expression> parts = new ArrayList<>();
            parameters.forEach(parameter -> parameter.value().ifPresent(parts::add));
            parts.add(body);
            return parts;
        }
    }

    /** {@code then if test else orElse}. */
    record Conditional(Position position, Expression test, Expression then, Expression orElse) implements Expression {
        @Override
        public List<Expression> parts() {
            return List.of(test, then, orElse);
        }
    }

    /** A tuple, list or set: {@code (}, {@code [} or <code>{</code>. */
    record Collection(Position position, char kind, List<Expression> parts) implements Expression {}

    /** A dictionary; an unpacked one in it has no key. */
    record Dictionary(Position position, List<Entry> entries) implements Expression {
        @Override
        public List<Expression> parts() {
            List<Expression> parts = new ArrayList<>();
            for (Entry entry : entries) {
                entry.key().ifPresent(parts::add);
                parts.add(entry.value());
            }
            return parts;
        }
    }

    /** {@code key: value} or {@code **value}. */
    record Entry(Optional<Expression> key, Expression value) {}

    /** A comprehension or a generator, by its bracket: {@code (}, {@code [}, <code>{</code>. */
    record Comprehension(Position position, char kind, List<Expression> elements, List<Clause> clauses)
            implements Expression {
        @Override
        public List<Expression> parts() {
            List<Expression> parts = new ArrayList<>(elements);
            for (Clause clause : clauses) {
                parts.add(clause.target());
                parts.add(clause.iterable());
                parts.addAll(clause.conditions());
            }
            return parts;
        }
    }

    /** {@code for target in iterable if condition}. */
    record Clause(Expression target, Expression iterable, List<Expression> conditions) {}

    record Starred(Position position, Expression value) implements Expression {
        @Override
        public List<Expression> parts() {
            return List.of(value);
        }
    }

    record Await(Position position, Expression value) implements Expression {
        @Override
        public List<Expression> parts() {
            return List.of(value);
        }
    }

    /** {@code yield a} or {@code yield from a}. */
    record Yield(Position position, List<Expression> parts) implements Expression {}

    /** {@code name := value}. */
    record Walrus(Position position, Name name, Expression value) implements Expression {
        @Override
        public List<Expression> parts() {
            return List.of(value);
        }
    }

    /** {@code a.b.c} of names only; empty for anything else. */
    default Optional<String> dotted() {
        if (this instanceof Name name) {
            return Optional.of(name.id());
        }
        if (this instanceof Attribute attribute) {
            return attribute.value().dotted().map(value -> value + "." + attribute.name());
        }
        return Optional.empty();
    }

    /** The value of a plain string. */
    default Optional<String> string() {
        return this instanceof Text text ? Optional.of(text.value()) : Optional.empty();
    }

    default boolean isConstant(String word) {
        return this instanceof Constant constant && constant.word().equals(word);
    }
}
