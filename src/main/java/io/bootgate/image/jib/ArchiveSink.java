package io.bootgate.image.jib;

import com.google.cloud.tools.jib.api.DockerClient;
import com.google.cloud.tools.jib.api.ImageDetails;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.image.ImageTarball;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Takes an image where Jib thinks an engine is: into a file, or nowhere. So Jib tells an image's id and fills its cache, and
 * nothing else happens.
 */
record ArchiveSink(Optional<Path> file) implements DockerClient {

    @Override
    public boolean supported(Map<String, String> parameters) {
        return true;
    }

    @Override
    public String load(ImageTarball image, Consumer<Long> written) throws IOException {
        if (file.isPresent()) {
            try (OutputStream out = Files.newOutputStream(file.get())) {
                image.writeTo(out);
            }
        }
        return "";
    }

    @Override
    public void save(ImageReference reference, Path to, Consumer<Long> written) throws IOException {
        throw new IOException("there is no engine to save " + reference + " from");
    }

    @Override
    public ImageDetails inspect(ImageReference reference) throws IOException {
        throw new IOException("there is no engine that has " + reference);
    }
}
