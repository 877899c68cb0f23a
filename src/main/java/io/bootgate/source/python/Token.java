package io.bootgate.source.python;

/**
 * One word of a Python source.
 *
 * @param text the name, number or operator; of a string its value
 */
record Token(Kind kind, String text, Position position) {

    /** What a token is. */
    enum Kind {
        NAME,
        NUMBER,
        STRING,
        BYTES,
        /** The prefix and the quotes that open an f-string or a t-string; its text is the prefix. */
        FORMATTED_START,
        FORMATTED_END,
        OPERATOR,
        NEWLINE,
        INDENT,
        DEDENT,
        END
    }

    boolean is(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }

    boolean isWord(String word) {
        return kind == Kind.NAME && text.equals(word);
    }
}
