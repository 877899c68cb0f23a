package io.bootgate.image.jib;

import com.google.cloud.tools.jib.api.DescriptorDigest;
import com.google.cloud.tools.jib.api.DockerClient;
import com.google.cloud.tools.jib.api.ImageDetails;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.image.ImageTarball;
import io.bootgate.image.ImageStore;
import io.bootgate.image.ImageStore.StoredImage;
import java.io.IOException;
import java.nio.file.Path;
import java.security.DigestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What Jib wants of an engine, without a docker command. */
record EngineClient(ImageStore store) implements DockerClient {

    @Override
    public boolean supported(Map<String, String> parameters) {
        return true;
    }

    @Override
    public String load(ImageTarball image, Consumer<Long> written) {
        store.load(image::writeTo);
        return "";
    }

    @Override
    public void save(ImageReference reference, Path file, Consumer<Long> written) {
        store.save(reference.toString(), file);
    }

    @Override
    public ImageDetails inspect(ImageReference reference) throws IOException {
        StoredImage image = store.find(reference.toString())
                .orElseThrow(() -> new IOException("the engine has no image " + reference));
        return new ImageDetails() {
            @Override
            public long getSize() {
                return image.size();
            }

            @Override
            public DescriptorDigest getImageId() throws DigestException {
                return DescriptorDigest.fromDigest(image.id());
            }

            @Override
            public List<DescriptorDigest> getDiffIds() throws DigestException {
                List<DescriptorDigest> digests = new ArrayList<>();
                for (String diffId : image.diffIds()) {
                    digests.add(DescriptorDigest.fromDigest(diffId));
                }
                return digests;
            }
        };
    }
}
