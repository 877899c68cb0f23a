package io.bootgate.source.python;

import io.bootgate.source.python.Expression.Bytes;
import io.bootgate.source.python.Expression.Collection;
import io.bootgate.source.python.Expression.Comprehension;
import io.bootgate.source.python.Expression.Constant;
import io.bootgate.source.python.Expression.Dictionary;
import io.bootgate.source.python.Expression.Entry;
import io.bootgate.source.python.Expression.Formatted;
import io.bootgate.source.python.Expression.Name;
import io.bootgate.source.python.Expression.Numeral;
import io.bootgate.source.python.Expression.Starred;
import io.bootgate.source.python.Expression.Text;
import io.bootgate.source.python.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Names, constants, strings, and all that stands in brackets. */
final class AtomParser {
    private final Cursor cursor;
    private final ExpressionParser expressions;

    AtomParser(Cursor cursor, ExpressionParser expressions) {
        this.cursor = cursor;
        this.expressions = expressions;
    }

    Expression atom() {
        Token token = cursor.peek();
        switch (token.kind()) {
            case NAME -> {
                return word(token);
            }
            case NUMBER -> {
                cursor.next();
                return new Numeral(token.position(), token.text());
            }
            case STRING, BYTES, FORMATTED_START -> {
                return strings(token.position());
            }
            case OPERATOR -> {
                return bracketed(token);
            }
            default -> throw cursor.unexpected("invalid syntax");
        }
    }

    private Expression word(Token token) {
        switch (token.text()) {
            case "None", "True", "False" -> {
                cursor.next();
                return new Constant(token.position(), token.text());
            }
            default -> {
                return new Name(token.position(), cursor.name());
            }
        }
    }

    private Expression bracketed(Token token) {
        switch (token.text()) {
            case "(" -> {
                return parenthesised(token.position());
            }
            case "[" -> {
                return listed(token.position());
            }
            case "{" -> {
                return braced(token.position());
            }
            case "..." -> {
                cursor.next();
                return new Constant(token.position(), "...");
            }
            default -> throw cursor.unexpected("invalid syntax");
        }
    }

    private Expression parenthesised(Position start) {
        cursor.expect("(");
        if (cursor.take(")")) {
            return new Collection(start, '(', List.of());
        }
        if (cursor.atWord("yield")) {
            Expression value = expressions.yielded();
            expressions.close("(", ")");
            return value;
        }
        List<Expression> elements = elements(start, '(', ")");
        if (elements.size() == 1 && !cursor.last().is(",")) {
            Expression only = elements.get(0);
            if (only instanceof Starred) {
                throw cursor.broken("cannot use starred expression here");
            }
            expressions.close("(", ")");
            return only;
        }
        expressions.close("(", ")");
        return new Collection(start, '(', elements);
    }

    private Expression listed(Position start) {
        cursor.expect("[");
        if (cursor.take("]")) {
            return new Collection(start, '[', List.of());
        }
        List<Expression> elements = elements(start, '[', "]");
        boolean comprehension =
                elements.get(0) instanceof Comprehension made && made.position().equals(start);
        expressions.close("[", "]");
        return comprehension ? elements.get(0) : new Collection(start, '[', elements);
    }

    /** Elements up to the bracket; one comprehension, placed at {@code start}, where {@code for} follows the first. */
    private List<Expression> elements(Position start, char kind, String close) {
        List<Expression> elements = new ArrayList<>();
        elements.add(element());
        if (expressions.atComprehension()) {
            return List.of(new Comprehension(start, kind, elements, expressions.clauses()));
        }
        while (cursor.take(",") && !cursor.at(close)) {
            elements.add(element());
        }
        return elements;
    }

    private Expression element() {
        Position start = cursor.position();
        return cursor.take("*") ? new Starred(start, expressions.operation(1)) : expressions.named();
    }

    private Expression braced(Position start) {
        cursor.expect("{");
        if (cursor.take("}")) {
            return new Dictionary(start, List.of());
        }
        if (cursor.at("**")) {
            return dictionary(start, new ArrayList<>(List.of(entry())));
        }
        Expression first = element();
        if (!(first instanceof Starred) && cursor.take(":")) {
            Expression value = expressions.expression();
            if (expressions.atComprehension()) {
                List<Expression.Clause> clauses = expressions.clauses();
                expressions.close("{", "}");
                return new Comprehension(start, '{', List.of(first, value), clauses);
            }
            return dictionary(start, new ArrayList<>(List.of(new Entry(Optional.of(first), value))));
        }
        if (expressions.atComprehension()) {
            List<Expression.Clause> clauses = expressions.clauses();
            expressions.close("{", "}");
            return new Comprehension(start, '{', List.of(first), clauses);
        }
        List<Expression> elements = new ArrayList<>(List.of(first));
        while (cursor.take(",") && !cursor.at("}")) {
            elements.add(element());
        }
        expressions.close("{", "}");
        return new Collection(start, '{', elements);
    }

    private Expression dictionary(Position start, List<Entry> entries) {
        while (cursor.take(",") && !cursor.at("}")) {
            entries.add(entry());
        }
        expressions.close("{", "}");
        return new Dictionary(start, entries);
    }

    private Entry entry() {
        if (cursor.take("**")) {
            return new Entry(Optional.empty(), expressions.operation(1));
        }
        Expression key = expressions.expression();
        cursor.expect(":");
        return new Entry(Optional.of(key), expressions.expression());
    }

    /** Adjacent strings are one; with an f-string among them, all of them are its parts. */
    private Expression strings(Position start) {
        StringBuilder text = new StringBuilder();
        List<Expression> parts = new ArrayList<>();
        boolean formatted = false;
        boolean bytes = cursor.at(Kind.BYTES);
        while (cursor.at(Kind.STRING) || cursor.at(Kind.BYTES) || cursor.at(Kind.FORMATTED_START)) {
            Token token = cursor.next();
            if ((token.kind() == Kind.BYTES) != bytes) {
                throw new BrokenSyntax(token.position(), "cannot mix bytes and nonbytes literals");
            }
            if (token.kind() == Kind.FORMATTED_START) {
                formatted = true;
                pieces(parts);
                cursor.next();
            } else {
                text.append(token.text());
                parts.add(new Text(token.position(), token.text()));
            }
        }
        if (formatted) {
            return new Formatted(start, parts);
        }
        return bytes ? new Bytes(start) : new Text(start, text.toString());
    }

    /** Texts and fields of an f-string, up to its end or to the end of a format specification. */
    private void pieces(List<Expression> parts) {
        while (!cursor.at(Kind.FORMATTED_END) && !cursor.at("}")) {
            Token token = cursor.peek();
            if (token.kind() == Kind.STRING) {
                cursor.next();
                parts.add(new Text(token.position(), token.text()));
            } else {
                field(parts);
            }
        }
    }

    private void field(List<Expression> parts) {
        cursor.enter();
        cursor.expect("{");
        if (cursor.at("}")) {
            throw cursor.broken("f-string: valid expression required before '}'");
        }
        parts.add(expressions.values());
        if (cursor.at("=")) {
            cursor.feature("f-string with {name=}", 8, cursor.position());
            cursor.next();
        }
        if (cursor.take("!")) {
            String conversion = cursor.name();
            if (!conversion.equals("r") && !conversion.equals("s") && !conversion.equals("a")) {
                throw cursor.broken("f-string: invalid conversion character '" + conversion + "'");
            }
        }
        if (cursor.take(":")) {
            pieces(parts);
        }
        if (!cursor.take("}")) {
            throw cursor.unexpected("f-string: expecting '}'");
        }
        cursor.leave();
    }
}
