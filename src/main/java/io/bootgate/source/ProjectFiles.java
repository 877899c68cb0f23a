package io.bootgate.source;

import java.util.List;
import java.util.Optional;

/** The files of a project, handed in: whoever reads sources does no I/O himself. */
public interface ProjectFiles {
    /**
     * Files and links below the project's folder, in the order of their paths. What no image is made of is left out: folders of
     * version control, virtual environments, caches and build output.
     */
    List<ProjectFile> list();

    /** The file's bytes; empty if there is none, if it cannot be read, or if it is larger than any source. */
    Optional<byte[]> read(String path);

    /** What is known of one path; empty if it is not in the {@link #list()}. */
    default Optional<ProjectFile> file(String path) {
        return list().stream().filter(file -> file.path().equals(path)).findFirst();
    }
}
