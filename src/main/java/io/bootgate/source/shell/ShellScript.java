package io.bootgate.source.shell;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Takes a shell script apart into its simple commands, as a shell would see them: quotes, expansions of the variables that are
 * known, assignments, redirections, here-documents. Branches are not decided: every command of a script is listed, in order.
 *
 * <p>It is over 200 lines because a shell's word rules are one state machine and read worse in pieces.
 */
public final class ShellScript {
    /** What stands for the output of {@code $(...)}: nobody knows it before the script runs. */
    public static final String UNKNOWN_TEXT = "$()";

    private static final Set<String> KEYWORDS =
            Set.of("if", "then", "elif", "else", "while", "until", "do", "{", "}", "!", "time", "fi", "done", "esac");
    private static final int MAX_LENGTH = 256 * 1024;

    private final String text;
    private final Map<String, String> variables;
    private final List<String> arguments;
    private final List<List<String>> commands = new ArrayList<>();
    private final List<String> writes = new ArrayList<>();
    private final List<String> hereDocuments = new ArrayList<>();
    private List<String> words = new ArrayList<>();
    private StringBuilder word = new StringBuilder();
    private boolean inWord;
    private boolean dropNextWord;
    private boolean hereDocumentNext;
    private boolean writeNext;
    private boolean mergesStreams;
    private int branches;
    private int at;

    private ShellScript(String text, Map<String, String> variables, List<String> arguments) {
        this.text = (text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text).replace("\r\n", "\n");
        this.variables = new HashMap<>(variables);
        this.arguments = arguments;
    }

    /**
     * Reads a script.
     *
     * @param variables known to it; others expand to nothing
     * @param arguments what {@code "$@"} stands for
     */
    public static ShellScript read(String text, Map<String, String> variables, List<String> arguments) {
        ShellScript script = new ShellScript(text, variables, arguments);
        script.readAll();
        return script;
    }

    /** Words of each simple command; its own assignments ({@code PORT=80 gunicorn}) stay as leading words. */
    public List<List<String>> commands() {
        return commands;
    }

    /** The given variables and all that the script itself sets. */
    public Map<String, String> variables() {
        return variables;
    }

    /** Files that the output of commands is sent to. */
    public List<String> writes() {
        return writes;
    }

    /** Whether some command sends its standard error to standard output. */
    public boolean mergesStreams() {
        return mergesStreams;
    }

    private void readAll() {
        while (at < text.length()) {
            char c = text.charAt(at++);
            switch (c) {
                case '\\' -> escape();
                case '\'' -> singleQuoted();
                case '"' -> doubleQuoted();
                case '$', '`' -> expandUnquoted(c);
                case '#' -> {
                    if (inWord) {
                        append(c);
                    } else {
                        skipTo('\n');
                    }
                }
                case ' ', '\t' -> endWord();
                case '\n' -> {
                    endCommand();
                    skipHereDocuments();
                }
                case ';', '|', '(', ')' -> endCommand();
                case '&' -> ampersand();
                case '<', '>' -> redirection(c);
                default -> append(c);
            }
        }
        endCommand();
    }

    private void escape() {
        if (at < text.length()) {
            char next = text.charAt(at++);
            if (next != '\n') {
                append(next);
            }
        }
    }

    private void singleQuoted() {
        inWord = true;
        int end = text.indexOf('\'', at);
        end = end < 0 ? text.length() : end;
        word.append(text, at, end);
        at = Math.min(end + 1, text.length());
    }

