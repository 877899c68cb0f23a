package io.bootgate.rule.lint;

import io.bootgate.server.Server;
import io.bootgate.server.StartCommand;
import io.bootgate.source.dockerfile.GlobPath;
import io.bootgate.source.dockerfile.ShellWords;
import io.bootgate.source.gunicorn.GunicornSettings;
import io.bootgate.source.python.Python;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the container's command starts, in Python's terms.
 *
 * @param module that the server imports; empty where a file is run instead
 * @param attribute of the module; empty if none is asked for
 * @param factory whether the attribute is called
 * @param script path in the image of the file that is run
 * @param roots folders of the image that modules are found in
 * @param env where it is started
 */
record PythonStart(
        Optional<Server> server,
        Optional<String> module,
        Optional<String> attribute,
        boolean factory,
        Optional<String> script,
        List<String> roots,
        Map<String, String> env,
        Optional<GunicornSettings> gunicorn,
        boolean scripted) {
    private static final int SCRIPT_SIZE = 100_000;

    private record Slot(PythonStart start) {}

    static PythonStart of(LintProject project, ImagePlan plan) {
        return project.read(Slot.class, source -> new Slot(make(project, plan))).start();
    }

    private static PythonStart make(LintProject project, ImagePlan plan) {
        Map<String, String> scripts = scripts(project, plan);
        Optional<StartCommand> start = StartCommand.of(plan.command(), plan.env(), scripts);
        Map<String, String> env = new HashMap<>(plan.env());
        start.ifPresent(found -> env.putAll(found.env()));
        boolean scripted = plan.command().stream()
                .anyMatch(word -> scripts.containsKey(word) || scripts.containsKey(word.replaceFirst("^\\./", "")));
        if (start.isEmpty()) {
            return script(plan, env, scripted);
        }
        List<String> arguments = start.get().arguments();
        Server server = start.get().server();
        return switch (server) {
            case GUNICORN -> gunicorn(project, plan, arguments, env, scripted);
            case UVICORN, HYPERCORN, WAITRESS -> other(server, plan, arguments, env, scripted);
            case FLASK -> flask(plan, arguments, env, scripted);
            default -> script(plan, env, scripted);
        };
    }

    private static Map<String, String> scripts(LintProject project, ImagePlan plan) {
        Map<String, String> scripts = new HashMap<>();
        plan.files().forEach((path, file) -> {
            String name = path.substring(path.lastIndexOf('/') + 1);
            boolean small = project.file(file)
                    .filter(known -> known.size() < SCRIPT_SIZE)
                    .isPresent();
            if (small && (name.endsWith(".sh") || !name.contains("."))) {
                project.text(file).ifPresent(text -> {
                    scripts.put(path, text.text());
                    String root = plan.workdir().equals("/") ? "/" : plan.workdir() + "/";
                    if (path.startsWith(root)) {
                        scripts.put(path.substring(root.length()), text.text());
                    }
                });
            }
        });
        return scripts;
    }

    private static PythonStart gunicorn(
            LintProject project, ImagePlan plan, List<String> arguments, Map<String, String> env, boolean scripted) {
        GunicornSettings settings = GunicornSettings.of(
                arguments,
                env,
                path -> Optional.ofNullable(plan.files().get(resolve(plan.workdir(), path)))
                        .flatMap(project::text)
                        .map(text -> Python.read(text.text()))
                        .filter(python -> python.problem().isEmpty()));
        String folder = settings.text("chdir")
                .map(path -> resolve(plan.workdir(), path))
                .orElse(plan.workdir());
        List<String> roots = roots(folder, env);
        settings.text("pythonpath").ifPresent(paths -> {
            for (String path : paths.split(",", -1)) {
                roots.add(resolve(folder, path));
            }
        });
        Optional<String> app = settings.app().filter(PythonStart::isPlain);
        return target(Server.GUNICORN, app, "application", false, roots, env, Optional.of(settings), scripted);
    }

    private static PythonStart other(
            Server server, ImagePlan plan, List<String> arguments, Map<String, String> env, boolean scripted) {
        Optional<String> app = Optional.empty();
        String folder = plan.workdir();
        boolean factory = false;
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            if (word.equals("--factory") || word.equals("--call")) {
                factory = true;
            } else if (word.startsWith("--app-dir=")) {
                folder = resolve(plan.workdir(), word.substring(word.indexOf('=') + 1));
            } else if (word.equals("--app-dir") && i + 1 < arguments.size()) {
                i++;
                folder = resolve(plan.workdir(), arguments.get(i));
            } else if (app.isEmpty() && word.matches("[A-Za-z_][\\w.]*:[A-Za-z_][\\w.]*(\\(\\))?")) {
                app = Optional.of(word);
            }
        }
        return target(
                server,
                app.filter(PythonStart::isPlain),
                "",
                factory,
                roots(folder, env),
                env,
                Optional.empty(),
                scripted);
    }

    private static PythonStart flask(
            ImagePlan plan, List<String> arguments, Map<String, String> env, boolean scripted) {
        Optional<String> app = Optional.ofNullable(env.get("FLASK_APP"));
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            if (word.startsWith("--app=")) {
                app = Optional.of(word.substring("--app=".length()));
            } else if ((word.equals("--app") || word.equals("-A")) && i + 1 < arguments.size()) {
                app = Optional.of(arguments.get(i + 1));
            }
        }
        if (app.isEmpty()) {
            app = List.of("wsgi", "app").stream()
                    .filter(name -> plan.files().containsKey(resolve(plan.workdir(), name + ".py")))
                    .findFirst();
        }
        // Flask finds the app itself, under several names.
        Optional<String> module = app.filter(PythonStart::isPlain)
                .map(name ->
                        name.replaceFirst(":.*$", "").replaceFirst("\\.py$", "").replace('/', '.'));
        return new PythonStart(
                Optional.of(Server.FLASK),
                module,
                Optional.empty(),
                false,
                Optional.empty(),
                roots(plan.workdir(), env),
                env,
                Optional.empty(),
                scripted);
    }

    private static PythonStart target(
            Server server,
            Optional<String> app,
            String usual,
            boolean factory,
            List<String> roots,
            Map<String, String> env,
            Optional<GunicornSettings> settings,
            boolean scripted) {
        Optional<String> module = app.map(name -> name.contains(":") ? name.substring(0, name.indexOf(':')) : name);
        String attribute = app.map(name -> name.contains(":") ? name.substring(name.indexOf(':') + 1) : usual)
                .orElse("");
        boolean called = factory || attribute.contains("(");
        String name = attribute.replaceFirst("[(.\\[].*$", "").strip();
        boolean known = module.filter(text -> text.matches("[A-Za-z_][\\w.]*")).isPresent();
        return new PythonStart(
                Optional.of(server),
                module.filter(text -> known),
                Optional.of(name).filter(text -> known && !text.isEmpty()),
                called,
                Optional.empty(),
                roots,
                env,
                settings,
                scripted);
    }

    /** {@code python app.py}, {@code python -m app}. */
    private static PythonStart script(ImagePlan plan, Map<String, String> env, boolean scripted) {
        List<String> words = new ArrayList<>(plan.command());
        if (words.size() == 3 && words.get(1).equals("-c")) {
            String text = words.get(2);
            boolean simple = !text.matches("(?s).*[;|&\n<>].*");
            words = simple ? new ArrayList<>(ShellWords.split(text, '\\')) : List.of();
        }
        while (!words.isEmpty() && (words.get(0).equals("exec") || words.get(0).equals("-u"))) {
            words = words.subList(1, words.size());
        }
        boolean python = !words.isEmpty() && words.get(0).matches("(?:.*/)?python[0-9.]*");
        List<String> rest = python
                ? words.subList(1, words.size()).stream()
                        .filter(word -> !word.matches("-[uOBEsSI]+"))
                        .toList()
                : List.of();
        if (rest.isEmpty()) {
            return new PythonStart(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    Optional.empty(),
                    roots(plan.workdir(), env),
                    env,
                    Optional.empty(),
                    scripted);
        }
        String path = rest.get(0).endsWith(".py") ? resolve(plan.workdir(), rest.get(0)) : "";
        boolean found = plan.files().containsKey(path);
        String folder = found ? path.substring(0, Math.max(1, path.lastIndexOf('/'))) : plan.workdir();
        return new PythonStart(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                found ? Optional.of(path) : Optional.empty(),
                roots(folder, env),
                env,
                Optional.empty(),
                scripted);
    }

    private static List<String> roots(String folder, Map<String, String> env) {
        List<String> roots = new ArrayList<>(List.of(folder));
        for (String path : env.getOrDefault("PYTHONPATH", "").split(":", -1)) {
            if (!path.isBlank() && !path.contains("$")) {
                roots.add(resolve(folder, path));
            }
        }
        return roots;
    }

    static String resolve(String folder, String path) {
        return "/" + GlobPath.clean(path.startsWith("/") ? path : folder + "/" + path);
    }

    private static boolean isPlain(String app) {
        return !app.contains("$") && !app.isBlank();
    }
}
