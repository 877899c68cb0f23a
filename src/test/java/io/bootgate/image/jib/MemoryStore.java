package io.bootgate.image.jib;

import io.bootgate.image.ImageStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** An engine that keeps what is loaded into it, under one name. */
final class MemoryStore implements ImageStore {
    private final Map<String, ImageArchive> images = new LinkedHashMap<>();
    private final String loadedAs;
    private int loads;

    MemoryStore(String loadedAs) {
        this.loadedAs = loadedAs;
    }

    @Override
    public Optional<StoredImage> find(String reference) {
        return Optional.ofNullable(images.get(reference)).map(image -> {
            try {
                return new StoredImage(image.imageId(), 1, image.diffIds(), false);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public void load(Archive archive) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            archive.writeTo(bytes);
            images.put(loadedAs, ImageArchive.read(new ByteArrayInputStream(bytes.toByteArray())));
            loads++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void save(String reference, Path file) {
        throw new AssertionError("nothing of this engine is a base");
    }

    ImageArchive image() {
        return Optional.ofNullable(images.get(loadedAs)).orElseThrow();
    }

    int loads() {
        return loads;
    }
}