    private void doubleQuoted() {
        inWord = true;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return;
            } else if (c == '\\' && at < text.length() && "$`\"\\\n".indexOf(text.charAt(at)) >= 0) {
                char next = text.charAt(at++);
                if (next != '\n') {
                    word.append(next);
                }
            } else if (c == '$' && text.startsWith("@\"", at) && word.length() == 0) {
                at += 2;
                inWord = false;
                words.addAll(arguments);
                return;
            } else if (c == '$' || c == '`') {
                word.append(expansion(c));
            } else {
                word.append(c);
            }
        }
    }

    private void expandUnquoted(char c) {
        String value = expansion(c);
        // An unquoted expansion is split into words; text that touches it sticks to its first and last word.
        String[] parts = value.split("[ \t\n]+", -1);
        for (int i = 0; i < parts.length; i++) {
            if (i > 0) {
                endWord();
            }
            if (!parts[i].isEmpty()) {
                inWord = true;
                word.append(parts[i]);
            }
        }
    }

    /** The value of what starts with the {@code $} or {@code `} just read. */
    private String expansion(char c) {
        if (c == '`') {
            int end = text.indexOf('`', at);
            at = end < 0 ? text.length() : end + 1;
            return UNKNOWN_TEXT;
        }
        if (at >= text.length()) {
            return "$";
        }
        char next = text.charAt(at);
        if (next == '(') {
            at = closing('(', ')');
            return UNKNOWN_TEXT;
        }
        if (next == '{') {
            int start = at + 1;
            at = closing('{', '}');
            return braced(text.substring(start, Math.max(start, at - 1)));
        }
        if (next == '@' || next == '*') {
            at++;
            return String.join(" ", arguments);
        }
        if (Character.isDigit(next)) {
            at++;
            return argument(next - '0');
        }
        int start = at;
        while (at < text.length() && isName(text.charAt(at))) {
            at++;
        }
        return start == at ? "$" : variables.getOrDefault(text.substring(start, at), "");
    }

    private String argument(int number) {
        return number >= 1 && number <= arguments.size() ? arguments.get(number - 1) : "";
    }

    /** {@code NAME}, {@code NAME:-default}, {@code NAME:=default}, {@code NAME:+other}, {@code NAME:?message}. */
    private String braced(String inside) {
        int end = 0;
        while (end < inside.length() && isName(inside.charAt(end))) {
            end++;
        }
        String name = inside.substring(0, end);
        String operator = inside.substring(end);
        String value = name.matches("\\d") ? argument(name.charAt(0) - '0') : variables.getOrDefault(name, "");
        boolean set = !value.isEmpty() || (!operator.startsWith(":") && variables.containsKey(name));
        String bare = operator.startsWith(":") ? operator.substring(1) : operator;
        Function<String, String> expanded = rest -> String.join(" ", words(rest, variables, arguments));
        if (bare.startsWith("-") || bare.startsWith("=")) {
            String result = set ? value : expanded.apply(bare.substring(1));
            if (bare.startsWith("=")) {
                variables.put(name, result);
            }
            return result;
        }
        if (bare.startsWith("+")) {
            return set ? expanded.apply(bare.substring(1)) : "";
        }
        return value;
    }

    /** The words of one line without any operator. */
    public static List<String> words(String line, Map<String, String> variables, List<String> arguments) {
        List<String> all = new ArrayList<>();
        read(line, variables, arguments).commands().forEach(all::addAll);
        return all;
    }

    /** Index after the bracket that closes the one at {@link #at}. */
    private int closing(char open, char close) {
        int depth = 0;
        for (int i = at; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == open) {
                depth++;
            } else if (c == close && --depth == 0) {
                return i + 1;
            }
        }
        return text.length();
    }

    private void ampersand() {
        if (at < text.length() && text.charAt(at) == '>') {
            mergesStreams = true;
            at++;
            redirection('>');
        } else {
            endCommand();
        }
    }

    private void redirection(char first) {
        // The digits before it ("2>") name a stream, they are no word.
        if (inWord && word.chars().allMatch(Character::isDigit)) {
            if (first == '>' && text.startsWith("&1", at) && word.toString().equals("2")) {
                mergesStreams = true;
            }
            word = new StringBuilder();
            inWord = false;
        }
        endWord();
        boolean hereDocument = first == '<' && text.startsWith("<", at) && !text.startsWith("<<", at);
        while (at < text.length() && "<>&|-".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        hereDocumentNext = hereDocument;
        writeNext = first == '>';
        dropNextWord = true;
    }

    private void skipHereDocuments() {
        for (String end : hereDocuments) {
            while (at < text.length()) {
                int newline = text.indexOf('\n', at);
                String line = text.substring(at, newline < 0 ? text.length() : newline);
                at = newline < 0 ? text.length() : newline + 1;
                if (line.strip().equals(end)) {
                    break;
                }
            }
        }
        hereDocuments.clear();
    }

    private void skipTo(char c) {
        int end = text.indexOf(c, at);
        at = end < 0 ? text.length() : end;
    }

    private void append(char c) {
        inWord = true;
        word.append(c);
    }

    private void endWord() {
        if (!inWord) {
            return;
        }
        if (dropNextWord) {
            if (hereDocumentNext) {
                hereDocuments.add(word.toString());
            } else if (writeNext) {
                writes.add(word.toString());
            }
            dropNextWord = false;
        } else {
            words.add(word.toString());
        }
        word = new StringBuilder();
        inWord = false;
    }

    private void endCommand() {
        endWord();
        dropNextWord = false;
        while (!words.isEmpty() && KEYWORDS.contains(words.get(0))) {
            branch(words.remove(0));
        }
        if (!words.isEmpty()) {
            branch(words.get(0));
            assign();
            commands.add(words);
            words = new ArrayList<>();
        }
    }

    private void branch(String keyword) {
        switch (keyword) {
            case "if", "case" -> branches++;
            case "fi", "esac" -> branches--;
            default -> {}
        }
    }

    /** Remembers what {@code NAME=value} and {@code export NAME=value} set; in a branch only what was not set before. */
    private void assign() {
        boolean exports = Set.of("export", "declare", "readonly", "local").contains(words.get(0));
        boolean onlyAssignments = words.stream().allMatch(ShellScript::isAssignment);
        if (!exports && !onlyAssignments) {
            return;
        }
        for (String assignment : words) {
            if (isAssignment(assignment)) {
                int equals = assignment.indexOf('=');
                String name = assignment.substring(0, equals);
                if (branches <= 0 || variables.getOrDefault(name, "").isEmpty()) {
                    variables.put(name, assignment.substring(equals + 1));
                }
            }
        }
    }

    /** Whether a word is {@code NAME=value}. */
    public static boolean isAssignment(String word) {
        int equals = word.indexOf('=');
        return equals > 0
                && !Character.isDigit(word.charAt(0))
                && word.substring(0, equals).chars().allMatch(c -> isName((char) c));
    }

    private static boolean isName(char c) {
        return c == '_' || (c < 128 && Character.isLetterOrDigit(c));
    }
}
