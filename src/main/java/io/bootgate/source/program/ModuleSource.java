package io.bootgate.source.program;

import io.bootgate.source.python.Python;

/**
 * A module of the program itself.
 *
 * @param name dotted
 * @param path of the file in the project; empty for a package without {@code __init__.py}
 * @param isPackage whether relative imports in it start at the module itself
 */
public record ModuleSource(String name, String path, Python python, boolean isPackage) {

    /** The package that relative imports start from. */
    String home() {
        int dot = name.lastIndexOf('.');
        return isPackage ? name : dot < 0 ? "" : name.substring(0, dot);
    }
}
