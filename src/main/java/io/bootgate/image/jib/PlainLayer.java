package io.bootgate.image.jib;

import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FileEntry;
import com.google.cloud.tools.jib.image.ReproducibleLayerBuilder;
import com.google.common.collect.ImmutableList;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;

/**
 * A layer as it is before anything is zipped.
 *
 * @param diffId digest of its archive
 * @param size of its archive
 */
record PlainLayer(FileEntriesLayer files, String diffId, long size) {

    /** The layer, whose archive is written only if the same was not written before: its content is told by where it lies. */
    static PlainLayer of(FileEntriesLayer files, Path cache) throws IOException {
        Path known = cache.resolve("digests").resolve(key(files, cache));
        if (Files.isRegularFile(known)) {
            String[] told = Files.readString(known).split(" ", -1);
            if (told.length == 2 && told[1].matches("\\d+")) {
                return new PlainLayer(files, told[0], Long.parseLong(told[1]));
            }
        }
        MessageDigest digest = Digests.sha256();
        Counted counted = new Counted(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        write(files, counted);
        PlainLayer layer = new PlainLayer(files, "sha256:" + Digests.hex(digest.digest()), counted.bytes);
        Files.createDirectories(known.getParent());
        Path whole = Files.createTempFile(known.getParent(), "new-", ".tmp");
        Files.writeString(whole, layer.diffId + " " + layer.size);
        Files.move(whole, known, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return layer;
    }

    /** Files of the cache are named for their content: packages by their requirements, an app's files by their stamp. */
    private static String key(FileEntriesLayer files, Path cache) {
        MessageDigest digest = Digests.sha256();
        for (FileEntry entry : files.getEntries()) {
            String source = entry.getSourceFile().startsWith(cache)
                    ? cache.relativize(entry.getSourceFile()).toString()
                    : "";
            digest.update("%s\n%s\n%s\n%s\n%s\n"
                    .formatted(
                            source,
                            entry.getExtractionPath(),
                            entry.getPermissions().toOctalString(),
                            entry.getModificationTime(),
                            entry.getOwnership())
                    .getBytes(StandardCharsets.UTF_8));
        }
        return Digests.hex(digest.digest());
    }

    String name() {
        return files.getName();
    }

    void writeTo(OutputStream out) throws IOException {
        write(files, out);
    }

    private static void write(FileEntriesLayer files, OutputStream out) throws IOException {
        new ReproducibleLayerBuilder(ImmutableList.copyOf(files.getEntries()))
                .build()
                .writeTo(new FilterOutputStream(out) {
                    @Override
                    public void write(byte[] bytes, int offset, int length) throws IOException {
                        out.write(bytes, offset, length);
                    }

                    @Override
                    public void close() throws IOException {
                        // The archive that it is written into goes on.
                        flush();
                    }
                });
    }

    /** Counts what passes. */
    private static final class Counted extends FilterOutputStream {
        private long bytes;

        Counted(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int one) throws IOException {
            out.write(one);
            bytes++;
        }

        @Override
        public void write(byte[] some, int offset, int length) throws IOException {
            out.write(some, offset, length);
            bytes += length;
        }
    }
}
