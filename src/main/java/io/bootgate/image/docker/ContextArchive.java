package io.bootgate.image.docker;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/** A tar archive that is made while it is read: no temporary file, and one piece of one file in memory at a time. */
final class ContextArchive extends InputStream {
    private static final int PIECE = 64 * 1024;
    private static final int DEFAULT_MODE = 0755;

    private final Iterator<ArchivedFile> files;
    private final ByteArrayOutputStream made = new ByteArrayOutputStream(2 * PIECE);
    private final TarArchiveOutputStream tar = new TarArchiveOutputStream(made, "UTF-8");
    private final byte[] piece = new byte[PIECE];
    private final Map<String, String> linked = new HashMap<>();
    private byte[] ready = new byte[0];
    private int position;
    private @Nullable InputStream open;
    private long left;
    private boolean ended;

    ContextArchive(List<ArchivedFile> files) {
        this.files = files.iterator();
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (position == ready.length) {
            if (ended) {
                return -1;
            }
            makeMore();
        }
        int count = Math.min(length, ready.length - position);
        System.arraycopy(ready, position, target, offset, count);
        position += count;
        return count;
    }

    private void makeMore() {
        made.reset();
        try {
            if (open != null) {
                copyPiece(open);
            } else if (files.hasNext()) {
                startEntry(files.next());
            } else {
                tar.finish();
                ended = true;
            }
            tar.flush();
        } catch (IOException e) {
            throw ArchivedFile.unreadable(e);
        }
        ready = made.toByteArray();
        position = 0;
    }

    private void startEntry(ArchivedFile file) throws IOException {
        TarArchiveEntry entry = entry(file);
        if (file.content().isPresent()) {
            entry.setSize(file.content().get().length);
            tar.putArchiveEntry(entry);
            tar.write(file.content().get());
            tar.closeArchiveEntry();
        } else if (!entry.isSymbolicLink() && !entry.isLink() && !entry.isDirectory()) {
            // Not isFile(), which a link is to this library too.
            InputStream opened = Files.newInputStream(file.source());
            open = opened;
            tar.putArchiveEntry(entry);
            left = entry.getSize();
            copyPiece(opened);
        } else {
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
        }
    }

    private void copyPiece(InputStream in) throws IOException {
        if (left > 0) {
            int count = in.read(piece, 0, (int) Math.min(piece.length, left));
            if (count < 0) {
                throw new EOFException("a file became shorter while it was sent");
            }
            tar.write(piece, 0, count);
            left -= count;
        }
        if (left == 0) {
            in.close();
            open = null;
            tar.closeArchiveEntry();
        }
    }

    private TarArchiveEntry entry(ArchivedFile file) throws IOException {
        TarArchiveEntry entry;
        Optional<String> twin = file.content().isPresent() ? Optional.empty() : sentBefore(file);
        if (Files.isSymbolicLink(file.source()) && file.content().isEmpty()) {
            entry = new TarArchiveEntry(file.name(), TarConstants.LF_SYMLINK);
            entry.setLinkName(Files.readSymbolicLink(file.source()).toString());
            entry.setMode(0777);
        } else if (Files.isDirectory(file.source(), LinkOption.NOFOLLOW_LINKS)) {
            entry = new TarArchiveEntry(file.name() + "/");
            entry.setMode(mode(file));
        } else if (twin.isPresent()) {
            entry = new TarArchiveEntry(file.name(), TarConstants.LF_LINK);
            entry.setLinkName(twin.get());
            entry.setMode(mode(file));
        } else {
            entry = new TarArchiveEntry(file.name());
            entry.setSize(Files.size(file.source()));
            entry.setMode(mode(file));
        }
        // As the engine's own command line does: the files belong to root, whoever builds.
        entry.setIds(0, 0);
        entry.setNames("", "");
        // Whole seconds: a fraction would need an extended header for each file.
        entry.setModTime(FileTime.from(
                Files.getLastModifiedTime(file.source(), LinkOption.NOFOLLOW_LINKS)
                        .to(TimeUnit.SECONDS),
                TimeUnit.SECONDS));
        return entry;
    }

    /** A file that was sent under another of its names: then it is sent as a hard link, as Docker does. */
    private Optional<String> sentBefore(ArchivedFile file) throws IOException {
        if (!Files.isRegularFile(file.source(), LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            Map<String, Object> identity =
                    Files.readAttributes(file.source(), "unix:nlink,ino,dev", LinkOption.NOFOLLOW_LINKS);
            return !Integer.valueOf(1).equals(identity.get("nlink"))
                    ? Optional.ofNullable(
                            linked.putIfAbsent(identity.get("dev") + ":" + identity.get("ino"), file.name()))
                    : Optional.empty();
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            // Windows, where Docker does not look for them.
            return Optional.empty();
        }
    }

    private static int mode(ArchivedFile file) throws IOException {
        try {
            return (int) Files.getAttribute(file.source(), "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777;
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            // Windows: as the engine's own command line does.
            return DEFAULT_MODE;
        }
    }

    @Override
    public void close() throws IOException {
        if (open != null) {
            open.close();
        }
    }
}
