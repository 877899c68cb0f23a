package io.bootgate.source.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads the standard library of the machine's Python as its own parser does. */
class StandardLibraryTest {
    /** One file in so many: all of them take CPython several seconds. */
    private static final int STEP = 4;

    @TempDir
    Path folder;

    @Test
    void readsTheStandardLibraryAsCPythonDoes() throws IOException, InterruptedException {
        String library = python(List.of("-c", "import os; print(os.path.dirname(os.__file__))"), "")
                .strip();
        assumeTrue(!library.isEmpty(), "There is no python3 on this machine.");
        List<Path> files = sources(Path.of(library));
        Path script = folder.resolve("outline.py");
        try (var source = StandardLibraryTest.class.getResourceAsStream("/source/python/outline.py")) {
            Files.copy(source, script);
        }
        String names = files.stream().map(Path::toString).collect(Collectors.joining("\n"));
        List<String> expected =
                python(List.of(script.toString()), names).lines().toList();

        assertThat(expected).hasSizeGreaterThan(100);
        for (String line : expected) {
            Path file = Path.of(line.substring(0, line.indexOf('|')));
            assertThat(Outline.of(file.toString(), SourceBytes.text(Files.readAllBytes(file))))
                    .isEqualTo(line);
        }
    }

    private static List<Path> sources(Path library) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(library)) {
            List<Path> sorted =
                    all.filter(path -> path.toString().endsWith(".py")).sorted().toList();
            for (int i = 0; i < sorted.size(); i += STEP) {
                files.add(sorted.get(i));
            }
        }
        return files;
    }

    private String python(List<String> arguments, String input) throws IOException, InterruptedException {
        Path in = Files.writeString(folder.resolve("in"), input);
        Path out = folder.resolve("out");
        List<String> command = new ArrayList<>(List.of("python3"));
        command.addAll(arguments);
        try {
            new ProcessBuilder(command)
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException noPython) {
            return "";
        }
        return Files.readString(out, StandardCharsets.UTF_8);
    }
}
