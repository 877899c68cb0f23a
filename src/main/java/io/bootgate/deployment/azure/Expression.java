package io.bootgate.deployment.azure;

import java.util.ArrayList;
import java.util.List;

/** An expression of a template, as a tree. */
sealed interface Expression {
    /** Text or a whole number as it stands. */
    record Literal(String text, boolean number) implements Expression {}

    record Call(String function, List<Expression> arguments) implements Expression {}

    /** A property or an element of a value. */
    record Access(Expression value, Expression key) implements Expression {}

    /** Whether text is an expression: {@code [[} is a bracket that is meant as such. */
    static boolean isExpression(String text) {
        return text.startsWith("[") && text.endsWith("]") && !text.startsWith("[[");
    }

    /** Reads an expression; an {@link IllegalArgumentException} says what is expected where. */
    static Expression parse(String text) {
        Parser parser = new Parser(text.substring(1, text.length() - 1));
        Expression expression = parser.expression(0);
        parser.end();
        return expression;
    }

    /** By recursive descent. */
    final class Parser {
        private static final int DEEPEST = 100;

        private final String text;
        private int at;

        private Parser(String text) {
            this.text = text;
        }

        private Expression expression(int depth) {
            if (depth > DEEPEST) {
                throw new IllegalArgumentException("it is nested deeper than " + DEEPEST + " levels");
            }
            Expression expression = primary(depth);
            while (true) {
                if (taken("?.") || taken(".")) {
                    expression = taken("[")
                            ? element(expression, depth)
                            : new Access(expression, new Literal(word(), false));
                } else if (taken("[?") || taken("[")) {
                    expression = element(expression, depth);
                } else {
                    return expression;
                }
            }
        }

        private Expression element(Expression value, int depth) {
            Expression key = expression(depth + 1);
            expect("]");
            return new Access(value, key);
        }

        private Expression primary(int depth) {
            blanks();
            char c = at < text.length() ? text.charAt(at) : ' ';
            if (c == '\'') {
                return quoted();
            }
            if (c == '-' || Character.isDigit(c)) {
                int start = at++;
                while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
                    at++;
                }
                return new Literal(text.substring(start, at), true);
            }
            String name = word();
            while (taken(".")) {
                name = name + "." + word();
            }
            expect("(");
            List<Expression> arguments = new ArrayList<>();
            if (!taken(")")) {
                do {
                    arguments.add(expression(depth + 1));
                } while (taken(","));
                expect(")");
            }
            return new Call(name, arguments);
        }

        private Expression quoted() {
            StringBuilder word = new StringBuilder();
            for (at++; at < text.length(); at++) {
                if (text.charAt(at) != '\'') {
                    word.append(text.charAt(at));
                } else if (at + 1 < text.length() && text.charAt(at + 1) == '\'') {
                    word.append('\'');
                    at++;
                } else {
                    at++;
                    return new Literal(word.toString(), false);
                }
            }
            throw new IllegalArgumentException("a quote is not closed");
        }

        private String word() {
            blanks();
            int start = at;
            while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
                at++;
            }
            if (start == at) {
                throw new IllegalArgumentException("a name is expected at position " + (start + 2));
            }
            return text.substring(start, at);
        }

        private boolean taken(String sign) {
            blanks();
            boolean there = text.startsWith(sign, at);
            at += there ? sign.length() : 0;
            return there;
        }

        private void expect(String sign) {
            if (!taken(sign)) {
                throw new IllegalArgumentException("\"%s\" is expected at position %d".formatted(sign, at + 2));
            }
        }

        private void end() {
            blanks();
            if (at < text.length()) {
                throw new IllegalArgumentException("the expression should end at position " + (at + 2));
            }
        }

        private void blanks() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }
    }
}
