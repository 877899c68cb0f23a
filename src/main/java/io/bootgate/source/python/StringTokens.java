package io.bootgate.source.python;

import io.bootgate.source.python.Token.Kind;
import java.util.Locale;
import java.util.Set;

/** Reads strings: every prefix, and f-strings and t-strings with the expressions in them, nested as in PEP 701. */
final class StringTokens {
    private static final Set<String> PREFIXES = Set.of("r", "u", "b", "br", "rb", "f", "fr", "rf", "t", "tr", "rt");
    private static final int MAX_NESTING = 100;

    private final Tokenizer source;
    private int nesting;

    StringTokens(Tokenizer source) {
        this.source = source;
    }

    static boolean isPrefix(String prefix) {
        return PREFIXES.contains(prefix.toLowerCase(Locale.ROOT));
    }

    /** Reads the string that starts with the prefix at {@code start}; the tokenizer stands behind it afterwards. */
    void read(int start, String prefix) {
        String lower = prefix.toLowerCase(Locale.ROOT);
        String text = source.text();
        int quoteAt = start + prefix.length();
        char quote = text.charAt(quoteAt);
        String triple = String.valueOf(quote).repeat(3);
        String quotes = text.startsWith(triple, quoteAt) ? triple : String.valueOf(quote);
        Position position = source.positionAt(start);
        source.moveTo(quoteAt + quotes.length());
        if (lower.contains("f") || lower.contains("t")) {
            formatted(lower, quotes, position);
        } else {
            plain(lower, quotes, position);
        }
    }

    private void plain(String prefix, String quotes, Position position) {
        String text = source.text();
        int start = source.at();
        int at = start;
        boolean escapes = false;
        while (true) {
            if (at >= text.length()) {
                throw unterminated(quotes, position, false);
            }
            char c = text.charAt(at);
            if (c == quotes.charAt(0) && text.startsWith(quotes, at)) {
                break;
            }
            if (c == '\\' && at + 1 < text.length()) {
                escapes = true;
                at++;
                c = text.charAt(at);
            } else if ((c == '\n' || c == '\r') && quotes.length() == 1) {
                throw unterminated(quotes, position, false);
            }
            at = step(at, c);
        }
        String value = text.substring(start, at);
        source.moveTo(at + quotes.length());
        boolean bytes = prefix.contains("b");
        String content = escapes && !prefix.contains("r") ? Escapes.resolve(value) : value;
        source.add(new Token(bytes ? Kind.BYTES : Kind.STRING, content, position));
    }

    private int step(int at, char c) {
        if (c == '\n' || c == '\r') {
            source.moveTo(at);
            source.lineBreak();
            return source.at();
        }
        return at + 1;
    }

    private static BrokenSyntax unterminated(String quotes, Position position, boolean formatted) {
        return new BrokenSyntax(
                position,
                "unterminated " + (quotes.length() == 3 ? "triple-quoted " : "") + (formatted ? "f-" : "")
                        + "string literal");
    }

    private void formatted(String prefix, String quotes, Position position) {
        if (++nesting > MAX_NESTING) {
            throw new BrokenSyntax(position, "too many nested f-strings");
        }
        source.add(new Token(Kind.FORMATTED_START, prefix, position));
        if (prefix.contains("t")) {
            source.add(new Feature("t-string", 14, position));
        }
        pieces(prefix.contains("r"), quotes, position, false);
        source.add(Kind.FORMATTED_END, "", source.at());
        source.moveTo(source.at() + quotes.length());
        nesting--;
    }

    /** Reads text and fields up to the closing quotes, or up to the brace that ends a format specification. */
    private void pieces(boolean raw, String quotes, Position position, boolean specification) {
        String text = source.text();
        StringBuilder piece = new StringBuilder();
        Position pieceAt = source.positionAt(source.at());
        while (true) {
            int at = source.at();
            if (at >= text.length()) {
                throw unterminated(quotes, position, true);
            }
            char c = text.charAt(at);
            if (c == quotes.charAt(0) && text.startsWith(quotes, at)) {
                if (specification) {
                    throw new BrokenSyntax(source.positionAt(at), "f-string: expecting '}'");
                }
                break;
            }
            if (specification && c == '}') {
                break;
            }
            if ((c == '{' || c == '}') && !specification && at + 1 < text.length() && text.charAt(at + 1) == c) {
                piece.append(c);
                source.moveTo(at + 2);
            } else if (c == '{') {
                addText(piece, raw, pieceAt);
                field(raw, quotes, position);
                pieceAt = source.positionAt(source.at());
            } else if (c == '}') {
                throw new BrokenSyntax(source.positionAt(at), "f-string: single '}' is not allowed");
            } else if (c == '\n' || c == '\r') {
                if (quotes.length() == 1) {
                    throw unterminated(quotes, position, true);
                }
                piece.append('\n');
                source.lineBreak();
            } else if (c == '\\') {
                backslash(piece, raw);
            } else {
                piece.append(c);
                source.moveTo(at + 1);
            }
        }
        addText(piece, raw, pieceAt);
    }

