package io.bootgate.image;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** An engine's images, as a builder sees them that works without the engine. */
public interface ImageStore {
    /**
     * An image that is there.
     *
     * @param id digest of its configuration, with {@code sha256:}
     * @param diffIds digests of its layers, uncompressed, lowest first
     * @param sparesLayers whether an archive that is put beside it may leave out the layers that the two share
     */
    record StoredImage(String id, long size, List<String> diffIds, boolean sparesLayers) {
        public StoredImage {
            diffIds = List.copyOf(diffIds);
        }
    }

    /** Writes an image as an archive. */
    @FunctionalInterface
    interface Archive {
        void writeTo(OutputStream out) throws IOException;
    }

    /** The image of this name, if the engine has it. */
    Optional<StoredImage> find(String reference);

    /**
     * Puts an image into the engine, under the names that its archive tells.
     *
     * @throws ImageBuildException if the engine refuses it, with the engine's reason
     */
    void load(Archive archive);

    /** Writes the image of this name into a file, as {@code docker save} does. */
    void save(String reference, Path file);
}
