package io.bootgate.image.jib;

import io.bootgate.image.jib.BaseFacts.Interpreter;
import io.bootgate.image.jib.BaseFacts.Libc;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Python that the packages are for.
 *
 * @param fullVersion as in {@code 3.12.4}; with a late one where the image does not tell
 * @param architecture as Docker calls it
 */
record ImagePython(Interpreter interpreter, String fullVersion, String architecture, Libc libc) {
    /** Every wheel that is marked for an older glibc runs on a newer one. */
    private static final int OLDEST_GLIBC = 5;

    private static final String LATE_PATCH = ".99";
    private static final int ASSUMED_GLIBC = 28;
    private static final List<Integer> UV_GLIBC = List.of(17, 28, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40);

    static ImagePython of(BaseFacts facts, Interpreter interpreter) {
        String told = facts.env().getOrDefault("PYTHON_VERSION", "");
        boolean same = told.matches("\\d+\\.\\d+\\.\\d+") && told.startsWith(interpreter.version() + ".");
        String program = interpreter.fullVersion();
        String assumed = program.equals(interpreter.version()) ? program + LATE_PATCH : program;
        return new ImagePython(interpreter, same ? told : assumed, facts.architecture(), facts.libc());
    }

    String version() {
        return interpreter.version();
    }

    /** {@code amd64} as the kernel and wheels call it. */
    String machine() {
        return switch (architecture) {
            case "amd64" -> "x86_64";
            case "arm64" -> "aarch64";
            case "386" -> "i686";
            case "arm" -> "armv7l";
            default -> architecture;
        };
    }

    /** As wheels are marked, newest first. */
    List<String> platformTags() {
        List<String> tags = new ArrayList<>();
        if (libc.musl()) {
            tags.add("musllinux_1_2_" + machine());
            tags.add("musllinux_1_1_" + machine());
        } else {
            for (int minor = glibc(); minor >= OLDEST_GLIBC; minor--) {
                tags.add("manylinux_2_%d_%s".formatted(minor, machine()));
            }
            tags.add("manylinux2014_" + machine());
            tags.add("manylinux2010_" + machine());
            tags.add("manylinux1_" + machine());
        }
        tags.add("linux_" + machine());
        return tags;
    }

    /** What uv calls it; empty where uv knows no such platform. */
    Optional<String> uvPlatform() {
        if (!machine().equals("x86_64") && !machine().equals("aarch64")) {
            return Optional.empty();
        }
        if (libc.musl()) {
            return Optional.of(machine() + "-unknown-linux-musl");
        }
        return UV_GLIBC.stream()
                .filter(minor -> minor <= glibc())
                .max(Integer::compare)
                .map(minor -> "%s-manylinux_2_%d".formatted(machine(), minor));
    }

    private int glibc() {
        return libc.minor() == 0 ? ASSUMED_GLIBC : libc.minor();
    }

    /** What environment markers are judged by. */
    Map<String, String> markers() {
        Map<String, String> markers = new LinkedHashMap<>();
        markers.put("implementation_name", "cpython");
        markers.put("implementation_version", fullVersion);
        markers.put("os_name", "posix");
        markers.put("platform_machine", machine());
        markers.put("platform_python_implementation", "CPython");
        markers.put("platform_release", "");
        markers.put("platform_system", "Linux");
        markers.put("platform_version", "");
        markers.put("python_full_version", fullVersion);
        markers.put("python_version", version());
        markers.put("sys_platform", "linux");
        return markers;
    }

    /** For messages. */
    String shown() {
        return "Python %s on linux/%s (%s)"
                .formatted(version(), architecture, libc.musl() ? "musl" : "glibc 2." + glibc());
    }
}
