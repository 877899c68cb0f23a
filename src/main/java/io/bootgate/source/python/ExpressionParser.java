package io.bootgate.source.python;

import io.bootgate.source.python.Expression.Arithmetic;
import io.bootgate.source.python.Expression.Attribute;
import io.bootgate.source.python.Expression.Await;
import io.bootgate.source.python.Expression.Call;
import io.bootgate.source.python.Expression.Collection;
import io.bootgate.source.python.Expression.Comparison;
import io.bootgate.source.python.Expression.Comprehension;
import io.bootgate.source.python.Expression.Conditional;
import io.bootgate.source.python.Expression.Lambda;
import io.bootgate.source.python.Expression.Logical;
import io.bootgate.source.python.Expression.Name;
import io.bootgate.source.python.Expression.Slice;
import io.bootgate.source.python.Expression.Starred;
import io.bootgate.source.python.Expression.Subscript;
import io.bootgate.source.python.Expression.Unary;
import io.bootgate.source.python.Expression.Walrus;
import io.bootgate.source.python.Expression.Yield;
import io.bootgate.source.python.Token.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Expressions by recursive descent; operators by their precedence.
 *
 * <p>Over 200 lines: one method for each level of the grammar.
 */
final class ExpressionParser {
    private static final int MAX_CHAIN = 500;
    private static final Set<String> COMPARISONS = Set.of("<", ">", "==", ">=", "<=", "!=");

    private final Cursor cursor;
    private final AtomParser atoms;

    ExpressionParser(Cursor cursor) {
        this.cursor = cursor;
        this.atoms = new AtomParser(cursor, this);
    }

    /** An expression list as it may stand on the right of {@code =}: a tuple without brackets, stars, {@code yield}. */
    Expression values() {
        return cursor.atWord("yield") ? yielded() : list(true);
    }

    /** {@code a, *b, c}: one expression, or a tuple where there is a comma. */
    Expression list(boolean walrus) {
        Position start = cursor.position();
        Expression first = element(walrus);
        if (!cursor.at(",")) {
            return first;
        }
        List<Expression> elements = new ArrayList<>(List.of(first));
        while (cursor.take(",") && startsExpression()) {
            elements.add(element(walrus));
        }
        return new Collection(start, '(', elements);
    }

    /** What {@code for} and {@code del} take: no comparison, so that {@code in} is left to the caller. */
    Expression targets() {
        Position start = cursor.position();
        Expression first = target();
        if (!cursor.at(",")) {
            return first;
        }
        List<Expression> elements = new ArrayList<>(List.of(first));
        while (cursor.take(",") && startsExpression()) {
            elements.add(target());
        }
        return new Collection(start, '(', elements);
    }

    private Expression target() {
        Position start = cursor.position();
        return cursor.take("*") ? new Starred(start, operation(1)) : operation(1);
    }

    private Expression element(boolean walrus) {
        Position start = cursor.position();
        if (cursor.take("*")) {
            return new Starred(start, operation(1));
        }
        return walrus ? named() : expression();
    }

    /** An expression, or {@code name := expression}. */
    Expression named() {
        Expression value = expression();
        if (cursor.at(":=")) {
            if (!(value instanceof Name name)) {
                throw cursor.broken("cannot use assignment expressions with this");
            }
            cursor.feature("assignment expression (:=)", 8, value.position());
            cursor.next();
            return new Walrus(value.position(), name, expression());
        }
        return value;
    }

    Expression expression() {
        cursor.enter();
        Position start = cursor.position();
        Expression result;
        if (cursor.atWord("lambda")) {
            result = lambda();
        } else {
            result = disjunction();
            if (cursor.takeWord("if")) {
                Expression test = disjunction();
                if (!cursor.takeWord("else")) {
                    throw cursor.broken("expected 'else' after 'if' expression");
                }
                result = new Conditional(start, test, result, expression());
            }
        }
        cursor.leave();
        return result;
    }

    private Expression lambda() {
        Position start = cursor.next().position();
        List<Parameter> parameters = new ParameterParser(cursor, this).parameters(":", false);
        cursor.expect(":");
        return new Lambda(start, parameters, expression());
    }

    Expression disjunction() {
        Position start = cursor.position();
        Expression first = conjunction();
        if (!cursor.atWord("or")) {
            return first;
        }
        List<Expression> operands = new ArrayList<>(List.of(first));
        while (cursor.takeWord("or")) {
            operands.add(conjunction());
        }
        return new Logical(start, "or", operands);
    }

