package io.bootgate.source.python;

import io.bootgate.source.python.Token.Kind;
import java.util.List;
import java.util.Set;

/** A place among tokens, that moves forward; counts how deep the parser is. */
final class Cursor {
    /** No parser below calls itself more than a dozen times for one level, so this keeps to a small thread's stack. */
    private static final int MAX_DEPTH = 300;

    static final Set<String> KEYWORDS = Set.of(
            "False",
            "None",
            "True",
            "and",
            "as",
            "assert",
            "async",
            "await",
            "break",
            "class",
            "continue",
            "def",
            "del",
            "elif",
            "else",
            "except",
            "finally",
            "for",
            "from",
            "global",
            "if",
            "import",
            "in",
            "is",
            "lambda",
            "nonlocal",
            "not",
            "or",
            "pass",
            "raise",
            "return",
            "try",
            "while",
            "with",
            "yield");

    private final List<Token> tokens;
    private final List<Feature> features;
    private int at;
    private int depth;

    Cursor(List<Token> tokens, List<Feature> features) {
        this.tokens = tokens;
        this.features = features;
    }

    Token peek() {
        return tokens.get(at);
    }

    Token peek(int ahead) {
        return tokens.get(Math.min(at + ahead, tokens.size() - 1));
    }

    Token next() {
        Token token = tokens.get(at);
        if (token.kind() != Kind.END) {
            at++;
        }
        return token;
    }

    Token last() {
        return tokens.get(Math.max(0, at - 1));
    }

    int mark() {
        return at;
    }

    void back(int mark) {
        at = mark;
    }

    Position position() {
        return peek().position();
    }

    boolean at(String operator) {
        return peek().is(operator);
    }

    boolean atWord(String word) {
        return peek().isWord(word);
    }

    boolean at(Kind kind) {
        return peek().kind() == kind;
    }

    boolean take(String operator) {
        if (at(operator)) {
            at++;
            return true;
        }
        return false;
    }

    boolean takeWord(String word) {
        if (atWord(word)) {
            at++;
            return true;
        }
        return false;
    }

    void expect(String operator) {
        if (!take(operator)) {
            throw unexpected("expected '" + operator + "'");
        }
    }

    void expectWord(String word) {
        if (!takeWord(word)) {
            throw unexpected("expected '" + word + "'");
        }
    }

    String name() {
        Token token = peek();
        if (token.kind() != Kind.NAME || KEYWORDS.contains(token.text())) {
            throw unexpected("invalid syntax");
        }
        at++;
        return token.text();
    }

    /** Whether a name stands here that is no keyword. */
    boolean atName() {
        return isName(peek());
    }

    static boolean isName(Token token) {
        return token.kind() == Kind.NAME && !KEYWORDS.contains(token.text());
    }

    void enter() {
        if (++depth > MAX_DEPTH) {
            throw broken("too deeply nested");
        }
    }

    void leave() {
        depth--;
    }

    void feature(String name, int minor, Position position) {
        features.add(new Feature(name, minor, position));
    }

    BrokenSyntax broken(String message) {
        return new BrokenSyntax(position(), message);
    }

    /** The given message, or a better one where the token itself is what is wrong. */
    BrokenSyntax unexpected(String message) {
        Token token = peek();
        if (token.kind() == Kind.INDENT) {
            return broken("unexpected indent");
        }
        if (token.is("<>") || (token.is("<") && peek(1).is(">"))) {
            return broken("Python 2 syntax: <> is !=");
        }
        return broken(message);
    }
}
