package io.bootgate.autopsy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** The Python package that observes, as an archive for a volume of the container. */
final class ProbeFiles {
    /** Where the volume is mounted. */
    static final String FOLDER = "/.bootgate";

    /** What goes first on PYTHONPATH. */
    static final String PATH = FOLDER + "/probe";

    /** What PYTHONUSERBASE says, so that a script that sets PYTHONPATH anew does not lose the observer. */
    static final String USER = FOLDER + "/user";

    private static final int OLDEST = 6;
    private static final int NEWEST = 16;

    /** Where the processes write. */
    static final String OUT = FOLDER + "/out";

    static final String PACKAGE = "_bootgate_autopsy";

    static final List<String> MODULES = List.of(
            "__init__",
            "channel",
            "denials",
            "exits",
            "guards",
            "modules",
            "placeholders",
            "places",
            "plan",
            "remedies",
            "settings",
            "stalls",
            "standins",
            "supervisor",
            "variables",
            "watching");

    private ProbeFiles() {}

    /** {@code tracesLines} keeps the line that the app is at where it outlives a kill; that is slow. */
    static byte[] archive(boolean tracesLines) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            // Whatever user the service runs as, it must be able to write.
            folder(tar, "out/", 0777);
            folder(tar, "probe/", 0777);
            folder(tar, "probe/" + PACKAGE + "/", 0777);
            file(tar, "probe/sitecustomize.py", content("sitecustomize.py"));
            for (int minor = OLDEST; minor <= NEWEST; minor++) {
                String packages = "user/lib/python3." + minor + "/site-packages/";
                folder(tar, packages, 0777);
                file(tar, packages + "usercustomize.py", content("usercustomize.py"));
            }
            for (String module : MODULES) {
                String name = PACKAGE + "/" + module + ".py";
                file(tar, "probe/" + name, content(name));
            }
            if (tracesLines) {
                file(tar, "lines", new byte[0]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] content(String name) throws IOException {
        try (InputStream in = ProbeFiles.class.getResourceAsStream("probe/" + name)) {
            if (in == null) {
                throw new IOException("The plugin's jar lacks io/bootgate/autopsy/probe/" + name);
            }
            return in.readAllBytes();
        }
    }

    private static void folder(TarArchiveOutputStream tar, String path, int mode) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(path);
        entry.setMode(040000 | mode);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    private static void file(TarArchiveOutputStream tar, String path, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(path);
        entry.setSize(content.length);
        entry.setMode(0100644);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }
}