    private Expression conjunction() {
        Position start = cursor.position();
        Expression first = inversion();
        if (!cursor.atWord("and")) {
            return first;
        }
        List<Expression> operands = new ArrayList<>(List.of(first));
        while (cursor.takeWord("and")) {
            operands.add(inversion());
        }
        return new Logical(start, "and", operands);
    }

    private Expression inversion() {
        Position start = cursor.position();
        if (!cursor.takeWord("not")) {
            return comparison();
        }
        cursor.enter();
        Expression operand = inversion();
        cursor.leave();
        return new Unary(start, "not", operand);
    }

    private Expression comparison() {
        Position start = cursor.position();
        Expression first = operation(1);
        Optional<String> operator = comparisonOperator();
        if (operator.isEmpty()) {
            return first;
        }
        List<Expression> operands = new ArrayList<>(List.of(first));
        List<String> operators = new ArrayList<>();
        while (operator.isPresent()) {
            operators.add(operator.get());
            operands.add(operation(1));
            operator = comparisonOperator();
        }
        return new Comparison(start, operators, operands);
    }

    private Optional<String> comparisonOperator() {
        Token token = cursor.peek();
        if (token.kind() == Kind.OPERATOR && COMPARISONS.contains(token.text())) {
            if (token.is("<") && cursor.peek(1).is(">")) {
                throw cursor.unexpected("invalid syntax");
            }
            cursor.next();
            return Optional.of(token.text());
        }
        if (cursor.takeWord("in")) {
            return Optional.of("in");
        }
        if (cursor.takeWord("is")) {
            return Optional.of(cursor.takeWord("not") ? "is not" : "is");
        }
        if (cursor.atWord("not") && cursor.peek(1).isWord("in")) {
            cursor.next();
            cursor.next();
            return Optional.of("not in");
        }
        return Optional.empty();
    }

    /** {@code |} binds least (1), then {@code ^}, {@code &}, shifts, sums, and products most (6). */
    Expression operation(int precedence) {
        Position start = cursor.position();
        Expression left = unary();
        while (true) {
            int level = precedence(cursor.peek());
            if (level < precedence) {
                return left;
            }
            List<Expression> operands = new ArrayList<>(List.of(left));
            List<String> operators = new ArrayList<>();
            while (precedence(cursor.peek()) == level) {
                operators.add(cursor.next().text());
                operands.add(operation(level + 1));
            }
            left = new Arithmetic(start, operators, operands);
        }
    }

    private static int precedence(Token token) {
        if (token.kind() != Kind.OPERATOR) {
            return 0;
        }
        return switch (token.text()) {
            case "|" -> 1;
            case "^" -> 2;
            case "&" -> 3;
            case "<<", ">>" -> 4;
            case "+", "-" -> 5;
            case "*", "/", "//", "%", "@" -> 6;
            default -> 0;
        };
    }

    private Expression unary() {
        Token token = cursor.peek();
        if (token.kind() == Kind.OPERATOR && (token.is("-") || token.is("+") || token.is("~"))) {
            cursor.next();
            cursor.enter();
            Expression operand = unary();
            cursor.leave();
            return new Unary(token.position(), token.text(), operand);
        }
        Position start = token.position();
        Expression base = cursor.takeWord("await") ? new Await(start, primary()) : primary();
        if (!cursor.take("**")) {
            return base;
        }
        cursor.enter();
        Expression exponent = unary();
        cursor.leave();
        return new Arithmetic(start, List.of("**"), List.of(base, exponent));
    }

    Expression primary() {
        Position start = cursor.position();
        Expression result = atoms.atom();
        int length = 0;
        while (cursor.at(Kind.OPERATOR)) {
            if (cursor.take(".")) {
                result = new Attribute(start, result, attribute());
            } else if (cursor.at("(")) {
                result = new Call(start, result, arguments());
            } else if (cursor.at("[")) {
                result = new Subscript(start, result, subscript());
            } else {
                break;
            }
            if (++length > MAX_CHAIN) {
                throw cursor.broken("too deeply nested");
            }
        }
        return result;
    }

    private String attribute() {
        return cursor.name();
    }

