package io.bootgate.casebook;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.model.BuildResponseItem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Builds the images of the casebook: all servers and libraries once, each Gunicorn once on top of them, each case as one
 * small layer on top of that. The engine's own layer cache makes every later run cheap.
 */
final class CaseImages {
    private static final String SERVERS =
            "flask==3.1.3 fastapi==0.165.0 uvicorn==0.54.0 hypercorn==0.18.0 waitress==3.0.2"
                    + " pyuwsgi==2.0.30.post1 django==5.2.19 gevent==26.9.0 eventlet==0.41.3 supervisor==4.3.0 dumb-init==1.2.5.post1";
    private static final String LIBRARIES = "packaging pydantic-settings==2.16.3 python-decouple==3.8 environs==15.2.0"
            + " django-environ==0.14.0 sqlalchemy==2.1.9 psycopg2-binary==2.9.13 redis==8.1.0 pymongo==4.20.0";

    private final DockerClient client;
    private final String python;
    private final Map<String, String> bases = new ConcurrentHashMap<>();

    /** {@code python} is an image with Python 3.11, {@code pip} that may install, and setuptools below 81. */
    CaseImages(DockerClient client, String python) {
        this.client = client;
        this.python = python;
    }

    String of(Case one) {
        return build("bootgate-case/" + one.name(), one.dockerfileOn(base(one.base())), Optional.of(one));
    }

    private String base(String variant) {
        String libraries = bases.computeIfAbsent(Case.WITHOUT_GUNICORN, this::libraries);
        if (variant.equals(Case.WITHOUT_GUNICORN)) {
            return libraries;
        }
        String version = variant.substring(variant.indexOf(':') + 1);
        return bases.computeIfAbsent(
                variant,
                tag -> build(
                        "bootgate-case/" + tag,
                        "FROM " + libraries + "\nRUN pip install --no-cache-dir gunicorn==" + version + "\n",
                        Optional.empty()));
    }

    private String libraries(String tag) {
        return build(
                "bootgate-case/" + tag,
                "FROM " + python + "\nRUN pip install --no-cache-dir " + SERVERS + " " + LIBRARIES
                        + " && pip install --no-cache-dir --no-deps uvicorn-worker==0.4.0\n",
                Optional.empty());
    }

    private String build(String tag, String dockerfile, Optional<Case> files) {
        StringBuilder output = new StringBuilder();
        BuildImageResultCallback callback = new BuildImageResultCallback() {
            @Override
            public void onNext(BuildResponseItem item) {
                if (item.getStream() != null) {
                    output.append(item.getStream());
                }
                super.onNext(item);
            }
        };
        try {
            client.buildImageCmd(new ByteArrayInputStream(context(dockerfile, files)))
                    .withTags(Set.of(tag))
                    .withForcerm(true)
                    .exec(callback)
                    .awaitImageId();
            return tag;
        } catch (RuntimeException e) {
            throw new IllegalStateException("Cannot build " + tag + ":\n" + output, e);
        }
    }

    private static byte[] context(String dockerfile, Optional<Case> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            put(tar, "Dockerfile", dockerfile.getBytes(StandardCharsets.UTF_8), false);
            if (files.isPresent()) {
                Case one = files.get();
                for (Map.Entry<String, byte[]> file : one.files().entrySet()) {
                    put(tar, "app/" + file.getKey(), file.getValue(), one.isExecutable(file.getKey()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void put(TarArchiveOutputStream tar, String path, byte[] content, boolean executable)
            throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(path);
        entry.setSize(content.length);
        entry.setMode(executable ? 0100755 : 0100644);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }
}
