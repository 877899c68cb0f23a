package io.bootgate.source.python;

import io.bootgate.source.python.Statement.Annotated;
import io.bootgate.source.python.Statement.Assign;
import io.bootgate.source.python.Statement.Augmented;
import io.bootgate.source.python.Statement.Expressed;
import io.bootgate.source.python.Statement.Import;
import io.bootgate.source.python.Statement.ImportFrom;
import io.bootgate.source.python.Statement.Raise;
import io.bootgate.source.python.Statement.Return;
import io.bootgate.source.python.Statement.Scope;
import io.bootgate.source.python.Statement.Simple;
import io.bootgate.source.python.Statement.TypeAlias;
import io.bootgate.source.python.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Statements of one line; the others are {@link BlockParser}'s.
 *
 * <p>Over 200 lines: one method for each statement of the grammar.
 */
final class StatementParser {
    private static final Set<String> AUGMENTED =
            Set.of("+=", "-=", "*=", "/=", "//=", "%=", "@=", "&=", "|=", "^=", "<<=", ">>=", "**=");

    private final Cursor cursor;
    private final ExpressionParser expressions;
    private final BlockParser blocks;

    StatementParser(Cursor cursor) {
        this.cursor = cursor;
        this.expressions = new ExpressionParser(cursor);
        this.blocks = new BlockParser(cursor, expressions, this);
    }

    List<Statement> file() {
        List<Statement> statements = new ArrayList<>();
        while (!cursor.at(Kind.END)) {
            if (cursor.at(Kind.NEWLINE)) {
                cursor.next();
            } else {
                statement(statements);
            }
        }
        return statements;
    }

    /** Reads a statement, or several on one line. */
    void statement(List<Statement> into) {
        if (cursor.at(Kind.INDENT)) {
            throw cursor.broken("unexpected indent");
        }
        cursor.enter();
        Optional<Statement> compound = blocks.compound();
        if (compound.isPresent()) {
            into.add(compound.get());
        } else {
            line(into);
        }
        cursor.leave();
    }

    /** Statements separated by semicolons, and the end of their line. */
    void line(List<Statement> into) {
        do {
            into.add(simple());
        } while (cursor.take(";") && !cursor.at(Kind.NEWLINE));
        if (cursor.at(Kind.NEWLINE)) {
            cursor.next();
        } else if (!cursor.at(Kind.END)) {
            throw endExpected(into.get(into.size() - 1));
        }
    }

    private BrokenSyntax endExpected(Statement before) {
        if (before instanceof Expressed expressed
                && expressed.value() instanceof Expression.Name name
                && (name.id().equals("print") || name.id().equals("exec"))) {
            return new BrokenSyntax(
                    name.position(),
                    "Missing parentheses in call to '%s'. Did you mean %s(...)? (Python 2 syntax)"
                            .formatted(name.id(), name.id()));
        }
        return cursor.unexpected("invalid syntax");
    }

    private Statement simple() {
        Token token = cursor.peek();
        Position start = token.position();
        if (token.kind() == Kind.NAME) {
            switch (token.text()) {
                case "pass" -> {
                    cursor.next();
                    return new Simple(start, "pass");
                }
                case "break", "continue" -> {
                    blocks.requireLoop(token.text());
                    cursor.next();
                    return new Simple(start, token.text());
                }
                case "return" -> {
                    blocks.requireFunction();
                    cursor.next();
                    return new Return(
                            start,
                            expressions.startsExpression() ? Optional.of(expressions.values()) : Optional.empty());
                }
                case "raise" -> {
                    return raise(start);
                }
                case "import" -> {
                    return imported(start);
                }
                case "from" -> {
                    return importedFrom(start);
                }
                case "global", "nonlocal" -> {
                    return scope(start);
                }
                case "del" -> {
                    return deleted(start);
                }
                case "assert" -> {
                    return asserted(start);
                }
                case "type" -> {
                    if (Cursor.isName(cursor.peek(1))
                            && (cursor.peek(2).is("=") || cursor.peek(2).is("["))) {
                        return typeAlias(start);
                    }
                }
                default -> {}
            }
        }
        return expressed(start);
    }

