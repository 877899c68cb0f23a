package io.bootgate.source.python;

import java.util.regex.Pattern;

/** How numbers are written in Python 3. */
final class Numbers {
    private static final Pattern VALID = Pattern.compile("0[xX](_?[0-9a-fA-F])+|0[oO](_?[0-7])+|0[bB](_?[01])+"
            + "|(0(_?0)*|[1-9](_?[0-9])*)"
            + "|([0-9](_?[0-9])*)?\\.?([0-9](_?[0-9])*)?([eE][+-]?[0-9](_?[0-9])*)?[jJ]?");
    private static final Pattern OLD_OCTAL = Pattern.compile("0[0-9_]+");

    private Numbers() {}

    static void check(String text, int start, int end, Position position) {
        boolean plain = end - start < 20;
        for (int i = start; plain && i < end; i++) {
            plain = text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        if (plain && (text.charAt(start) != '0' || end - start == 1)) {
            afterwards(text, end, position);
            return;
        }
        String number = text.substring(start, end);
        if (OLD_OCTAL.matcher(number).matches() && !number.matches("[0_]+")) {
            throw new BrokenSyntax(
                    position,
                    "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers");
        }
        if (!VALID.matcher(number).matches()) {
            throw new BrokenSyntax(position, "invalid number literal");
        }
        afterwards(text, end, position);
    }

    private static void afterwards(String text, int end, Position position) {
        if (end < text.length() && (text.charAt(end) == 'L' || text.charAt(end) == 'l') && !isWord(text, end + 1)) {
            throw new BrokenSyntax(position, "Python 2 syntax: long integers have no L any more");
        }
        // CPython lets a keyword follow at once (1if x else y), with a warning; any other name is refused.
        if (end < text.length() && Tokenizer.isNamePart(text.charAt(end)) && !keywordAt(text, end)) {
            throw new BrokenSyntax(position, "invalid decimal literal");
        }
    }

    private static boolean isWord(String text, int index) {
        return index < text.length() && Tokenizer.isNamePart(text.charAt(index));
    }

    private static boolean keywordAt(String text, int index) {
        for (String word : new String[] {"and", "else", "for", "if", "in", "is", "not", "or"}) {
            if (text.startsWith(word, index)) {
                return true;
            }
        }
        return false;
    }
}
