package io.bootgate.engine.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.SELContext;
import com.github.dockerjava.api.model.Volume;
import io.bootgate.engine.VolumeSpec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Puts files into a volume, through a container that has it mounted and is never started. */
final class VolumeFilling {
    private static final String FOLDER = "/bootgate-volume";
    private static final String MOUNT = FOLDER + "/v";

    private final EngineConnection engine;
    private final String volume;
    private final String image;
    private final Map<String, String> labels;

    VolumeFilling(EngineConnection engine, String volume, String image, Map<String, String> labels) {
        this.engine = engine;
        this.volume = volume;
        this.image = image;
        this.labels = labels;
    }

    void fill(VolumeSpec spec) {
        if (spec.files().isEmpty() && !spec.openToAll()) {
            return;
        }
        engine.ask("put files into a volume", () -> {
            String container = holder();
            try {
                put(container, spec);
            } finally {
                DockerContainer.remove(engine, container);
            }
            return true;
        });
    }

    private String holder() {
        CreateContainerCmd command = engine.client()
                .createContainerCmd(image)
                .withLabels(new LinkedHashMap<>(labels))
                .withEntrypoint("/bin/chmod")
                .withCmd("0777", MOUNT)
                .withUser("0")
                .withHostConfig(HostConfig.newHostConfig()
                        .withBinds(new Bind(volume, new Volume(MOUNT), AccessMode.rw, SELContext.none, true)));
        return command.exec().getId();
    }

    private void put(String container, VolumeSpec spec) throws IOException {
        boolean podman = engine.info().isPodman();
        if (podman && spec.openToAll()) {
            open(container);
        }
        // Docker takes the volume's own mode from the archive; Podman puts into it only what is asked for in it.
        Archive archive = new Archive();
        if (!podman && spec.openToAll()) {
            archive.folder("v/", 0777);
        }
        for (Map.Entry<String, String> file : spec.files().entrySet()) {
            archive.file((podman ? "" : "v/") + file.getKey(), file.getValue(), 0644);
        }
        if (archive.isEmpty()) {
            return;
        }
        engine.client()
                .copyArchiveToContainerCmd(container)
                .withRemotePath(podman ? MOUNT : FOLDER)
                .withTarInputStream(new ByteArrayInputStream(archive.bytes()))
                .exec();
    }

    /** By the image's own program, if it has one; an image without is left with what the engine makes. */
    private void open(String container) {
        try {
            engine.client().startContainerCmd(container).exec();
            engine.client()
                    .waitContainerCmd(container)
                    .exec(new WaitContainerResultCallback())
                    .awaitStatusCode(10, TimeUnit.SECONDS);
        } catch (DockerException e) {
            // There is no such program: the volume belongs to whoever mounts it first.
            return;
        }
    }
}
