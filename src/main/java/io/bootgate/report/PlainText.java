package io.bootgate.report;

import java.util.regex.Pattern;

/**
 * Makes one line of text that came out of a container harmless for a terminal and for a CI server's log: nothing in it can
 * move the cursor, colour, hide or reorder text, or be taken for a command.
 */
public final class PlainText {
    // CSI, then the string sequences (OSC, DCS, SOS, PM, APC) up to their end, then every other escape.
    private static final Pattern ESCAPES = Pattern.compile("(?:\u001B\\[|\u009B)[0-?]*[ -/]*[@-~]"
            + "|(?:\u001B[\\]PX^_]|[\u009D\u0090\u0098\u009E\u009F])[^\u0007\u001B\u009C]*(?:\u0007|\u001B\\\\|\u009C)?"
            + "|\u001B[ -/]*[0-~]?");
    private static final Pattern BLANKS = Pattern.compile("[\t\u2028\u2029\u0085\u000B\f]");
    // All control characters, and the marks that change the direction of text or have no width.
    private static final Pattern INVISIBLE =
            Pattern.compile("[\\p{Cc}\u061C\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]");
    // GitHub: "::name parameters::value", at the start of a line even when it is not closed.
    private static final Pattern COLON_COMMAND =
            Pattern.compile("^(\\s*):(?=:[a-zA-Z-])|:(?=:[a-zA-Z-]+(?: [^:]*)?::)");
    // GitHub (old form), Azure Pipelines and TeamCity: "##[name]", "##vso[", "##teamcity[".
    private static final Pattern HASH_COMMAND = Pattern.compile("#(?=#(?:[a-zA-Z]+)?\\[)");

    private PlainText() {}

    public static String of(String line) {
        String visible = ESCAPES.matcher(line).replaceAll("");
        visible = BLANKS.matcher(visible).replaceAll(" ");
        visible = INVISIBLE.matcher(visible).replaceAll("");
        visible = COLON_COMMAND.matcher(visible).replaceAll("$1: ");
        return HASH_COMMAND.matcher(visible).replaceAll("# ");
    }
}
