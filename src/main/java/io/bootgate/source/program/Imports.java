package io.bootgate.source.program;

import io.bootgate.source.program.Happening.Imported;
import io.bootgate.source.program.Happening.Lost;
import io.bootgate.source.program.Happening.NotDefined;
import io.bootgate.source.python.Alias;
import io.bootgate.source.python.Position;
import io.bootgate.source.python.Statement.ImportFrom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Imports: modules of the program are run, once or once more where the first time was not sure to happen. */
final class Imports {
    private static final int MAX_DEPTH = 120;

    private final ModuleSources sources;
    private final Program program;
    private final Map<String, Scope> scopes = new HashMap<>();
    private final Set<String> running = new HashSet<>();
    private final Set<String> sure = new HashSet<>();

    Imports(ModuleSources sources, Program program) {
        this.sources = sources;
        this.program = program;
    }

    Optional<Scope> scope(String module) {
        return Optional.ofNullable(scopes.get(module));
    }

    boolean isSure(String module) {
        return sure.contains(module);
    }

    Map<String, Scope> scopes() {
        return scopes;
    }

    void plain(Alias alias, Position position, Frame frame) {
        Binding leaf = load(alias.name(), position, frame, List.of());
        String first = alias.name().contains(".")
                ? alias.name().substring(0, alias.name().indexOf('.'))
                : alias.name();
        boolean renamed = !alias.bound().equals(first) || !alias.name().contains(".");
        Binding bound = leaf;
        if (!renamed) {
            bound = scope(first).<Binding>map(Binding.Module::new).orElse(new Binding.Outside(first));
        }
        frame.bind(alias.bound(), bound);
    }

    void from(ImportFrom from, Frame frame) {
        Optional<String> base = absolute(from, frame.scope().module());
        if (base.isEmpty()) {
            from.names().forEach(alias -> frame.bind(alias.bound(), Binding.Unknown.VALUE));
            return;
        }
        List<String> names = from.names().stream().map(Alias::name).toList();
        Binding module = load(base.get(), from.position(), frame, names);
        for (Alias alias : from.names()) {
            if (alias.name().equals("*")) {
                star(module, frame);
            } else if (module instanceof Binding.Module known) {
                frame.bind(alias.bound(), member(known.scope(), alias, frame));
            } else if (module instanceof Binding.Outside outside) {
                frame.bind(alias.bound(), new Binding.Outside(outside.name() + "." + alias.name()));
            } else {
                frame.bind(alias.bound(), Binding.Unknown.VALUE);
            }
        }
    }

    private static Optional<String> absolute(ImportFrom from, ModuleSource module) {
        if (from.level() == 0) {
            return Optional.of(from.module());
        }
        String home = module.home();
        for (int i = 1; i < from.level(); i++) {
            int dot = home.lastIndexOf('.');
            home = dot < 0 ? "" : home.substring(0, dot);
        }
        if (home.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(from.module().isEmpty() ? home : home + "." + from.module());
    }

    private static void star(Binding module, Frame frame) {
        if (module instanceof Binding.Module known) {
            Scope scope = known.scope();
            scope.names().stream()
                    .filter(name -> !name.startsWith("_"))
                    .forEach(name -> scope.own(name).ifPresent(value -> frame.bind(name, value)));
            if (scope.isOpen()) {
                frame.scope().open();
            }
        } else {
            frame.scope().open();
        }
    }

    private Binding member(Scope scope, Alias alias, Frame frame) {
        Optional<Binding> own = scope.own(alias.name());
        if (own.isPresent()) {
            return own.get();
        }
        String submodule = scope.module().name() + "." + alias.name();
        if (sources.module(submodule).isPresent()) {
            return load(submodule, alias.position(), frame, List.of());
        }
        boolean readable = scope.module().python().problem().isEmpty()
                && !scope.module().path().isEmpty();
        if (readable
                && !scope.defines(alias.name())
                && !running.contains(scope.module().name())) {
            program.happens(new NotDefined(frame.at(alias.position()), scope.module(), alias.name()));
        }
        return Binding.Unknown.VALUE;
    }

    /** Imports a module and the packages that it is in. */
    Binding load(String name, Position position, Frame frame, List<String> names) {
        Optional<Scope> parent = Optional.empty();
        int end = -1;
        while (end < name.length()) {
            int dot = name.indexOf('.', end + 1);
            end = dot < 0 ? name.length() : dot;
            String prefix = name.substring(0, end);
            Optional<ModuleSource> source = sources.module(prefix);
            if (source.isEmpty()) {
                return outside(name, prefix, parent, frame.at(position), names);
            }
            Scope scope = run(source.get(), frame);
            String last = prefix.substring(prefix.lastIndexOf('.') + 1);
            parent.ifPresent(above -> above.bind(last, new Binding.Module(scope)));
            parent = Optional.of(scope);
        }
        return parent.<Binding>map(Binding.Module::new).orElse(Binding.Unknown.VALUE);
    }

    private Binding outside(String name, String prefix, Optional<Scope> parent, Scene scene, List<String> names) {
        boolean inPackage = parent.isPresent() && !parent.get().module().path().isEmpty();
        if (!inPackage) {
            program.happens(new Imported(scene, name, names));
            return new Binding.Outside(name);
        }
        if (!parent.get().isOpen() && parent.get().own("__path__").isEmpty()) {
            program.happens(new Lost(scene, prefix));
        }
        return Binding.Unknown.VALUE;
    }

    private Scope run(ModuleSource source, Frame frame) {
        String name = source.name();
        boolean strict = frame.certain() && frame.caught().isEmpty();
        Scope known = scopes.get(name);
        if (known != null && (running.contains(name) || sure.contains(name) || !strict)) {
            return known;
        }
        Scope scope = known == null ? new Scope(source) : known;
        scopes.put(name, scope);
        if (strict) {
            sure.add(name);
        }
        if (frame.depth() > MAX_DEPTH) {
            scope.open();
            return scope;
        }
        if (source.python().problem().isPresent() || (source.path().isEmpty() && !source.isPackage())) {
            scope.open();
        }
        running.add(name);
        program.run(scope, Frame.of(scope, frame.certain(), frame.caught(), frame.depth() + 1));
        running.remove(name);
        return scope;
    }
}
