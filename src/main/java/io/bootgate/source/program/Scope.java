package io.bootgate.source.program;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The names of a module, a class or a running function. */
public final class Scope {
    private final ModuleSource module;
    private final Optional<Scope> outer;
    private final boolean type;
    private final Map<String, Binding> names = new HashMap<>();
    private final Set<String> global = new HashSet<>();
    private boolean open;

    Scope(ModuleSource module) {
        this(module, Optional.empty(), false);
    }

    Scope(ModuleSource module, Optional<Scope> outer, boolean type) {
        this.module = module;
        this.outer = outer;
        this.type = type;
    }

    public ModuleSource module() {
        return module;
    }

    /** Whether a name is defined here, on any way through the module. */
    public boolean defines(String name) {
        return open || names.containsKey(name) || names.containsKey("__getattr__");
    }

    /** Whether names may be defined that cannot be seen. */
    public boolean isOpen() {
        return open;
    }

    public Set<String> names() {
        return Set.copyOf(names.keySet());
    }

    void open() {
        open = true;
    }

    void global(String name) {
        global.add(name);
    }

    void bind(String name, Binding value) {
        if (global.contains(name)) {
            root().names.put(name, value);
        } else {
            names.put(name, value);
        }
    }

    /** As {@link #bind} where the statement may not run: what was known of the name is not any more. */
    void mayBind(String name, Binding value) {
        bind(name, names.containsKey(name) ? Binding.Unknown.VALUE : value);
    }

    Scope root() {
        Scope scope = this;
        while (scope.outer.isPresent()) {
            scope = scope.outer.get();
        }
        return scope;
    }

    Optional<Binding> own(String name) {
        return Optional.ofNullable(names.get(name));
    }

    /** Looks a name up as Python does: not in the classes around. */
    Optional<Binding> find(String name) {
        Binding own = names.get(name);
        if (own != null) {
            return Optional.of(own);
        }
        Optional<Scope> scope = outer;
        while (scope.isPresent()) {
            Binding found = scope.get().type ? null : scope.get().names.get(name);
            if (found != null) {
                return Optional.of(found);
            }
            scope = scope.get().outer;
        }
        return Optional.empty();
    }
}