    /** Takes what a backslash protects along: a quote, a backslash, a line break, the name of {@code \N{DASH}}; never a brace. */
    private void backslash(StringBuilder piece, boolean raw) {
        String text = source.text();
        int at = source.at();
        piece.append('\\');
        source.moveTo(at + 1);
        if (at + 1 >= text.length()) {
            return;
        }
        char next = text.charAt(at + 1);
        int named = !raw && text.startsWith("N{", at + 1) ? text.indexOf('}', at) : -1;
        if (named > 0) {
            piece.append(text, at + 1, named + 1);
            source.moveTo(named + 1);
        } else if (next == '\n' || next == '\r') {
            piece.append('\n');
            source.lineBreak();
        } else if (next != '{' && next != '}') {
            piece.append(next);
            source.moveTo(at + 2);
        }
    }

    private void addText(StringBuilder piece, boolean raw, Position position) {
        if (!piece.isEmpty()) {
            String value = piece.toString();
            source.add(
                    new Token(Kind.STRING, raw || value.indexOf('\\') < 0 ? value : Escapes.resolve(value), position));
            piece.setLength(0);
        }
    }

    /** {@code {expression=!r:specification}}. */
    private void field(boolean raw, String quotes, Position position) {
        int start = source.at();
        int depth = source.bracketDepth();
        source.token('{');
        expression(depth, quotes, position);
        newerThan311(start + 1, source.at(), quotes, position);
        String text = source.text();
        if (text.charAt(source.at()) == '!') {
            source.token('!');
            blanks();
            while (source.at() < text.length() && ":}".indexOf(text.charAt(source.at())) < 0) {
                char c = text.charAt(source.at());
                if (!Tokenizer.isNamePart(c) && c != ' ') {
                    throw new BrokenSyntax(source.positionAt(source.at()), "f-string: invalid conversion character");
                }
                source.token(c);
            }
        }
        if (source.at() < text.length() && text.charAt(source.at()) == ':') {
            source.add(Kind.OPERATOR, ":", source.at());
            source.moveTo(source.at() + 1);
            if (++nesting > MAX_NESTING) {
                throw new BrokenSyntax(position, "f-string: expressions nested too deeply");
            }
            pieces(raw, quotes, position, true);
            nesting--;
        }
        if (source.at() >= text.length()) {
            throw unterminated(quotes, position, true);
        }
        source.token('}');
    }

    private void blanks() {
        while (source.at() < source.text().length() && source.text().charAt(source.at()) == ' ') {
            source.moveTo(source.at() + 1);
        }
    }

    private void expression(int depth, String quotes, Position position) {
        String text = source.text();
        while (true) {
            if (source.at() >= text.length()) {
                throw unterminated(quotes, position, true);
            }
            int at = source.at();
            char c = text.charAt(at);
            if (source.bracketDepth() == depth + 1) {
                boolean different = c == '!' && at + 1 < text.length() && text.charAt(at + 1) == '=';
                if (c == '}' || c == ':' || (c == '!' && !different)) {
                    return;
                }
            }
            if (c == '\n' || c == '\r') {
                source.lineBreak();
            } else {
                source.token(c);
            }
        }
    }

    private void newerThan311(int start, int end, String quotes, Position position) {
        String field = source.text().substring(start, end);
        boolean lineBreak = quotes.length() == 1 && field.indexOf('\n') >= 0;
        if (field.contains(quotes) || field.indexOf('\\') >= 0 || field.indexOf('#') >= 0 || lineBreak) {
            source.add(new Feature("f-string with quotes, backslashes or comments in its braces", 12, position));
        }
    }
}
