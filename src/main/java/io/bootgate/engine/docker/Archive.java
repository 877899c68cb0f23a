package io.bootgate.engine.docker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A tar archive in memory, of files that belong to root. */
final class Archive {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes);
    private final Set<String> folders = new LinkedHashSet<>();
    private boolean empty = true;

    Archive() {
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    }

    void folder(String path, int mode) throws IOException {
        if (folders.add(path)) {
            TarArchiveEntry entry = new TarArchiveEntry(path);
            entry.setMode(0040000 | mode);
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
            empty = false;
        }
    }

    /** A file with its folders; content in base64. */
    void file(String path, String content, int mode) throws IOException {
        String relative = path.replaceFirst("^/+", "");
        for (int slash = relative.indexOf('/'); slash > 0; slash = relative.indexOf('/', slash + 1)) {
            String folder = relative.substring(0, slash + 1);
            if (!folder.equals("v/")) {
                folder(folder, 0755);
            }
        }
        single(relative, content, mode);
    }

    /** A file into a folder that is there. */
    void single(String name, String content, int mode) throws IOException {
        byte[] decoded = Base64.getDecoder().decode(content);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(decoded.length);
        entry.setMode(0100000 | mode);
        tar.putArchiveEntry(entry);
        tar.write(decoded);
        tar.closeArchiveEntry();
        empty = false;
    }

    boolean isEmpty() {
        return empty;
    }

    byte[] bytes() {
        try {
            tar.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
