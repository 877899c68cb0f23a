package io.bootgate.source.program;

import java.util.Optional;

/** The modules that a program brings along, by their dotted names, as its {@code sys.path} finds them. */
@FunctionalInterface
public interface ModuleSources {
    Optional<ModuleSource> module(String name);
}
