package io.bootgate.rule.lint;

import io.bootgate.source.python.Python;
import io.bootgate.source.python.SourceBytes;
import io.bootgate.source.python.SyntaxProblem;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The project's Python files as trees, each read once. */
final class PythonFiles {
    private final Map<String, Optional<Python>> known = new HashMap<>();

    private PythonFiles() {}

    /** Empty if there is no such file, or if it is larger than any source. */
    static Optional<Python> read(LintProject project, String path) {
        PythonFiles files = project.read(PythonFiles.class, source -> new PythonFiles());
        Optional<Python> python = files.known.get(path);
        if (python == null) {
            python = project.bytes(path).map(PythonFiles::read);
            files.known.put(path, python);
        }
        return python;
    }

    private static Python read(byte[] bytes) {
        Optional<SyntaxProblem> undecodable = SourceBytes.problem(bytes);
        Python python = Python.read(SourceBytes.text(bytes));
        return undecodable.isPresent() && python.problem().isEmpty()
                ? new Python(python.body(), python.features(), undecodable)
                : python;
    }
}
