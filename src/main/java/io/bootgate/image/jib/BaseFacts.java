package io.bootgate.image.jib;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a base image offers to a Python service.
 *
 * @param os as in {@code linux}
 * @param architecture as in {@code amd64}
 * @param env variables that its configuration sets
 * @param pythons interpreters on its PATH, the default one first
 * @param libc which C library wheels are to be chosen for
 * @param config the image's whole configuration, as JSON
 * @param diffIds digests of its layers, uncompressed, lowest first
 */
record BaseFacts(
        String os,
        String architecture,
        Map<String, String> env,
        List<Interpreter> pythons,
        Libc libc,
        String config,
        List<String> diffIds) {
    /** What runtimes search where an image sets no PATH. */
    static final String USUAL_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    BaseFacts {
        env = Map.copyOf(env);
        pythons = List.copyOf(pythons);
        diffIds = List.copyOf(diffIds);
    }

    /**
     * A Python of the image.
     *
     * @param path as it is found on the PATH: a link is kept, since a virtual environment is told by it
     * @param version as in {@code 3.12}
     * @param fullVersion as in {@code 3.12.4}; without its end where the program does not tell
     */
    record Interpreter(String path, String version, String fullVersion) {}

    /**
     * A C library.
     *
     * @param minor of glibc 2.x; 0 where it is not known
     */
    record Libc(boolean musl, int minor) {}

    String path() {
        return env.getOrDefault("PATH", USUAL_PATH);
    }

    /** The interpreter of this version; of any, the first. */
    Optional<Interpreter> python(Optional<String> version) {
        return pythons.stream()
                .filter(found -> version.isEmpty() || found.version().equals(version.get()))
                .findFirst();
    }
}
