package io.bootgate.engine.docker;

import com.github.dockerjava.api.exception.NotFoundException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Reads one file of a container through the engine's archives, which work before the start and after the end too. */
final class ContainerFile {
    /** As Linux itself. */
    private static final int MOST_LINKS = 40;

    /** A container may write what it likes. */
    private static final long MOST_BYTES = 64L << 20;

    private ContainerFile() {}

    static Optional<String> read(EngineConnection engine, String id, String path, int limit) throws IOException {
        String next = path;
        for (int links = 0; links < MOST_LINKS; links++) {
            // Archives follow links in the folders of a path, but not the last name.
            try (InputStream archive = engine.client()
                            .copyArchiveFromContainerCmd(id, next)
                            .exec();
                    TarArchiveInputStream tar = new TarArchiveInputStream(archive)) {
                TarArchiveEntry first = tar.getNextEntry();
                if (first == null) {
                    return Optional.empty();
                }
                if (!first.isSymbolicLink()) {
                    return first.isFile()
                            ? Optional.of(new String(tar.readNBytes(limit), StandardCharsets.UTF_8))
                            : Optional.empty();
                }
                next = resolved(next, first.getLinkName());
            } catch (NotFoundException e) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Unpacks an archive below a folder that is there; true when it is done. */
    static boolean unpack(EngineConnection engine, String id, String folder, byte[] tar) {
        engine.client()
                .copyArchiveToContainerCmd(id)
                .withRemotePath(folder)
                .withTarInputStream(new ByteArrayInputStream(tar))
                .exec();
        return true;
    }

    /** The regular files below a folder, by their paths within it; none if it is not there. */
    static Map<String, byte[]> below(EngineConnection engine, String id, String folder) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        long left = MOST_BYTES;
        try (InputStream archive =
                        engine.client().copyArchiveFromContainerCmd(id, folder).exec();
                TarArchiveInputStream tar = new TarArchiveInputStream(archive)) {
            for (TarArchiveEntry each = tar.getNextEntry(); each != null && left > 0; each = tar.getNextEntry()) {
                if (each.isFile()) {
                    byte[] content = tar.readNBytes((int) Math.min(left, each.getSize()));
                    left -= content.length;
                    // The first name is the folder's own.
                    files.put(each.getName().substring(each.getName().indexOf('/') + 1), content);
                }
            }
        } catch (NotFoundException e) {
            return Map.of();
        }
        return files;
    }

    /** What is in a folder, with the path below it. */
    static List<String> list(EngineConnection engine, String id, String folder, int limit) throws IOException {
        List<String> names = new ArrayList<>();
        try (InputStream archive = engine.client()
                        .copyArchiveFromContainerCmd(id, folder + "/.")
                        .exec();
                TarArchiveInputStream tar = new TarArchiveInputStream(archive)) {
            TarArchiveEntry entry = tar.getNextEntry();
            while (entry != null && names.size() < limit) {
                // Docker's names start with a dot, Podman's do not.
                String name = entry.getName().replaceFirst("^\\.(?:/|$)", "").replaceFirst("/$", "");
                if (!name.isEmpty()) {
                    names.add(name);
                }
                entry = tar.getNextEntry();
            }
        } catch (NotFoundException e) {
            return List.of();
        }
        return names;
    }

    /** Where a link at {@code link} points to. */
    static String resolved(String link, String target) {
        String whole = target.startsWith("/") ? target : link.substring(0, link.lastIndexOf('/') + 1) + target;
        Deque<String> names = new ArrayDeque<>();
        for (String name : whole.split("/", -1)) {
            if (name.equals("..")) {
                names.pollLast();
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.addLast(name);
            }
        }
        return "/" + String.join("/", names);
    }
}
