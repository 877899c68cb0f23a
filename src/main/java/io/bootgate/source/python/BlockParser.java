package io.bootgate.source.python;

import io.bootgate.source.python.Statement.Branch;
import io.bootgate.source.python.Statement.ClassDef;
import io.bootgate.source.python.Statement.For;
import io.bootgate.source.python.Statement.FunctionDef;
import io.bootgate.source.python.Statement.Handler;
import io.bootgate.source.python.Statement.If;
import io.bootgate.source.python.Statement.Item;
import io.bootgate.source.python.Statement.Try;
import io.bootgate.source.python.Statement.While;
import io.bootgate.source.python.Statement.With;
import io.bootgate.source.python.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Statements that hold blocks.
 *
 * <p>Over 200 lines: one method for each statement of the grammar.
 */
final class BlockParser {
    private final Cursor cursor;
    private final ExpressionParser expressions;
    private final StatementParser statements;
    private final MatchParser matches;
    private int functions;
    private int loops;

    BlockParser(Cursor cursor, ExpressionParser expressions, StatementParser statements) {
        this.cursor = cursor;
        this.expressions = expressions;
        this.statements = statements;
        this.matches = new MatchParser(cursor, expressions, this);
    }

    /** The statement with a block that starts here; empty if another kind does. */
    Optional<Statement> compound() {
        Token token = cursor.peek();
        if (token.is("@")) {
            return Optional.of(decorated());
        }
        if (token.kind() != Kind.NAME) {
            return Optional.empty();
        }
        return switch (token.text()) {
            case "if" -> Optional.of(branches());
            case "for" -> Optional.of(loop(token.position(), false));
            case "while" -> Optional.of(repeated());
            case "try" -> Optional.of(tried());
            case "with" -> Optional.of(with(token.position(), false));
            case "def" -> Optional.of(function(token.position(), List.of(), false));
            case "class" -> Optional.of(type(List.of()));
            case "async" -> Optional.of(asynchronous(List.of()));
            case "match" -> matches.startsHere() ? Optional.of(matches.match()) : Optional.empty();
            default -> Optional.empty();
        };
    }

    void requireLoop(String word) {
        if (loops == 0) {
            throw cursor.broken("'" + word + "' outside loop");
        }
    }

    void requireFunction() {
        if (functions == 0) {
            throw cursor.broken("'return' outside function");
        }
    }

    List<Statement> block() {
        if (!cursor.take(":")) {
            throw cursor.unexpected("expected ':'");
        }
        List<Statement> body = new ArrayList<>();
        if (!cursor.at(Kind.NEWLINE)) {
            statements.line(body);
            return body;
        }
        cursor.next();
        if (!cursor.at(Kind.INDENT)) {
            throw cursor.broken("expected an indented block");
        }
        cursor.next();
        while (!cursor.at(Kind.DEDENT) && !cursor.at(Kind.END)) {
            statements.statement(body);
        }
        cursor.next();
        return body;
    }

    private Statement decorated() {
        List<Expression> decorators = new ArrayList<>();
        while (cursor.take("@")) {
            Expression decorator = expressions.named();
            Expression named = decorator instanceof Expression.Call call ? call.function() : decorator;
            if (named.dotted().isEmpty()) {
                cursor.feature("decorator that is not a dotted name", 9, decorator.position());
            }
            decorators.add(decorator);
            if (!cursor.at(Kind.NEWLINE)) {
                throw cursor.unexpected("invalid syntax");
            }
            cursor.next();
        }
        Position start = cursor.position();
        if (cursor.atWord("class")) {
            return type(decorators);
        }
        if (cursor.atWord("async")) {
            return asynchronous(decorators);
        }
        if (!cursor.atWord("def")) {
            throw cursor.unexpected("invalid syntax");
        }
        return function(start, decorators, false);
    }

    private Statement asynchronous(List<Expression> decorators) {
        Position start = cursor.position();
        cursor.expectWord("async");
        if (cursor.atWord("def")) {
            return function(start, decorators, true);
        }
        if (decorators.isEmpty() && cursor.atWord("for")) {
            return loop(start, true);
        }
        if (decorators.isEmpty() && cursor.atWord("with")) {
            return with(start, true);
        }
        throw cursor.unexpected("invalid syntax");
    }

    private Statement function(Position start, List<Expression> decorators, boolean async) {
        cursor.expectWord("def");
        String name = cursor.name();
        ParameterParser parser = new ParameterParser(cursor, expressions);
        parser.typeParameters();
        cursor.expect("(");
        List<Parameter> parameters = parser.parameters(")", true);
        expressions.close("(", ")");
        Optional<Expression> returns = cursor.take("->") ? Optional.of(expressions.list(false)) : Optional.empty();
        int outer = loops;
        loops = 0;
        functions++;
        List<Statement> body = block();
        functions--;
        loops = outer;
        return new FunctionDef(start, name, decorators, parameters, returns, body, async);
    }

