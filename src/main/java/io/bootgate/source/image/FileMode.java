package io.bootgate.source.image;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Modes as {@code chmod} takes them. */
final class FileMode {
    private static final Pattern OCTAL = Pattern.compile("0?[0-7]{3,4}");
    private static final Pattern CLAUSE = Pattern.compile("([ugoa]*)([-+=])([rwxX]*)");

    private FileMode() {}

    static OptionalInt octal(String text) {
        return OCTAL.matcher(text).matches() ? OptionalInt.of(Integer.parseInt(text, 8) & 0777) : OptionalInt.empty();
    }

    static boolean isMode(String text) {
        return OCTAL.matcher(text).matches() || text.matches("[ugoa]*[-+=][rwxXst]*(?:,[ugoa]*[-+=][rwxXst]*)*");
    }

    /** The mode after {@code chmod text}; empty if that cannot be told. */
    static OptionalInt change(OptionalInt before, String text) {
        OptionalInt octal = octal(text);
        if (octal.isPresent()) {
            return octal;
        }
        if (before.isEmpty()) {
            // What is added is there afterwards, whatever was there before.
            return text.matches("[ua]*\\+r?w?x") ? OptionalInt.of(0755) : OptionalInt.empty();
        }
        int mode = before.getAsInt();
        for (String clause : text.split(",", -1)) {
            Matcher parts = CLAUSE.matcher(clause);
            if (!parts.matches()) {
                return OptionalInt.empty();
            }
            int bits = bits(parts.group(3)) * who(parts.group(1));
            mode = switch (parts.group(2)) {
                case "+" -> mode | bits;
                case "-" -> mode & ~bits;
                default -> (mode & ~(7 * who(parts.group(1)))) | bits;
            };
        }
        return OptionalInt.of(mode);
    }

    private static int bits(String letters) {
        int bits = 0;
        bits |= letters.contains("r") ? 4 : 0;
        bits |= letters.contains("w") ? 2 : 0;
        bits |= letters.contains("x") || letters.contains("X") ? 1 : 0;
        return bits;
    }

    private static int who(String letters) {
        if (letters.isEmpty() || letters.contains("a")) {
            return 0111;
        }
        int who = 0;
        who |= letters.contains("u") ? 0100 : 0;
        who |= letters.contains("g") ? 0010 : 0;
        who |= letters.contains("o") ? 0001 : 0;
        return who;
    }
}
