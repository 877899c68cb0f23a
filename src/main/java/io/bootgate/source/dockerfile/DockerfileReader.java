package io.bootgate.source.dockerfile;

import io.bootgate.source.dockerfile.Instruction.Heredoc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parts a Dockerfile into instructions, by the rules of the engine's own parser. */
final class DockerfileReader {
    private static final Pattern DIRECTIVE = Pattern.compile("#\\s*([a-zA-Z][a-zA-Z0-9]*)\\s*=\\s*(.+?)\\s*");
    private static final Pattern COMMENT = Pattern.compile("\\s*#.*");
    private static final Pattern HEREDOC = Pattern.compile("\\d*<<(-?)(['\"]?)([^<'\"\\s]+)\\2");
    private static final Set<String> DIRECTIVES = Set.of("escape", "syntax", "check");
    private static final Set<String> WITH_HEREDOC = Set.of("RUN", "COPY", "ADD");

    private final List<String> lines;
    private final Map<String, String> directives = new HashMap<>();
    private char escape = '\\';
    private int next;

    DockerfileReader(String text) {
        String withoutMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
        lines = withoutMark.lines().toList();
    }

    Dockerfile read() {
        readDirectives();
        List<Instruction> instructions = new ArrayList<>();
        while (next < lines.size()) {
            String line = lines.get(next);
            if (line.isBlank() || COMMENT.matcher(line).matches()) {
                next++;
            } else {
                instructions.add(readInstruction());
            }
        }
        return new Dockerfile(directives, escape, instructions);
    }

    /** Directives stand at the very top: anything else, an empty line too, ends them. */
    private void readDirectives() {
        while (next < lines.size()) {
            Matcher directive = DIRECTIVE.matcher(lines.get(next).trim());
            if (!directive.matches() || !DIRECTIVES.contains(directive.group(1).toLowerCase(Locale.ROOT))) {
                break;
            }
            directives.put(directive.group(1).toLowerCase(Locale.ROOT), directive.group(2));
            next++;
        }
        if ("`".equals(directives.get("escape"))) {
            escape = '`';
        }
    }

    private Instruction readInstruction() {
        int first = next;
        String logical = readContinued();
        int last = next;
        String trimmed = logical.trim();
        int space = firstSpace(trimmed);
        String name = trimmed.substring(0, space);
        String rest = trimmed.substring(space).trim();

        List<String> flags = new ArrayList<>();
        while (rest.startsWith("--")) {
            int end = firstSpace(rest);
            String flag = rest.substring(0, end);
            rest = rest.substring(end).trim();
            if (flag.equals("--")) {
                break;
            }
            flags.add(flag);
        }
        List<Heredoc> heredocs = readHeredocs(name, rest);
        return new Instruction(name, flags, rest, heredocs, first + 1, heredocs.isEmpty() ? last : next);
    }

    /** Joins lines while each ends in the escape character; comments and empty lines between them don't count. */
    private String readContinued() {
        StringBuilder joined = new StringBuilder();
        int end = next;
        boolean more = true;
        while (more && next < lines.size()) {
            String line = lines.get(next++);
            boolean skipped = joined.length() > 0
                    && (line.isBlank() || COMMENT.matcher(line).matches());
            if (!skipped) {
                String stripped = line.stripTrailing();
                more = isContinued(stripped);
                joined.append(more ? stripped.substring(0, stripped.length() - 1) : line);
                end = next;
            }
        }
        // A file may end inside a continuation: what was skipped there is not the instruction's.
        next = end;
        return joined.toString();
    }

    private boolean isContinued(String stripped) {
        int last = stripped.length() - 1;
        return last >= 0 && stripped.charAt(last) == escape && (last == 0 || stripped.charAt(last - 1) != escape);
    }

    private List<Heredoc> readHeredocs(String name, String arguments) {
        String keyword = name.toUpperCase(Locale.ROOT);
        if (keyword.equals("ONBUILD")) {
            keyword = arguments.substring(0, firstSpace(arguments)).toUpperCase(Locale.ROOT);
        }
        List<Heredoc> heredocs = new ArrayList<>();
        if (!WITH_HEREDOC.contains(keyword) || !arguments.contains("<<")) {
            return heredocs;
        }
        int start = next;
        for (String word : ShellWords.split(arguments, escape)) {
            Matcher heredoc = HEREDOC.matcher(word);
            if (heredoc.matches()) {
                Heredoc read = readHeredoc(
                        heredoc.group(3),
                        heredoc.group(2).isEmpty(),
                        !heredoc.group(1).isEmpty());
                if (read == null) {
                    // Nothing ends it: a shift operator or a here-document of an older builder.
                    next = start;
                    return List.of();
                }
                heredocs.add(read);
            }
        }
        return heredocs;
    }

    private @Nullable Heredoc readHeredoc(String name, boolean expanded, boolean tabsStripped) {
        int first = next;
        StringBuilder text = new StringBuilder();
        while (next < lines.size()) {
            String line = lines.get(next++);
            String shown = tabsStripped ? line.replaceFirst("^\t+", "") : line;
            if (shown.equals(name)) {
                return new Heredoc(name, expanded, text.toString(), first + 1);
            }
            text.append(shown).append('\n');
        }
        return null;
    }

    private static int firstSpace(String text) {
        int at = 0;
        while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
