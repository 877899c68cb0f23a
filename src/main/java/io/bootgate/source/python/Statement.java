package io.bootgate.source.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A statement. */
public sealed interface Statement {
    Position position();

    /** The expressions directly in it, not those in its blocks. */
    default List<Expression> parts() {
        return List.of();
    }

    /** The blocks directly in it, in the order in which they are written. */
    default List<List<Statement>> blocks() {
        return List.of();
    }

    /** A function; its position is the one of {@code def} or {@code async}, behind the decorators. */
    record FunctionDef(
            Position position,
            String name,
            List<Expression> decorators,
            List<Parameter> parameters,
            Optional<Expression> returns,
            List<Statement> body,
            boolean async)
            implements Statement {
        @Override
        public List<Expression> parts() {
            List<Expression> parts = new ArrayList<>(decorators);
            for (Parameter parameter : parameters) {
                parameter.annotation().ifPresent(parts::add);
                parameter.value().ifPresent(parts::add);
            }
            returns.ifPresent(parts::add);
            return parts;
        }

        @Override
        public List<List<Statement>> blocks() {
            return List.of(body);
        }
    }

    record ClassDef(
            Position position, String name, List<Expression> decorators, List<Argument> bases, List<Statement> body)
            implements Statement {
        @Override
        public List<Expression> parts() {
            List<Expression> parts = new ArrayList<>(decorators);
            bases.forEach(base -> parts.add(base.value()));
            return parts;
        }

        @Override
        public List<List<Statement>> blocks() {
            return List.of(body);
        }
    }

    record Return(Position position, Optional<Expression> value) implements Statement {
        @Override
        public List<Expression> parts() {
            return value.stream().toList();
        }
    }

    record Delete(Position position, List<Expression> targets) implements Statement {
        @Override
        public List<Expression> parts() {
            return targets;
        }
    }

    /** {@code a = b = value}. */
    record Assign(Position position, List<Expression> targets, Expression value) implements Statement {
        @Override
        public List<Expression> parts() {
            List<Expression> parts = new ArrayList<>(targets);
            parts.add(value);
            return parts;
        }
    }

    /** {@code target: annotation = value}. */
    record Annotated(Position position, Expression target, Expression annotation, Optional<Expression> value)
            implements Statement {
        @Override
        public List<Expression> parts() {
            List<Expression> parts = new ArrayList<>(List.of(target, annotation));
            value.ifPresent(parts::add);
            return parts;
        }
    }

    /** {@code target += value}. */
    record Augmented(Position position, Expression target, String operator, Expression value) implements Statement {
        @Override
        public List<Expression> parts() {
            return List.of(target, value);
        }
    }

    record For(
            Position position,
            Expression target,
            Expression iterable,
            List<Statement> body,
            List<Statement> orElse,
            boolean async)
            implements Statement {
        @Override
        public List<Expression> parts() {
            return List.of(target, iterable);
        }

        @Override
        public List<List<Statement>> blocks() {
            return List.of(body, orElse);
        }
    }

    record While(Position position, Expression test, List<Statement> body, List<Statement> orElse)
            implements Statement {
        @Override
        public List<Expression> parts() {
            return List.of(test);
        }

        @Override
        public List<List<Statement>> blocks() {
            return List.of(body, orElse);
        }
    }

    /** {@code if}, each {@code elif} and {@code else}. */
    record If(Position position, List<Branch> branches, List<Statement> orElse) implements Statement {
        @Override
        public List<Expression> parts() {
            return branches.stream().map(Branch::test).toList();
        }

        @Override
        public List<List<Statement>> blocks() {
            List<List<Statement>> blocks = new ArrayList<>();
            branches.forEach(branch -> blocks.add(branch.body()));
            blocks.add(orElse);
            return blocks;
        }
    }

    record Branch(Expression test, List<Statement> body) {}

    record With(Position position, List<Item> items, List<Statement> body, boolean async) implements Statement {
        @Override
        public List<Expression> parts() {
            List<Expression> parts = new ArrayList<>();
            for (Item item : items) {
                parts.add(item.context());
                item.target().ifPresent(parts::add);
            }
            return parts;
        }

        @Override
        public List<List<Statement>> blocks() {
            return List.of(body);
        }
    }

    /** {@code context as target}. */
    record Item(Expression context, Optional<Expression> target) {}

    record Raise(Position position, Optional<Expression> exception, Optional<Expression> cause) implements Statement {
        @Override
        public List<Expression> parts() {
            return Stream.concat(exception.stream(), cause.stream()).toList();
        }
    }

    record Try(
            Position position,
            List<Statement> body,
            List<Handler> handlers,
            List<Statement> orElse,
            List<Statement> last)
            implements Statement {
        @Override
        public List<Expression> parts() {
            return handlers.stream().flatMap(handler -> handler.type().stream()).toList();
        }

        @Override
        public List<List<Statement>> blocks() {
            List<List<Statement>> blocks = new ArrayList<>(List.of(body));
            handlers.forEach(handler -> blocks.add(handler.body()));
            blocks.add(orElse);
            blocks.add(last);
            return blocks;
        }
    }

    /** {@code except type as name}; a bare one has no type. */
    record Handler(Position position, Optional<Expression> type, Optional<String> name, List<Statement> body) {}

    record Assert(Position position, Expression test, Optional<Expression> message) implements Statement {
        @Override
        public List<Expression> parts() {
            return Stream.concat(Stream.of(test), message.stream()).toList();
        }
    }

    record Import(Position position, List<Alias> names) implements Statement {}

    /**
     * {@code from ..module import names}.
     *
     * @param level number of leading dots
     * @param module empty if only dots are given
     */
    record ImportFrom(Position position, int level, String module, List<Alias> names) implements Statement {}

    /** {@code global} or {@code nonlocal}. */
    record Scope(Position position, String word, List<String> names) implements Statement {}

    record Expressed(Position position, Expression value) implements Statement {
        @Override
        public List<Expression> parts() {
            return List.of(value);
        }
    }

    record Match(Position position, Expression subject, List<Case> cases) implements Statement {
        @Override
        public List<Expression> parts() {
            List<Expression> parts = new ArrayList<>(List.of(subject));
            for (Case one : cases) {
                parts.addAll(one.values());
                one.guard().ifPresent(parts::add);
            }
            return parts;
        }

        @Override
        public List<List<Statement>> blocks() {
            return cases.stream().map(Case::body).toList();
        }
    }

    /**
     * {@code case pattern if guard}.
     *
     * @param captured names that the pattern binds
     * @param values expressions in the pattern: constants, dotted names, classes
     * @param irrefutable matches whatever comes
     */
    record Case(
            Position position,
            List<String> captured,
            List<Expression> values,
            Optional<Expression> guard,
            boolean irrefutable,
            List<Statement> body) {}

    /** {@code type name = value}. */
    record TypeAlias(Position position, String name, Expression value) implements Statement {
        @Override
        public List<Expression> parts() {
            return List.of(value);
        }
    }

    /** {@code pass}, {@code break} or {@code continue}. */
    record Simple(Position position, String word) implements Statement {}
}
