package io.bootgate.engine.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The kernel's files about one container, where the engine is on this machine.
 *
 * @param folders one per controller (cgroups of version 1), or one for all (version 2)
 */
record ControlGroup(List<Path> folders) {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    /** Found through the main process, whose groups must name the container, or the pid is another machine's. */
    static ControlGroup of(String containerId, long pid) {
        return of(Path.of("/proc"), ROOT, containerId, pid);
    }

    static ControlGroup of(Path proc, Path root, String containerId, long pid) {
        List<Path> folders = new ArrayList<>();
        try {
            for (String line :
                    Files.readAllLines(proc.resolve(Long.toString(pid)).resolve("cgroup"))) {
                String[] parts = line.split(":", 3);
                if (parts.length == 3 && parts[2].contains(containerId)) {
                    Path group = Path.of(parts[2].substring(1));
                    List<String> names = new ArrayList<>(List.of(parts[1]));
                    names.addAll(List.of(parts[1].split(",", -1)));
                    names.stream()
                            .distinct()
                            .forEach(name -> folders.add(root.resolve(name).resolve(group)));
                }
            }
        } catch (IOException e) {
            return new ControlGroup(List.of());
        }
        return new ControlGroup(folders.stream().filter(Files::isDirectory).toList());
    }

    /** The first of these files that there is: they have other names in other versions. */
    Optional<Path> file(String... names) {
        for (String name : names) {
            for (Path folder : folders) {
                if (Files.isReadable(folder.resolve(name))) {
                    return Optional.of(folder.resolve(name));
                }
            }
        }
        return Optional.empty();
    }
}
