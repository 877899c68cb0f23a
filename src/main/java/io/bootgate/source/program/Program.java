package io.bootgate.source.program;

import io.bootgate.source.python.Position;
import io.bootgate.source.python.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** What a program does from its first import until it could serve. */
public final class Program {
    private final Set<Happening> happenings = new LinkedHashSet<>();
    private final Imports imports;
    private final Evaluation evaluation;
    private final Execution execution;
    private boolean muted;

    /**
     * A program of which nothing has run yet.
     *
     * @param minor of the image's Python 3; empty if it is not known
     */
    public Program(ModuleSources sources, OptionalInt minor) {
        imports = new Imports(sources, this);
        evaluation = new Evaluation(this);
        execution = new Execution(evaluation, imports, minor);
    }

    /** Imports a module, as a server does with its target. Empty if the program does not bring it along. */
    public Optional<Scope> load(String module, boolean certain) {
        ModuleSource nowhere = new ModuleSource("", "", io.bootgate.source.python.Python.read(""), false);
        Frame frame = Frame.of(new Scope(nowhere), certain, Set.of(), 0);
        imports.load(module, new Position(1, 1), frame, List.of());
        return imports.scope(module);
    }

    /** Runs a file as {@code python file.py} does. */
    public Scope main(ModuleSource script) {
        ModuleSource main = new ModuleSource("__main__", script.path(), script.python(), false);
        Scope scope = new Scope(main);
        run(scope, Frame.of(scope, true, Set.of(), 0));
        return scope;
    }

    /** Calls a function of a loaded module without arguments, as a server does with a factory. */
    public void call(Scope module, String name) {
        Frame frame = Frame.of(module, true, Set.of(), 0);
        module.own(name).ifPresent(function -> evaluation.call(function, frame));
    }

    /** Loads what Django loads when it is set up: the settings, and the apps and middleware that they name. */
    public void django(String settings) {
        Optional<Scope> loaded = load(settings, true);
        loaded.ifPresent(scope -> new DjangoSettings(this, evaluation).load(scope));
    }

    /** In the order in which they happen. */
    public List<Happening> happenings() {
        return List.copyOf(happenings);
    }

    public <T extends Happening> List<T> happenings(Class<T> kind) {
        return happenings.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The modules that were run, with those that only may be. */
    public List<Scope> modules() {
        return List.copyOf(imports.scopes().values());
    }

    /** Whether a module is imported for sure. */
    public boolean surelyRuns(String module) {
        return module.equals("__main__") || imports.isSure(module);
    }

    void happens(Happening happening) {
        if (!muted) {
            happenings.add(happening);
        }
    }

    /** Works something out once more without telling of it. */
    <T> T quietly(java.util.function.Supplier<T> work) {
        boolean before = muted;
        muted = true;
        try {
            return work.get();
        } finally {
            muted = before;
        }
    }

    void run(Scope scope, Frame frame) {
        execution.run(new ArrayList<Statement>(scope.module().python().body()), frame);
    }

    Execution execution() {
        return execution;
    }

    Imports imports() {
        return imports;
    }
}