    private Expression subscript() {
        cursor.expect("[");
        Position start = cursor.position();
        Expression first = sliceOrValue();
        if (cursor.take("]")) {
            return first;
        }
        List<Expression> elements = new ArrayList<>(List.of(first));
        while (cursor.take(",") && !cursor.at("]")) {
            elements.add(sliceOrValue());
        }
        close("[", "]");
        return new Collection(start, '(', elements);
    }

    private Expression sliceOrValue() {
        Position start = cursor.position();
        if (cursor.at("*")) {
            cursor.feature("star in a subscript", 11, start);
            return element(true);
        }
        List<Expression> parts = new ArrayList<>();
        if (!cursor.at(":")) {
            Expression value = named();
            if (!cursor.at(":")) {
                return value;
            }
            parts.add(value);
        }
        while (cursor.take(":")) {
            if (!cursor.at(":") && !cursor.at("]") && !cursor.at(",")) {
                parts.add(expression());
            }
        }
        return new Slice(start, parts);
    }

    /** The arguments of a call or the bases of a class, brackets included. */
    List<Argument> arguments() {
        cursor.expect("(");
        List<Argument> arguments = new ArrayList<>();
        Set<String> names = new HashSet<>();
        boolean keywords = false;
        while (!cursor.at(")")) {
            Position start = cursor.position();
            Argument argument = argument();
            if (!argument.name().isEmpty() && !names.add(argument.name())) {
                throw new BrokenSyntax(start, "keyword argument repeated: " + argument.name());
            }
            if (keywords && argument.name().isEmpty() && argument.stars() == 0) {
                throw new BrokenSyntax(start, "positional argument follows keyword argument");
            }
            keywords |= !argument.name().isEmpty() || argument.stars() == 2;
            arguments.add(argument);
            if (!cursor.take(",")) {
                break;
            }
        }
        close("(", ")");
        return arguments;
    }

    private Argument argument() {
        if (cursor.take("**")) {
            return new Argument("", 2, expression());
        }
        if (cursor.take("*")) {
            return new Argument("", 1, expression());
        }
        if (cursor.atName() && cursor.peek(1).is("=")) {
            String name = cursor.name();
            cursor.next();
            return new Argument(name, 0, expression());
        }
        Position start = cursor.position();
        Expression value = named();
        if (atComprehension()) {
            value = new Comprehension(start, '(', List.of(value), clauses());
        }
        return new Argument("", 0, value);
    }

    void close(String open, String close) {
        if (!cursor.take(close)) {
            throw cursor.unexpected("invalid syntax. Perhaps you forgot a comma?");
        }
    }

    boolean atComprehension() {
        return cursor.atWord("for") || (cursor.atWord("async") && cursor.peek(1).isWord("for"));
    }

    List<Expression.Clause> clauses() {
        List<Expression.Clause> clauses = new ArrayList<>();
        while (atComprehension()) {
            cursor.takeWord("async");
            cursor.expectWord("for");
            Expression target = targets();
            Targets.check(target);
            cursor.expectWord("in");
            Expression iterable = disjunction();
            List<Expression> conditions = new ArrayList<>();
            while (cursor.takeWord("if")) {
                Expression condition = disjunction();
                if (cursor.at(":=") && condition instanceof Name name) {
                    cursor.next();
                    condition = new Walrus(name.position(), name, expression());
                }
                conditions.add(condition);
            }
            clauses.add(new Expression.Clause(target, iterable, conditions));
        }
        return clauses;
    }

    Expression yielded() {
        Position start = cursor.position();
        cursor.expectWord("yield");
        if (cursor.takeWord("from")) {
            return new Yield(start, List.of(expression()));
        }
        return startsExpression() ? new Yield(start, List.of(list(true))) : new Yield(start, List.of());
    }

    /** Whether the token here can be the first of an expression. */
    boolean startsExpression() {
        Token token = cursor.peek();
        return switch (token.kind()) {
            case NUMBER, STRING, BYTES, FORMATTED_START -> true;
            case OPERATOR ->
                switch (token.text()) {
                    case "(", "[", "{", "-", "+", "~", "...", "*" -> true;
                    default -> false;
                };
            case NAME ->
                switch (token.text()) {
                    case "None", "True", "False", "not", "lambda", "await", "yield" -> true;
                    default -> !Cursor.KEYWORDS.contains(token.text());
                };
            default -> false;
        };
    }
}
