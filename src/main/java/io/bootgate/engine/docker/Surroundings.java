package io.bootgate.engine.docker;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that a search for an engine looks at.
 *
 * @param root the file system's, for sockets that are at the same place everywhere
 */
record Surroundings(Map<String, String> env, Path home, Path root, boolean windows) {

    static Surroundings real() {
        return new Surroundings(
                System.getenv(),
                Path.of(System.getProperty("user.home")),
                Path.of("/"),
                System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows"));
    }

    /** A variable's value; empty if it is not set, or set to nothing. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(env.get(name)).filter(value -> !value.isBlank());
    }

    /** The first program of this name on the PATH. */
    Optional<Path> program(String name) {
        return variable("PATH").stream()
                .flatMap(path -> Stream.of(path.split(File.pathSeparator, -1)))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder).resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Where Docker's client keeps its settings. */
    Path dockerConfig() {
        return variable("DOCKER_CONFIG").map(Path::of).orElseGet(() -> home.resolve(".docker"));
    }
}
