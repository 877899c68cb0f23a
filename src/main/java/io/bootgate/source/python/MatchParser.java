package io.bootgate.source.python;

import io.bootgate.source.python.Statement.Case;
import io.bootgate.source.python.Statement.Match;
import io.bootgate.source.python.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code match} statements and their patterns. */
final class MatchParser {
    private final Cursor cursor;
    private final ExpressionParser expressions;
    private final BlockParser blocks;

    MatchParser(Cursor cursor, ExpressionParser expressions, BlockParser blocks) {
        this.cursor = cursor;
        this.expressions = expressions;
        this.blocks = blocks;
    }

    /** {@code match} is a name too: it opens a statement where its line ends with a colon and {@code case} follows, indented. */
    boolean startsHere() {
        int end = 0;
        while (cursor.peek(end).kind() != Kind.NEWLINE && cursor.peek(end).kind() != Kind.END) {
            end++;
        }
        return end > 1
                && cursor.peek(end - 1).is(":")
                && cursor.peek(end + 1).kind() == Kind.INDENT
                && cursor.peek(end + 2).isWord("case");
    }

    Statement match() {
        Position start = cursor.next().position();
        cursor.feature("match statement", 10, start);
        Expression subject = expressions.list(true);
        cursor.expect(":");
        cursor.next();
        cursor.next();
        List<Case> cases = new ArrayList<>();
        while (!cursor.at(Kind.DEDENT)) {
            cases.add(oneCase());
        }
        cursor.next();
        return new Match(start, subject, cases);
    }

    private Case oneCase() {
        Position start = cursor.position();
        cursor.expectWord("case");
        Found found = new Found();
        int mark = cursor.mark();
        sequence(found, ":");
        boolean one = cursor.mark() == mark + 1;
        Optional<Expression> guard = cursor.takeWord("if") ? Optional.of(expressions.named()) : Optional.empty();
        boolean irrefutable = one && found.values.isEmpty() && guard.isEmpty();
        return new Case(start, found.captured, found.values, guard, irrefutable, blocks.block());
    }

    /** What a pattern is made of. */
    private static final class Found {
        private final List<String> captured = new ArrayList<>();
        private final List<Expression> values = new ArrayList<>();
    }

    private void sequence(Found found, String end) {
        do {
            if (cursor.at(end)) {
                break;
            }
            pattern(found);
        } while (cursor.take(","));
    }

    private void pattern(Found found) {
        cursor.enter();
        if (cursor.take("*")) {
            capture(found);
        } else {
            do {
                closed(found);
            } while (cursor.take("|"));
            if (cursor.takeWord("as")) {
                capture(found);
            }
        }
        cursor.leave();
    }

    private void capture(Found found) {
        String name = cursor.name();
        if (!name.equals("_")) {
            found.captured.add(name);
        }
    }

    private void closed(Found found) {
        if (cursor.at("(") || cursor.at("[")) {
            String close = cursor.next().is("(") ? ")" : "]";
            sequence(found, close);
            expressions.close("", close);
        } else if (cursor.take("{")) {
            mapping(found);
        } else if (cursor.atName()) {
            named(found);
        } else {
            found.values.add(expressions.operation(5));
        }
    }

    private void mapping(Found found) {
        while (!cursor.at("}")) {
            if (cursor.take("**")) {
                capture(found);
            } else {
                found.values.add(expressions.operation(5));
                cursor.expect(":");
                pattern(found);
            }
            if (!cursor.take(",")) {
                break;
            }
        }
        expressions.close("{", "}");
    }

    private void named(Found found) {
        Token first = cursor.next();
        Expression value = new Expression.Name(first.position(), first.text());
        boolean dotted = false;
        while (cursor.take(".")) {
            value = new Expression.Attribute(first.position(), value, cursor.name());
            dotted = true;
        }
        if (cursor.take("(")) {
            found.values.add(value);
            while (!cursor.at(")")) {
                if (cursor.atName() && cursor.peek(1).is("=")) {
                    cursor.next();
                    cursor.next();
                }
                pattern(found);
                if (!cursor.take(",")) {
                    break;
                }
            }
            expressions.close("(", ")");
        } else if (dotted) {
            found.values.add(value);
        } else if (!first.text().equals("_")) {
            found.captured.add(first.text());
        }
    }
}
