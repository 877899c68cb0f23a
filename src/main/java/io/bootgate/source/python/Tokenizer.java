package io.bootgate.source.python;

import io.bootgate.source.python.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text into tokens as CPython's tokenizer does: indentation, joined lines, brackets, comments.
 *
 * <p>Strings are read by {@link StringTokens}, which comes back here for the expressions in f-strings.
 */
final class Tokenizer {
    /** As CPython: more open brackets than that are refused. */
    private static final int MAX_BRACKETS = 200;

    private static final int MAX_INDENTS = 100;
    private static final String SINGLES = "()[]{},:.;@=+-*/%&|^~<>!";
    private static final String[] SINGLE =
            SINGLES.chars().mapToObj(c -> String.valueOf((char) c)).toArray(String[]::new);
    private static final String[] LONGER = {
        "**=", "//=", ">>=", "<<=", "...", "**", "//", ">>", "<<", "<=", ">=", "==", "!=", "->", "+=", "-=", "*=", "/=",
        "%=", "@=", "&=", "|=", "^=", ":="
    };

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private final List<Feature> features = new ArrayList<>();
    private final List<Token> brackets = new ArrayList<>();
    private final List<int[]> indents = new ArrayList<>();
    private final StringTokens strings;
    private int at;
    private int line = 1;
    private int lineStart;

    Tokenizer(String text) {
        this.text = text;
        this.strings = new StringTokens(this);
        indents.add(new int[] {0, 0});
    }

    List<Token> tokens() {
        int nul = text.indexOf('\0');
        if (nul >= 0) {
            int lines =
                    (int) text.substring(0, nul).chars().filter(c -> c == '\n').count();
            throw new BrokenSyntax(new Position(lines + 1, 1), "source code cannot contain null bytes");
        }
        boolean newLine = true;
        while (true) {
            if (newLine && !indentation()) {
                break;
            }
            newLine = logicalLineEnded();
            if (at >= text.length() && !newLine) {
                break;
            }
        }
        return closed();
    }

    List<Feature> features() {
        return features;
    }

    private List<Token> closed() {
        if (!brackets.isEmpty()) {
            Token open = brackets.get(brackets.size() - 1);
            throw new BrokenSyntax(open.position(), "'" + open.text() + "' was never closed");
        }
        if (!tokens.isEmpty() && last().kind() != Kind.NEWLINE && last().kind() != Kind.DEDENT) {
            add(Kind.NEWLINE, "", at);
        }
        for (int i = 1; i < indents.size(); i++) {
            add(Kind.DEDENT, "", at);
        }
        add(Kind.END, "", at);
        return tokens;
    }

    /** Reads the blanks before a statement, past empty lines; false at the end of the text. */
    private boolean indentation() {
        while (at < text.length()) {
            int column = 0;
            int narrow = 0;
            for (; at < text.length(); at++) {
                char c = text.charAt(at);
                if (c == ' ') {
                    column++;
                    narrow++;
                } else if (c == '\t') {
                    column = (column / 8 + 1) * 8;
                    narrow++;
                } else if (c == '\f') {
                    column = 0;
                    narrow = 0;
                } else {
                    break;
                }
            }
            if (at >= text.length()) {
                return false;
            }
            char c = text.charAt(at);
            if (c == '#') {
                skipComment();
            } else if (c == '\n' || c == '\r') {
                lineBreak();
            } else if (c != '\\' || !joinedLine()) {
                indentTo(column, narrow);
                return true;
            }
        }
        return false;
    }

    private void indentTo(int column, int narrow) {
        int[] current = indents.get(indents.size() - 1);
        if (column == current[0]) {
            if (narrow != current[1]) {
                throw broken("inconsistent use of tabs and spaces in indentation");
            }
        } else if (column > current[0]) {
            if (narrow <= current[1]) {
                throw broken("inconsistent use of tabs and spaces in indentation");
            }
            if (indents.size() >= MAX_INDENTS) {
                throw broken("too many levels of indentation");
            }
            indents.add(new int[] {column, narrow});
            add(Kind.INDENT, "", at);
        } else {
            while (indents.get(indents.size() - 1)[0] > column) {
                indents.remove(indents.size() - 1);
                add(Kind.DEDENT, "", at);
            }
            if (indents.get(indents.size() - 1)[0] != column) {
                throw broken("unindent does not match any outer indentation level");
            }
        }
    }

