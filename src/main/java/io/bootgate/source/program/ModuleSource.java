package io.bootgate.source.program;

import io.bootgate.source.python.Python;
import org.jspecify.annotations.Nullable;

/**
 * A module of the program itself.
 *
 * @param name dotted
 * @param path of the file in the project; empty for a package without {@code __init__.py}
 * @param isPackage whether relative imports in it start at the module itself
 */
public record ModuleSource(String name, String path, Python python, boolean isPackage) {

    /** The file that it is, not what stands in it: comparing whole trees would cost more than reading them. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ModuleSource module && name.equals(module.name) && path.equals(module.path);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + path.hashCode();
    }

    /** The package that relative imports start from. */
    String home() {
        int dot = name.lastIndexOf('.');
        return isPackage ? name : dot < 0 ? "" : name.substring(0, dot);
    }
}
