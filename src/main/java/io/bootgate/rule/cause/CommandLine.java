package io.bootgate.rule.cause;

import io.bootgate.timeline.Boot;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the start command says by itself. Shell strings are looked at as text: this is for wording, and for what to look at. */
record CommandLine(List<String> words, String workdir) {
    private static final Pattern SHELL = Pattern.compile("(?:ba|da|a|z|k)?sh");
    private static final Pattern SERVER = Pattern.compile(
            "gunicorn|uvicorn|hypercorn|waitress(?:-serve)?|uwsgi|flask|daphne|granian|nginx|runserver|streamlit|fastapi");
    private static final Pattern SEVERAL = Pattern.compile("&&|\\|\\||;|\\n|&\\s*$");

    static CommandLine of(Boot boot) {
        return new CommandLine(boot.command(), boot.workdir());
    }

    /** A row of the process table, where words are parted by blanks. */
    static CommandLine split(String row) {
        return new CommandLine(List.of(row.strip().split("\\s+")), "/");
    }

    /** Name of the program that the engine executes, without its folder. */
    String program() {
        return words.isEmpty() ? "" : name(words.get(0));
    }

    String text() {
        return String.join(" ", words);
    }

    boolean isShell() {
        return SHELL.matcher(program()).matches();
    }

    /** A shell that runs several commands, or a script: something may fail there before the server is started. */
    boolean isScript() {
        if (!isShell()) {
            return program().endsWith(".sh")
                    || program().contains("entrypoint")
                    || program().equals("start");
        }
        return words.stream()
                .skip(1)
                .filter(word -> !word.startsWith("-"))
                .findFirst()
                .map(word -> !text().matches("(?s).* -l?c .*")
                        || SEVERAL.matcher(word).find()
                        || word.strip().matches("\\S+\\.sh(?:\\s.*)?"))
                .orElse(false);
    }

    boolean namesServer() {
        return SERVER.matcher(text()).find();
    }

    /** Whether the program that the engine executes is this server, without a script before it. */
    boolean runsDirectly(String server) {
        return !isScript() && (text().contains(server) || program().startsWith(server));
    }

    static boolean isServer(String program) {
        return SERVER.matcher(name(program)).matches();
    }

    boolean has(String option) {
        return Pattern.compile("(?:^|\\s)" + Pattern.quote(option) + "(?:[\\s=]|$)")
                .matcher(text())
                .find();
    }

    /** Value of an option: {@code -t 30}, {@code -t30}, {@code --timeout=30}. The last one wins, as in the servers. */
    Optional<String> option(String letter, String name) {
        Pattern pattern = Pattern.compile("(?:^|\\s)(?:" + letter + "\\s*|" + name + "[\\s=]+)([^\\s'\"-][^\\s'\"]*)");
        Matcher matcher = pattern.matcher(text());
        Optional<String> value = Optional.empty();
        while (matcher.find()) {
            value = Optional.of(matcher.group(1));
        }
        return value;
    }

    /** Absolute path in the image of a file as the command names it. */
    String path(String named) {
        String folder = workdir.endsWith("/") ? workdir : workdir + "/";
        String path = named.startsWith("/") ? named : folder + named;
        return path.replace("/./", "/").replaceAll("/+", "/");
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
