package io.bootgate.server;

import io.bootgate.source.shell.ShellScript;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a container's command line starts in the end, behind shells, entry scripts, {@code exec}, {@code env} and runners.
 *
 * <p>It is over 200 lines because of its tables of runners, and because each kind of command leads back to the same walk.
 *
 * @param server which server it is
 * @param arguments the server's own arguments, without its name
 * @param env variables as they are where it is started
 */
public record StartCommand(Server server, List<String> arguments, Map<String, String> env) {

    private static final int MAX_DEPTH = 12;
    private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "ash", "zsh", "ksh");
    private static final Pattern PYTHON = Pattern.compile("(python|pypy)[0-9.]*");

    /** Commands whose arguments are never a command line, whatever they name. */
    private static final Set<String> NOT_RUNNERS = Set.of(
            "echo", "printf", "pip", "pip3", "apt", "apt-get", "apk", "which", "type", "pkill", "killall", "kill",
            "cat", "ls", "grep", "pgrep", "sed", "awk", "test", "[", "[[", "touch", "rm", "cp", "mv", "mkdir", "chown",
            "chmod", "cd", "set", "export", "source", ".", "alias", "trap", "unset", "read", "case", "for", "sleep",
            "wait", "curl", "wget", "ln", "find", "head", "tail", "tee", "logger", "hash", "return", "exit", "shift",
            "ulimit", "umask", "service");

    /** Runners that take options with a value before the command: those options. */
    private static final Map<String, Set<String>> RUNNERS = Map.ofEntries(
            Map.entry("exec", Set.of("-a")),
            Map.entry("command", Set.of()),
            Map.entry("env", Set.of("-u", "--unset", "-C", "--chdir")),
            Map.entry("tini", Set.of("-p", "-e")),
            Map.entry("tini-static", Set.of("-p", "-e")),
            Map.entry("docker-init", Set.of("-p", "-e")),
            Map.entry("dumb-init", Set.of("-r", "--rewrite")),
            Map.entry("catatonit", Set.of()),
            Map.entry("sudo", Set.of("-u", "--user", "-g", "--group", "-h", "-p", "-C")),
            Map.entry("setpriv", Set.of("--reuid", "--regid", "--groups", "--inh-caps", "--bounding-set")),
            Map.entry("nice", Set.of("-n", "--adjustment")),
            Map.entry("ionice", Set.of("-c", "-n", "--class", "--classdata")),
            Map.entry("chrt", Set.of()),
            Map.entry("nohup", Set.of()),
            Map.entry("setsid", Set.of()),
            Map.entry("stdbuf", Set.of("-o", "-e", "-i")),
            Map.entry("time", Set.of("-f", "-o")),
            Map.entry("xvfb-run", Set.of("-n", "-s", "-f", "-e", "-p", "-w", "--server-num", "--server-args")),
            Map.entry("ddtrace-run", Set.of()),
            Map.entry("opentelemetry-instrument", Set.of()),
            Map.entry("elasticapm-run", Set.of()),
            Map.entry("chpst", Set.of("-u", "-U", "-e", "-/", "-n")),
            Map.entry("strace", Set.of("-e", "-o", "-s", "-p")));

    /** Runners with words of their own between their name and the command: how many. */
    private static final Map<String, Integer> RUNNERS_WITH_WORDS =
            Map.of("gosu", 1, "su-exec", 1, "timeout", 1, "newrelic-admin", 1, "setuidgid", 1, "taskset", 1);

    /** Project tools that start a command with {@code run}, and their options with a value. */
    private static final Map<String, Set<String>> PROJECT_TOOLS = Map.of(
            "uv",
                    Set.of(
                            "--directory",
                            "--project",
                            "--python",
                            "-p",
                            "--with",
                            "--group",
                            "--extra",
                            "--env-file",
                            "--package",
                            "--index-url",
                            "--cache-dir",
                            "--no-group",
                            "--only-group",
                            "--config-file"),
            "poetry", Set.of("-C", "--directory", "-P", "--project"),
            "pipenv", Set.of(),
            "pdm", Set.of("-p", "--project"),
            "hatch", Set.of("-e", "--env"),
            "rye", Set.of(),
            "conda", Set.of("-n", "--name", "-p", "--prefix", "--cwd"),
            "mamba", Set.of("-n", "--name", "-p", "--prefix"),
            "micromamba", Set.of("-n", "--name", "-p", "--prefix"),
            "dotenv", Set.of("-f", "--file"));

    /** Finds the server; empty if nothing that is known is started, or several different servers might be. */
    public static Optional<StartCommand> of(
            List<String> command, Map<String, String> env, Map<String, String> scripts) {
        List<StartCommand> found = new Search(scripts).search(command, env, 0);
        Set<Server> servers = new LinkedHashSet<>();
        found.forEach(candidate -> servers.add(candidate.server()));
        return servers.size() == 1 ? Optional.of(found.get(found.size() - 1)) : Optional.empty();
    }

    /** Whether a shell on the way sends standard error to standard output. */
    static boolean mergesStreams(List<String> command, Map<String, String> scripts) {
        Search search = new Search(scripts);
        search.search(command, Map.of(), 0);
        return search.mergesStreams;
    }

    /** One walk down a command line. */
    private static final class Search {
        private final Map<String, String> scripts;
        private boolean mergesStreams;

        Search(Map<String, String> scripts) {
            this.scripts = scripts;
        }

        List<StartCommand> search(List<String> command, Map<String, String> env, int depth) {
            if (command.isEmpty() || depth > MAX_DEPTH) {
                return List.of();
            }
            String first = command.get(0);
            List<String> rest = command.subList(1, command.size());
            if (ShellScript.isAssignment(first)) {
                return search(rest, with(env, first), depth + 1);
            }
            String name = baseName(first);
            Optional<Server> server = serverNamed(name, rest);
            if (server.isPresent()) {
                return List.of(new StartCommand(server.get(), List.copyOf(rest), env));
            }
            if (SHELLS.contains(name)) {
                return shell(rest, env, depth);
            }
            if (PYTHON.matcher(name).matches()) {
                return python(rest, env, depth);
            }
            if (name.equals("busybox")) {
                return search(rest, env, depth + 1);
            }
            Optional<String> script = script(first);
            if (script.isPresent()) {
                return script(script.get(), rest, env, depth);
            }
            return runner(name, rest, env, depth);
        }

        private List<StartCommand> runner(String name, List<String> rest, Map<String, String> env, int depth) {
            if (NOT_RUNNERS.contains(name)) {
                return List.of();
            }
            if (name.equals("env")) {
                return search(afterEnvOptions(rest), env, depth + 1);
            }
            if (RUNNERS.containsKey(name)) {
                return search(afterOptions(rest, RUNNERS.getOrDefault(name, Set.of())), env, depth + 1);
            }
            if (RUNNERS_WITH_WORDS.containsKey(name)) {
                List<String> words = afterOptions(rest, Set.of("-k", "-s", "--signal", "--kill-after"));
                int own = Math.min(RUNNERS_WITH_WORDS.getOrDefault(name, 0), words.size());
                return search(afterOptions(words.subList(own, words.size()), Set.of()), env, depth + 1);
            }
            if (name.equals("su")) {
                int c = rest.indexOf("-c");
                return c >= 0 && c + 1 < rest.size() ? text(rest.get(c + 1), List.of(), env, depth) : List.of();
            }
            Set<String> toolOptions = PROJECT_TOOLS.get(name);
            if (toolOptions != null) {
                List<String> words = afterOptions(rest, toolOptions);
                if (!words.isEmpty() && words.get(0).equals("run")) {
                    return projectRun(afterOptions(words.subList(1, words.size()), toolOptions), env, depth);
                }
                return List.of();
            }
            return somewhereBehind(rest, env, depth);
        }

        /** {@code uv run -m gunicorn} and {@code uv run app.py} leave Python out. */
        private List<StartCommand> projectRun(List<String> words, Map<String, String> env, int depth) {
            boolean python = !words.isEmpty()
                    && (words.get(0).equals("-m") || words.get(0).endsWith(".py"));
            return python ? python(words, env, depth) : search(words, env, depth + 1);
        }

        /** A runner that nobody told us of: what follows {@code --}, else the first word that is a server's own command. */
        private List<StartCommand> somewhereBehind(List<String> rest, Map<String, String> env, int depth) {
            int dashes = rest.indexOf("--");
            if (dashes >= 0) {
                return search(rest.subList(dashes + 1, rest.size()), env, depth + 1);
            }
            for (int i = 0; i < rest.size(); i++) {
                String name = baseName(rest.get(i));
                List<String> behind = rest.subList(i + 1, rest.size());
                if (serverNamed(name, behind).isPresent() && !behind.isEmpty()) {
                    return search(rest.subList(i, rest.size()), env, depth + 1);
                }
            }
            return List.of();
        }

        private List<StartCommand> shell(List<String> rest, Map<String, String> env, int depth) {
            for (int i = 0; i < rest.size(); i++) {
                String word = rest.get(i);
                if (word.equals("-o") || word.equals("+o") || word.equals("--rcfile") || word.equals("--init-file")) {
                    i++;
                } else if (word.matches("-[a-z]*c[a-z]*")) {
                    int text = i + 1;
                    while (text < rest.size() && rest.get(text).matches("[-+][a-z]+|pipefail")) {
                        text++;
                    }
                    int arguments = Math.min(text + 2, rest.size());
                    return text < rest.size()
                            ? text(rest.get(text), rest.subList(arguments, rest.size()), env, depth)
                            : List.of();
                } else if (word.matches("-[a-z]*o")) {
                    i++;
                } else if (!word.startsWith("-") && !word.startsWith("+")) {
                    List<String> arguments = rest.subList(i + 1, rest.size());
                    return script(word)
                            .map(text -> text(text, arguments, env, depth))
                            .orElse(List.of());
                }
            }
            return List.of();
        }

        private List<StartCommand> script(String text, List<String> arguments, Map<String, String> env, int depth) {
            String firstLine = text.lines().findFirst().orElse("");
            return firstLine.startsWith("#!") && firstLine.contains("python")
                    ? pythonSource(text, env)
                    : text(text, arguments, env, depth);
        }

        private List<StartCommand> text(String text, List<String> arguments, Map<String, String> env, int depth) {
            ShellScript script = ShellScript.read(text, env, arguments);
            mergesStreams |= script.mergesStreams();
            List<StartCommand> found = new ArrayList<>();
            for (List<String> command : script.commands()) {
                found.addAll(search(command, script.variables(), depth + 1));
            }
            return found;
        }

        private List<StartCommand> python(List<String> rest, Map<String, String> env, int depth) {
            List<String> words = afterOptions(rest, Set.of("-X", "-W", "--check-hash-based-pycs"));
            if (words.isEmpty()) {
                return List.of();
            }
            String first = words.get(0);
            List<String> arguments = words.subList(1, words.size());
            if (first.equals("-m") && !arguments.isEmpty()) {
                return module(arguments.get(0), arguments.subList(1, arguments.size()), env, depth);
            }
            if (first.startsWith("-m") && first.length() > 2) {
                return module(first.substring(2), arguments, env, depth);
            }
            if (first.equals("-c")) {
                return arguments.isEmpty() ? List.of() : pythonSource(arguments.get(0), env);
            }
            Optional<Server> server = serverNamed(baseName(first), arguments);
            if (server.isPresent()) {
                return List.of(new StartCommand(server.get(), List.copyOf(arguments), env));
            }
            return script(first).map(text -> pythonSource(text, env)).orElse(List.of());
        }

        private List<StartCommand> module(String module, List<String> arguments, Map<String, String> env, int depth) {
            String name = module.startsWith("gunicorn.") ? "gunicorn" : module;
            return switch (name) {
                case "debugpy",
                        "coverage",
                        "cProfile",
                        "ddtrace",
                        "ddtrace.commands.ddtrace_run",
                        "pdb",
                        "trace",
                        "memray" -> pythonBehind(arguments, env, depth);
                case "poetry", "pipenv", "uv", "pdm" -> runner(name, arguments, env, depth);
                case "waitress" -> search(prepend("waitress-serve", arguments), env, depth + 1);
                case "django" -> search(prepend("django-admin", arguments), env, depth + 1);
                default -> search(prepend(name, arguments), env, depth + 1);
            };
        }

        /** {@code python -m debugpy --listen 5678 -m gunicorn app:app}: a second Python command line behind the tool's options. */
        private List<StartCommand> pythonBehind(List<String> arguments, Map<String, String> env, int depth) {
            for (int i = 0; i < arguments.size(); i++) {
                String word = arguments.get(i);
                if (word.equals("-m")
                        || serverNamed(baseName(word), arguments.subList(i + 1, arguments.size()))
                                .isPresent()) {
                    return python(arguments.subList(i, arguments.size()), env, depth + 1);
                }
            }
            return List.of();
        }

        /** A Python program that starts a server by itself. */
        private static List<StartCommand> pythonSource(String text, Map<String, String> env) {
            Optional<Server> server = Optional.empty();
            if (text.contains("gunicorn.app")) {
                server = Optional.of(Server.GUNICORN);
            } else if (text.contains("uvicorn.run(") || text.contains("uvicorn.Server(")) {
                server = Optional.of(Server.UVICORN);
            } else if (text.contains("from waitress import") || text.contains("waitress.serve(")) {
                server = Optional.of(Server.WAITRESS);
            } else if (text.contains("from hypercorn")) {
                server = Optional.of(Server.HYPERCORN);
            }
            return server.map(found -> List.of(new StartCommand(found, List.of(), env)))
                    .orElse(List.of());
        }

        private Optional<String> script(String path) {
            String text = scripts.get(path);
            if (text == null && path.startsWith("./")) {
                text = scripts.get(path.substring(2));
            }
            if (text == null) {
                text = scripts.entrySet().stream()
                        .filter(script -> script.getKey().endsWith("/" + baseName(path))
                                || script.getKey().equals(baseName(path)))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(null);
            }
            return Optional.ofNullable(text);
        }
    }

    /** The server whose own command has this name, when the arguments make it serve. */
    private static Optional<Server> serverNamed(String name, List<String> arguments) {
        return Optional.ofNullable(
                switch (name) {
                    case "gunicorn", "gunicorn3", "gunicorn_paster", "gunicorn_django" -> Server.GUNICORN;
                    case "uvicorn" -> Server.UVICORN;
                    case "fastapi" -> subcommand(arguments, "run", "dev") ? Server.UVICORN : null;
                    case "litestar" -> subcommand(arguments, "run") ? Server.UVICORN : null;
                    case "hypercorn" -> Server.HYPERCORN;
                    case "quart" -> subcommand(arguments, "run") ? Server.HYPERCORN : null;
                    case "waitress-serve" -> Server.WAITRESS;
                    case "uwsgi", "uwsgi-core", "uwsgi_python3", "uwsgi_python311", "pyuwsgi" -> Server.UWSGI;
                    case "flask" -> subcommand(arguments, "run") ? Server.FLASK : null;
                    case "manage.py", "django-admin", "django-admin.py" ->
                        subcommand(arguments, "runserver") ? Server.DJANGO : null;
                    default -> null;
                });
    }

    private static boolean subcommand(List<String> arguments, String... names) {
        return arguments.stream().anyMatch(List.of(names)::contains);
    }

    /** What follows a runner's options; {@code --} ends them. */
    private static List<String> afterOptions(List<String> words, Set<String> withValue) {
        int i = 0;
        while (i < words.size()) {
            String word = words.get(i);
            if (word.equals("--")) {
                return words.subList(i + 1, words.size());
            }
            if (!word.startsWith("-") || word.startsWith("-m") || (word.equals("-c") && !withValue.contains("-c"))) {
                break;
            }
            i += withValue.contains(word) ? 2 : 1;
        }
        return i >= words.size() ? List.of() : words.subList(i, words.size());
    }

    /** As {@link #afterOptions}, and {@code -S 'gunicorn -b :80'} is one word that holds several. */
    private static List<String> afterEnvOptions(List<String> words) {
        List<String> left = words;
        if (!words.isEmpty() && (words.get(0).equals("-S") || words.get(0).startsWith("--split-string"))) {
            left = new ArrayList<>();
            for (String word : words.subList(1, words.size())) {
                left.addAll(ShellScript.words(word, Map.of(), List.of()));
            }
        }
        return afterOptions(left, Set.of("-u", "--unset", "-C", "--chdir"));
    }

    private static List<String> prepend(String first, List<String> rest) {
        List<String> all = new ArrayList<>();
        all.add(first);
        all.addAll(rest);
        return all;
    }

    private static Map<String, String> with(Map<String, String> env, String assignment) {
        Map<String, String> more = new HashMap<>(env);
        int equals = assignment.indexOf('=');
        more.put(assignment.substring(0, equals), assignment.substring(equals + 1));
        return more;
    }

    private static String baseName(String path) {
        return path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    }
}