    private Statement type(List<Expression> decorators) {
        Position start = cursor.position();
        cursor.expectWord("class");
        String name = cursor.name();
        new ParameterParser(cursor, expressions).typeParameters();
        List<Argument> bases = cursor.at("(") ? expressions.arguments() : List.of();
        int outerLoops = loops;
        int outerFunctions = functions;
        loops = 0;
        functions = 0;
        List<Statement> body = block();
        loops = outerLoops;
        functions = outerFunctions;
        return new ClassDef(start, name, decorators, bases, body);
    }

    private Statement branches() {
        Position start = cursor.position();
        List<Branch> branches = new ArrayList<>();
        cursor.expectWord("if");
        do {
            Expression test = expressions.named();
            if (cursor.at("=")) {
                throw cursor.broken("invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
            }
            branches.add(new Branch(test, block()));
        } while (cursor.takeWord("elif"));
        return new If(start, branches, orElse());
    }

    private List<Statement> orElse() {
        return cursor.takeWord("else") ? block() : List.of();
    }

    private Statement loop(Position start, boolean async) {
        cursor.expectWord("for");
        Expression target = expressions.targets();
        Targets.check(target);
        cursor.expectWord("in");
        Expression iterable = expressions.list(true);
        List<Statement> body = loopBody();
        return new For(start, target, iterable, body, orElse(), async);
    }

    private Statement repeated() {
        Position start = cursor.position();
        cursor.expectWord("while");
        Expression test = expressions.named();
        List<Statement> body = loopBody();
        return new While(start, test, body, orElse());
    }

    private List<Statement> loopBody() {
        loops++;
        List<Statement> body = block();
        loops--;
        return body;
    }

    private Statement tried() {
        Position start = cursor.position();
        cursor.expectWord("try");
        List<Statement> body = block();
        List<Handler> handlers = new ArrayList<>();
        while (cursor.atWord("except")) {
            handlers.add(handler());
        }
        List<Statement> orElse = handlers.isEmpty() ? List.of() : orElse();
        List<Statement> last = cursor.takeWord("finally") ? block() : List.of();
        if (handlers.isEmpty() && last.isEmpty()) {
            throw cursor.unexpected("expected 'except' or 'finally' block");
        }
        return new Try(start, body, handlers, orElse, last);
    }

    private Handler handler() {
        Position start = cursor.position();
        cursor.expectWord("except");
        if (cursor.at("*")) {
            cursor.feature("except*", 11, start);
            cursor.next();
        }
        Optional<Expression> type = Optional.empty();
        Optional<String> name = Optional.empty();
        if (!cursor.at(":")) {
            Expression caught = expressions.expression();
            if (cursor.at(",")) {
                cursor.feature("except A, B without parentheses (in Python 2: except A as B)", 14, start);
                List<Expression> types = new ArrayList<>(List.of(caught));
                while (cursor.take(",") && expressions.startsExpression()) {
                    types.add(expressions.expression());
                }
                caught = new Expression.Collection(caught.position(), '(', types);
            }
            type = Optional.of(caught);
            if (cursor.takeWord("as")) {
                name = Optional.of(cursor.name());
            }
        }
        return new Handler(start, type, name, block());
    }

    private Statement with(Position start, boolean async) {
        cursor.expectWord("with");
        int mark = cursor.mark();
        List<Item> items = cursor.at("(") ? parenthesisedItems() : List.of();
        if (items.isEmpty()) {
            cursor.back(mark);
            items = items("");
        }
        return new With(start, items, block(), async);
    }

    /** {@code with (a as b, c as d):}; empty where the bracket belongs to an expression. */
    private List<Item> parenthesisedItems() {
        try {
            Position start = cursor.position();
            cursor.expect("(");
            List<Item> items = items(")");
            if (cursor.take(")") && cursor.at(":")) {
                boolean named = items.stream().anyMatch(item -> item.target().isPresent());
                if (named) {
                    cursor.feature("with and parentheses around its items", 9, start);
                }
                return items;
            }
        } catch (BrokenSyntax notItems) {
            // Read again as an expression, which tells what is wrong if that is broken too.
            return List.of();
        }
        return List.of();
    }

    private List<Item> items(String close) {
        List<Item> items = new ArrayList<>();
        do {
            if (!close.isEmpty() && cursor.at(close)) {
                break;
            }
            Expression context = expressions.expression();
            Optional<Expression> target = Optional.empty();
            if (cursor.takeWord("as")) {
                // One target: the comma behind it belongs to the next item.
                Expression bound = expressions.primary();
                Targets.check(bound);
                target = Optional.of(bound);
            }
            items.add(new Item(context, target));
        } while (cursor.take(","));
        return items;
    }
}