    /** Reads tokens until a statement's line ends; false at the end of the text. */
    private boolean logicalLineEnded() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\n' || c == '\r') {
                int end = at;
                if (brackets.isEmpty()) {
                    add(Kind.NEWLINE, "", end);
                    lineBreak();
                    return true;
                }
                lineBreak();
            } else {
                token(c);
            }
        }
        return false;
    }

    /** Reads one token, or blanks, a comment or a joined line; a line break is the caller's. */
    void token(char c) {
        if (c == ' ' || c == '\t' || c == '\f') {
            at++;
        } else if (c == '#') {
            skipComment();
        } else if (c == '\\') {
            if (!joinedLine()) {
                throw broken("unexpected character after line continuation character");
            }
        } else if (c == '"' || c == '\'') {
            strings.read(at, "");
        } else if (isNameStart(c)) {
            name();
        } else if ((c >= '0' && c <= '9') || (c == '.' && isDigit(at + 1))) {
            number();
        } else {
            operator();
        }
    }

    private void name() {
        int start = at;
        while (at < text.length() && isNamePart(text.charAt(at))) {
            at++;
        }
        if (at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'') && at - start <= 2) {
            String prefix = text.substring(start, at);
            if (StringTokens.isPrefix(prefix)) {
                strings.read(start, prefix);
                return;
            }
        }
        add(Kind.NAME, text.substring(start, at), start);
    }

    private void number() {
        int start = at;
        boolean based = text.charAt(at) == '0' && at + 1 < text.length() && "xXoObB".indexOf(text.charAt(at + 1)) >= 0;
        if (based) {
            at += 2;
        }
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean sign = !based && (c == '+' || c == '-') && "eE".indexOf(text.charAt(at - 1)) >= 0;
            if (sign && !isDigit(at + 1)) {
                break;
            }
            if (!sign && c != '.' && c != '_' && !(c < 128 && Character.isLetterOrDigit(c))) {
                break;
            }
            if (c == '.' && based) {
                break;
            }
            if (!based && Character.isLetter(c) && "eEjJ".indexOf(c) < 0) {
                break;
            }
            if ((c == 'e' || c == 'E') && !based && !isExponent()) {
                break;
            }
            at++;
        }
        Numbers.check(text, start, at, positionAt(start));
        add(Kind.NUMBER, text.substring(start, at), start);
    }

    /** {@code 1else} is a number and a word. */
    private boolean isExponent() {
        return isDigit(at + 1) || (at + 1 < text.length() && "+-".indexOf(text.charAt(at + 1)) >= 0 && isDigit(at + 2));
    }

    private boolean isDigit(int index) {
        return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }

    private void operator() {
        char c = text.charAt(at);
        char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        if (next == '=' || next == c || next == '>') {
            for (String operator : LONGER) {
                if (text.startsWith(operator, at)) {
                    add(Kind.OPERATOR, operator, at);
                    at += operator.length();
                    return;
                }
            }
        }
        int single = SINGLES.indexOf(c);
        if (single >= 0) {
            add(Kind.OPERATOR, SINGLE[single], at);
            at++;
            bracket(c);
            return;
        }
        if (c == '`') {
            throw broken("Python 2 syntax: `x` is repr(x)");
        }
        throw broken("invalid character '"
                + (c < ' ' ? "\\u%04x".formatted((int) c) : text.substring(at, text.offsetByCodePoints(at, 1))) + "'");
    }

    private void bracket(char c) {
        switch (c) {
            case '(', '[', '{' -> {
                if (brackets.size() >= MAX_BRACKETS) {
                    throw new BrokenSyntax(last().position(), "too many nested parentheses");
                }
                brackets.add(last());
            }
            case ')', ']', '}' -> close(c, last().position());
            default -> {}
        }
    }

    private void close(char c, Position here) {
        if (brackets.isEmpty()) {
            throw new BrokenSyntax(here, "unmatched '" + c + "'");
        }
        Token open = brackets.remove(brackets.size() - 1);
        if ("([{".indexOf(open.text()) != ")]}".indexOf(c)) {
            throw new BrokenSyntax(
                    here, "closing parenthesis '%s' does not match opening parenthesis '%s'".formatted(c, open.text()));
        }
    }

    private boolean joinedLine() {
        int next = at + 1;
        if (next < text.length() && (text.charAt(next) == '\n' || text.charAt(next) == '\r')) {
            at = next;
            lineBreak();
            return true;
        }
        return false;
    }

    void lineBreak() {
        if (text.charAt(at) == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n') {
            at++;
        }
        at++;
        line++;
        lineStart = at;
    }

    private void skipComment() {
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            at++;
        }
    }

    private static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c >= 128 && isLetter(c));
    }

    static boolean isNamePart(char c) {
        return isNameStart(c) || (c >= '0' && c <= '9') || (c >= 128 && Character.isUnicodeIdentifierPart(c));
    }

    private static boolean isLetter(char c) {
        return Character.isUnicodeIdentifierStart(c) || Character.isSurrogate(c);
    }

    void add(Kind kind, String value, int start) {
        tokens.add(new Token(kind, value, positionAt(start)));
    }

    void add(Token token) {
        tokens.add(token);
    }

    void add(Feature feature) {
        features.add(feature);
    }

    Token last() {
        return tokens.get(tokens.size() - 1);
    }

    BrokenSyntax broken(String message) {
        return new BrokenSyntax(positionAt(at), message);
    }

    Position positionAt(int index) {
        return new Position(line, index - lineStart + 1);
    }

    int bracketDepth() {
        return brackets.size();
    }

    String text() {
        return text;
    }

    int at() {
        return at;
    }

    void moveTo(int index) {
        at = index;
    }
}
