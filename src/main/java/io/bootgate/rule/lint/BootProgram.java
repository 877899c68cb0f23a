package io.bootgate.rule.lint;

import io.bootgate.rule.Location;
import io.bootgate.source.dockerfile.GlobPath;
import io.bootgate.source.program.Happening.Called;
import io.bootgate.source.program.ModuleSource;
import io.bootgate.source.program.Program;
import io.bootgate.source.program.Scene;
import io.bootgate.source.program.Scope;
import io.bootgate.source.python.Expression;
import io.bootgate.source.python.Python;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The service's own Python program, from the command to where it could serve.
 *
 * @param target the module that the server imports, or the file that is run; empty if it is not found
 */
record BootProgram(
        ImagePlan plan, PythonStart start, Installation installation, Program program, Optional<Scope> target) {

    private record Slot(Optional<BootProgram> program) {}

    /** Empty if there is no Dockerfile to be read. */
    static Optional<BootProgram> of(LintProject project) {
        return project.read(Slot.class, source -> new Slot(ImagePlan.of(project).map(plan -> make(project, plan))))
                .program();
    }

    private static BootProgram make(LintProject project, ImagePlan plan) {
        PythonStart start = PythonStart.of(project, plan);
        Installation installation = Installation.of(project, plan);
        Sources sources = new Sources(project, plan, start, installation);
        Program program = new Program(sources::module, plan.minor());
        Optional<Scope> target = Optional.empty();
        if (start.module().isPresent() && sources.isOwn(start.module().get())) {
            target = program.load(start.module().get(), true);
        } else if (start.script().isPresent()) {
            target = sources.script(start.script().get()).map(program::main);
        }
        if (target.isPresent() && start.factory() && start.attribute().isPresent()) {
            program.call(target.get(), start.attribute().get());
        }
        settingsOfDjango(program, start)
                .filter(settings -> sources.module(settings).isPresent())
                .ifPresent(program::django);
        return new BootProgram(plan, start, installation, program, target);
    }

    /** The settings module, where Django is set up while the app is loaded. */
    private static Optional<String> settingsOfDjango(Program program, PythonStart start) {
        Set<String> setups = Set.of(
                "django.core.wsgi.get_wsgi_application",
                "django.core.asgi.get_asgi_application",
                "django.setup",
                "configurations.wsgi.get_wsgi_application");
        boolean set = program.happenings(Called.class).stream()
                .anyMatch(called ->
                        setups.contains(called.name()) && called.scene().certain());
        Optional<String> given =
                Optional.ofNullable(start.env().get("DJANGO_SETTINGS_MODULE")).filter(name -> !name.isBlank());
        Optional<String> written = program.happenings(Called.class).stream()
                .filter(called -> called.name().equals("os.environ.setdefault"))
                .filter(called -> called.call()
                        .at(0)
                        .flatMap(Expression::string)
                        .filter("DJANGO_SETTINGS_MODULE"::equals)
                        .isPresent())
                .flatMap(called -> called.call().at(1).flatMap(Expression::string).stream())
                .findFirst();
        return set ? given.or(() -> written) : Optional.empty();
    }

    static Location location(Scene scene) {
        return Location.of(scene.path(), scene.line());
    }

    /** Finds modules in the folders of {@code sys.path}, by what is copied there. */
    private static final class Sources {
        private final LintProject project;
        private final Map<String, String> files;
        private final List<String> roots;
        private final Map<String, Optional<ModuleSource>> known = new HashMap<>();
        private final Map<String, Boolean> folders = new HashMap<>();
        private final Set<String> compiled = new HashSet<>();

        private Sources(LintProject project, ImagePlan plan, PythonStart start, Installation installation) {
            this.project = project;
            this.files = new HashMap<>(plan.files());
            this.roots = new ArrayList<>(start.roots());
            if (installation.project()) {
                // The project is a distribution of its own: its packages are in the image, wherever they are laid.
                project.files().stream()
                        .filter(file -> file.path().endsWith(".py"))
                        .forEach(file -> files.putIfAbsent("/\0/" + file.path(), file.path()));
                plan.files().forEach((path, file) -> {
                    if (file.endsWith("/pyproject.toml")
                            || file.equals("pyproject.toml")
                            || file.endsWith("setup.py")) {
                        String folder = path.substring(0, path.lastIndexOf('/'));
                        roots.add(folder);
                        roots.add(folder + "/src");
                    }
                });
                roots.add("/\0");
                roots.add("/\0/src");
            }
            for (String path : files.keySet()) {
                if (isCompiled(path)) {
                    compiled.add(path.substring(0, path.indexOf('.', path.lastIndexOf('/'))));
                }
                if (path.endsWith(".py")) {
                    for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
                        if (folders.put(path.substring(0, slash), true) != null) {
                            break;
                        }
                    }
                }
            }
        }

        /** Extension modules, built or to be built. */
        private static boolean isCompiled(String path) {
            return path.endsWith(".so") || path.endsWith(".pyd") || path.endsWith(".pyx") || path.endsWith(".pyc");
        }

        boolean isOwn(String module) {
            String top = module.contains(".") ? module.substring(0, module.indexOf('.')) : module;
            return module(top).isPresent();
        }

        Optional<ModuleSource> module(String name) {
            Optional<ModuleSource> found = known.get(name);
            if (found == null) {
                found = find(name);
                known.put(name, found);
            }
            return found;
        }

        private Optional<ModuleSource> find(String name) {
            String path = name.replace('.', '/');
            for (String root : roots) {
                String base = (root.equals("/") ? "" : root) + "/" + path;
                for (String candidate : List.of(base + "/__init__.py", base + ".py")) {
                    String file = files.get(candidate);
                    if (file != null) {
                        return Optional.of(source(name, file, candidate.endsWith("/__init__.py")));
                    }
                }
            }
            for (String root : roots) {
                if (compiled.contains((root.equals("/") ? "" : root) + "/" + path)) {
                    return Optional.of(new ModuleSource(name, "", Python.read(""), false));
                }
            }
            for (String root : roots) {
                if (folders.containsKey((root.equals("/") ? "" : root) + "/" + path)) {
                    return Optional.of(new ModuleSource(name, "", Python.read(""), true));
                }
            }
            return Optional.empty();
        }

        private ModuleSource source(String name, String file, boolean isPackage) {
            Optional<Python> python = PythonFiles.read(project, file);
            return new ModuleSource(
                    name, python.isPresent() ? file : "", python.orElseGet(() -> Python.read("")), isPackage);
        }

        Optional<ModuleSource> script(String path) {
            return Optional.ofNullable(files.get("/" + GlobPath.clean(path)))
                    .map(file -> source("__main__", file, false));
        }
    }
}
