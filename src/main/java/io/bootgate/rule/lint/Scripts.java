package io.bootgate.rule.lint;

import io.bootgate.source.shell.ShellScript;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The scripts that a command line starts. */
final class Scripts {
    private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "ash", "zsh", "ksh");
    /** Runners, and how many words of their own stand before the command. */
    private static final Map<String, Integer> RUNNERS = Map.of(
            "exec",
            0,
            "env",
            0,
            "tini",
            0,
            "dumb-init",
            0,
            "nohup",
            0,
            "gosu",
            1,
            "su-exec",
            1,
            "catatonit",
            0,
            "docker-init",
            0);

    private Scripts() {}

    /** Their names as they are written. */
    static List<String> named(List<String> words) {
        Set<String> names = new LinkedHashSet<>();
        started(words, true).forEach(start -> names.add(start.name));
        return List.copyOf(names);
    }

    /** By the kernel, from its first line; false if a shell or another program is given it to read. */
    static boolean isExecuted(FutureStart start, String name) {
        return started(start.words(), true).stream().anyMatch(found -> found.name.equals(name) && found.executed);
    }

    private record Started(String name, boolean executed) {}

    private static List<Started> started(List<String> words, boolean outer) {
        int at = 0;
        while (at < words.size()) {
            String word = words.get(at);
            String program = word.substring(word.lastIndexOf('/') + 1);
            if (RUNNERS.containsKey(program)) {
                at += 1 + RUNNERS.getOrDefault(program, 0);
            } else if (word.startsWith("-") || ShellScript.isAssignment(word)) {
                at++;
            } else if (SHELLS.contains(program)) {
                return ofShell(words.subList(at + 1, words.size()), outer);
            } else if (program.matches("python[\\d.]*")) {
                return ofPython(words.subList(at + 1, words.size()));
            } else {
                return isScript(word) || word.matches("[\\w.-]+\\.(?:sh|bash)")
                        ? List.of(new Started(word, true))
                        : List.of();
            }
        }
        return List.of();
    }

    private static List<Started> ofPython(List<String> arguments) {
        for (String argument : arguments) {
            if (!argument.matches("-[uOBIsE]+|-OO")) {
                return argument.matches("[\\w./-]+\\.py") ? List.of(new Started(argument, false)) : List.of();
            }
        }
        return List.of();
    }

    private static List<Started> ofShell(List<String> arguments, boolean outer) {
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.matches("-[a-z]*c[a-z]*")) {
                return outer && i + 1 < arguments.size() ? ofText(arguments.get(i + 1)) : List.of();
            }
            if (!argument.startsWith("-")) {
                return isScript(argument) || argument.matches("[\\w.-]+")
                        ? List.of(new Started(argument, false))
                        : List.of();
            }
        }
        return List.of();
    }

    /** Where a text goes elsewhere first, or asks first, it is not known what is started. */
    private static List<Started> ofText(String text) {
        List<Started> found = new ArrayList<>();
        if (text.matches("(?s).*(?:\\bcd\\b|\\bif\\b|\\[|\\btest\\b|\\|\\|).*")) {
            return found;
        }
        for (List<String> command : ShellScript.read(text, Map.of(), List.of()).commands()) {
            // A shell reads a script without #! by itself.
            started(command, false).forEach(found::add);
        }
        return found;
    }

    private static boolean isScript(String word) {
        boolean path = word.startsWith("./") || word.startsWith("/");
        boolean system = word.matches("/(?:usr/)?s?bin/.*|/usr/local/bin/(?!.*\\.sh$).*|/dev/.*");
        return word.matches("[\\w./@+-]+")
                && !word.endsWith("/")
                && ((word.matches(".*\\.(?:sh|bash)") && (path || word.contains("/"))) || (path && !system));
    }
}
