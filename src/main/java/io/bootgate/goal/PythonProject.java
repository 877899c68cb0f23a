package io.bootgate.goal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Tells a Python project by its files. */
final class PythonProject {
    private PythonProject() {}

    static boolean isIn(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .anyMatch(name -> name.endsWith(".py")
                            || name.equals("pyproject.toml")
                            || name.matches("requirements.*\\.txt|Pipfile(?:\\.lock)?"));
        } catch (IOException e) {
            // Nothing that could be laid into an image.
            return false;
        }
    }
}