    private Statement expressed(Position start) {
        Expression first = expressions.values();
        if (cursor.at(":")) {
            return annotated(start, first);
        }
        if (cursor.at(Kind.OPERATOR) && AUGMENTED.contains(cursor.peek().text())) {
            Targets.checkSingle(first);
            String operator = cursor.next().text();
            return new Augmented(start, first, operator, expressions.values());
        }
        if (!cursor.at("=")) {
            if (cursor.at(":=")) {
                throw cursor.broken("invalid syntax");
            }
            return new Expressed(start, first);
        }
        List<Expression> targets = new ArrayList<>();
        Expression value = first;
        while (cursor.take("=")) {
            Targets.check(value);
            targets.add(value);
            value = expressions.values();
        }
        return new Assign(start, targets, value);
    }

    private Statement annotated(Position start, Expression target) {
        cursor.expect(":");
        Targets.checkSingle(target);
        Expression annotation = expressions.expression();
        Optional<Expression> value = cursor.take("=") ? Optional.of(expressions.values()) : Optional.empty();
        return new Annotated(start, target, annotation, value);
    }

    private Statement raise(Position start) {
        cursor.next();
        if (!expressions.startsExpression()) {
            return new Raise(start, Optional.empty(), Optional.empty());
        }
        Expression exception = expressions.expression();
        if (cursor.at(",")) {
            throw cursor.broken("Python 2 syntax: raise E, value is raise E(value)");
        }
        Optional<Expression> cause = cursor.takeWord("from") ? Optional.of(expressions.expression()) : Optional.empty();
        return new Raise(start, Optional.of(exception), cause);
    }

    private Statement imported(Position start) {
        cursor.next();
        List<Alias> names = new ArrayList<>();
        do {
            Position at = cursor.position();
            String module = dottedName();
            String first = module.contains(".") ? module.substring(0, module.indexOf('.')) : module;
            names.add(new Alias(at, module, cursor.takeWord("as") ? cursor.name() : first));
        } while (cursor.take(","));
        return new Import(start, names);
    }

    private String dottedName() {
        StringBuilder name = new StringBuilder(cursor.name());
        while (cursor.take(".")) {
            name.append('.').append(cursor.name());
        }
        return name.toString();
    }

    private Statement importedFrom(Position start) {
        cursor.next();
        int level = 0;
        while (cursor.at(".") || cursor.at("...")) {
            level += cursor.next().text().length();
        }
        String module = level > 0 && cursor.atWord("import") ? "" : dottedName();
        cursor.expectWord("import");
        List<Alias> names = new ArrayList<>();
        Position at = cursor.position();
        if (cursor.take("*")) {
            return new ImportFrom(start, level, module, List.of(new Alias(at, "*", "*")));
        }
        boolean brackets = cursor.take("(");
        do {
            if (brackets && cursor.at(")")) {
                break;
            }
            Position place = cursor.position();
            String name = cursor.name();
            names.add(new Alias(place, name, cursor.takeWord("as") ? cursor.name() : name));
        } while (cursor.take(","));
        if (names.isEmpty()) {
            throw cursor.broken("Expected one or more names after 'import'");
        }
        if (brackets) {
            expressions.close("(", ")");
        }
        return new ImportFrom(start, level, module, names);
    }

    private Statement scope(Position start) {
        String word = cursor.next().text();
        List<String> names = new ArrayList<>();
        do {
            names.add(cursor.name());
        } while (cursor.take(","));
        return new Scope(start, word, names);
    }

    private Statement deleted(Position start) {
        cursor.next();
        Expression targets = expressions.targets();
        Targets.check(targets);
        return new Statement.Delete(
                start, targets instanceof Expression.Collection many ? many.parts() : List.of(targets));
    }

    private Statement asserted(Position start) {
        cursor.next();
        Expression test = expressions.named();
        return new Statement.Assert(
                start, test, cursor.take(",") ? Optional.of(expressions.expression()) : Optional.empty());
    }

    private Statement typeAlias(Position start) {
        cursor.feature("type statement", 12, start);
        cursor.next();
        String name = cursor.name();
        new ParameterParser(cursor, expressions).typeParameters();
        cursor.expect("=");
        return new TypeAlias(start, name, expressions.expression());
    }
}
