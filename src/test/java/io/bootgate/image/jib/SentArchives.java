package io.bootgate.image.jib;

import io.bootgate.image.ImageStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** A real engine's images; names of the files that were sent to it are kept. */
final class SentArchives implements ImageStore {
    private final ImageStore engine;
    private final List<List<String>> sent = new ArrayList<>();

    SentArchives(ImageStore engine) {
        this.engine = engine;
    }

    @Override
    public Optional<StoredImage> find(String reference) {
        return engine.find(reference);
    }

    @Override
    public void load(Archive archive) {
        engine.load(out -> {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            archive.writeTo(bytes);
            sent.add(names(bytes.toByteArray()));
            bytes.writeTo(out);
        });
    }

    @Override
    public void save(String reference, Path file) {
        engine.save(reference, file);
    }

    private static List<String> names(byte[] archive) throws IOException {
        List<String> names = new ArrayList<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(archive))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }

    /** Of each archive, in the order that they were sent. */
    List<List<String>> sent() {
        return sent;
    }
}
