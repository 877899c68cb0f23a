package io.bootgate.image.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.GraphDriver;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.command.RootFS;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.LoadResponseItem;
import com.github.dockerjava.api.model.ResponseItem;
import io.bootgate.image.ImageBuildException;
import io.bootgate.image.ImageStore;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The images of Docker Engine or Podman. */
public final class EngineImages implements ImageStore {
    private static final String DOCKERS_OWN = "overlay2";
    private static final int PIPE = 256 * 1024;

    private final DockerClient client;

    /** @param client the caller's, who closes it */
    public EngineImages(DockerClient client) {
        this.client = client;
    }

    @Override
    public Optional<StoredImage> find(String reference) {
        try {
            InspectImageResponse image = client.inspectImageCmd(reference).exec();
            RootFS files = image.getRootFS();
            List<String> layers = files == null || files.getLayers() == null ? List.of() : files.getLayers();
            return Optional.of(new StoredImage(
                    image.getId().startsWith("sha256:") ? image.getId() : "sha256:" + image.getId(),
                    image.getSize() == null ? 0 : image.getSize(),
                    layers,
                    files(image).equals(DOCKERS_OWN)));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public void load(Archive archive) {
        Loading loading = new Loading();
        CompletableFuture<Void> written;
        try (PipedInputStream in = new PipedInputStream(PIPE)) {
            PipedOutputStream out = new PipedOutputStream(in);
            written = CompletableFuture.runAsync(() -> write(archive, out), task -> {
                Thread writer = new Thread(task, "bootgate-image-load");
                writer.setDaemon(true);
                writer.start();
            });
            client.loadImageAsyncCmd(in).exec(loading);
            loading.ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ImageBuildException("Loading the image into the engine was interrupted.", e);
        } catch (IOException e) {
            throw new ImageBuildException("The image cannot be sent to the engine: " + e.getMessage(), e);
        } finally {
            loading.close();
        }
        loading.check();
        written.join();
    }

    private static void write(Archive archive, PipedOutputStream out) {
        try (out) {
            archive.writeTo(out);
        } catch (IOException e) {
            throw new ImageBuildException("The image cannot be sent to the engine: " + e.getMessage(), e);
        }
    }

    /**
     * Who keeps the image's files. Docker's own store, which alone calls its driver so, takes archives without the layers that
     * it has: Podman's refuses them, and containerd's would take an image that is not whole.
     */
    private static String files(InspectImageResponse image) {
        GraphDriver driver = image.getGraphDriver();
        return driver == null ? "" : Objects.requireNonNullElse(driver.getName(), "");
    }

    @Override
    public void save(String reference, Path file) {
        try (InputStream saved = client.saveImageCmd(reference).exec()) {
            Files.copy(saved, file);
        } catch (IOException | DockerException e) {
            throw new ImageBuildException(
                    "The engine does not hand out the image %s: %s".formatted(reference, e.getMessage()), e);
        }
    }

    /** The engine's answer is a success from its start: what failed is told in it. */
    private static final class Loading implements ResultCallback<LoadResponseItem> {
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile @Nullable Closeable stream;
        private volatile @Nullable String error;
        private volatile @Nullable Throwable thrown;

        @Override
        public void onStart(Closeable started) {
            stream = started;
        }

        @Override
        public void onNext(LoadResponseItem item) {
            ResponseItem.ErrorDetail detail = item.getErrorDetail();
            if (detail != null) {
                error = detail.getMessage();
            }
        }

        @Override
        public void onError(Throwable failure) {
            thrown = failure;
            ended.countDown();
        }

        @Override
        public void onComplete() {
            ended.countDown();
        }

        void check() {
            String told = error != null
                    ? error
                    : Optional.ofNullable(thrown).map(Throwable::getMessage).orElse(null);
            if (told != null) {
                throw new ImageBuildException("The engine did not take the image: " + told.strip()
                        + ". Check its disk space, and that it still runs.");
            }
        }

        @Override
        public void close() {
            Closeable open = stream;
            if (open != null && ended.getCount() > 0) {
                try {
                    open.close();
                } catch (IOException e) {
                    // Nothing more is to be read from it.
                    stream = null;
                }
            }
        }
    }
}
