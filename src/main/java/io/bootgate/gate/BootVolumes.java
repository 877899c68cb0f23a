package io.bootgate.gate;

import io.bootgate.deployment.DeployedContainer;
import io.bootgate.deployment.DeployedContainer.Mount;
import io.bootgate.deployment.Deployment.Format;
import io.bootgate.engine.Container;
import io.bootgate.engine.ContainerEngine;
import io.bootgate.engine.ContainerSpec;
import io.bootgate.engine.ContainerSpec.VolumeMount;
import io.bootgate.engine.Resource;
import io.bootgate.engine.VolumeSpec;
import io.bootgate.timeline.BootEvent;
import io.bootgate.timeline.BootEvent.FilesHidden;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The volumes of one boot: made when they are first mounted, shared by whoever mounts them, and removed with the boot. */
final class BootVolumes implements AutoCloseable {
    /** What holds nothing but what the containers write. */
    private static final Set<String> EMPTY_EVERYWHERE = Set.of("emptyDir", "volume", "ephemeral");

    private static final int MOST_NAMES = 500;

    private final ContainerEngine engine;
    private final GateLog log;
    private final Format format;
    private final String name;
    private final String image;
    private final MountedFiles files;
    private final Map<String, Resource> made = new HashMap<>();
    private final Set<String> told = new LinkedHashSet<>();

    /** {@code image} is one that the engine has. */
    BootVolumes(ContainerEngine engine, GateLog log, Format format, String name, String image, MountedFiles files) {
        this.engine = engine;
        this.log = log;
        this.format = format;
        this.name = name;
        this.image = image;
        this.files = files;
    }

    /** The container with its volumes. */
    ContainerSpec mounted(ContainerSpec spec, DeployedContainer container) {
        List<VolumeMount> mounts = new ArrayList<>();
        for (Mount mount : container.mounts()) {
            if (isFolder(mount)) {
                mounts.add(folder(mount, container));
            }
        }
        if (spec.readOnly()) {
            filesByFolder(container)
                    .forEach((folder, contents) -> mounts.add(new VolumeMount(
                            volume(container.name() + ":" + folder, new VolumeSpec(contents, false)),
                            folder,
                            true,
                            false)));
        }
        return mounts.isEmpty() ? spec : spec.mounting(mounts);
    }

    /** Puts the mounts that are files into a container that is not started yet. */
    void place(Container created, ContainerSpec spec, DeployedContainer container) {
        if (!spec.readOnly()) {
            container.mounts().stream()
                    .filter(mount -> !isTmpfs(mount))
                    .forEach(mount -> files.file(mount).ifPresent(content -> created.putFile(mount.path(), content)));
        }
    }

    /** What the mounts hide of the image. */
    List<BootEvent> hidden(ContainerSpec spec, DeployedContainer container) {
        List<Mount> covering = container.mounts().stream()
                .filter(mount -> isFolder(mount) && !copiesImage(mount))
                .toList();
        if (covering.isEmpty()) {
            return List.of();
        }
        List<BootEvent> hidden = new ArrayList<>();
        try (Container bare = engine.create(
                ContainerSpec.of(spec.image()).withName(spec.name()).withEntrypoint(List.of("/bin/true")))) {
            for (Mount mount : covering) {
                Set<String> there = files.folder(mount).keySet();
                List<String> gone = bare.list(mount.path(), MOST_NAMES).stream()
                        .filter(name ->
                                !there.contains(name) && there.stream().noneMatch(file -> file.startsWith(name + "/")))
                        .toList();
                if (!gone.isEmpty()) {
                    hidden.add(new FilesHidden(
                            Duration.ZERO, mount.path(), mount.kind().orElse("volume"), gone));
                }
            }
        }
        return hidden;
    }

    private boolean isFolder(Mount mount) {
        return !isTmpfs(mount) && files.file(mount).isEmpty() && !files.isLeftOut(mount);
    }

    private static boolean isTmpfs(Mount mount) {
        return mount.kind().filter("tmpfs"::equals).isPresent();
    }

    /** Compose's own volumes begin with what the image has there. */
    private boolean copiesImage(Mount mount) {
        return format == Format.COMPOSE && mount.kind().filter("volume"::equals).isPresent();
    }

    private VolumeMount folder(Mount mount, DeployedContainer container) {
        boolean copies = copiesImage(mount);
        String key = mount.volume().map(name -> "volume " + name).orElse(container.name() + " " + mount.path())
                + mount.content().subPath().map(part -> " " + part).orElse("");
        tell(mount);
        String volume = volume(key, new VolumeSpec(files.folder(mount), !copies));
        return new VolumeMount(volume, mount.path(), mount.readOnly(), copies);
    }

    private String volume(String key, VolumeSpec spec) {
        return made.computeIfAbsent(key, unknown -> engine.volume(name, spec, image))
                .name();
    }

    private void tell(Mount mount) {
        String kind = mount.kind().orElse("volume");
        if (!EMPTY_EVERYWHERE.contains(kind)
                && files.folder(mount).isEmpty()
                && told.add(mount.volume().orElse("") + mount.path())) {
            log.info("The volume %s at %s is booted as an empty folder: what it holds is known to the platform only"
                    .formatted(
                            mount.volume().map(name -> name + " (" + kind + ")").orElse(kind), mount.path()));
        }
    }

    private Map<String, Map<String, String>> filesByFolder(DeployedContainer container) {
        Map<String, Map<String, String>> byFolder = new LinkedHashMap<>();
        for (Mount mount : container.mounts()) {
            Optional<String> content = isTmpfs(mount) ? Optional.empty() : files.file(mount);
            int slash = mount.path().lastIndexOf('/');
            content.filter(known -> slash > 0)
                    .ifPresent(known -> byFolder.computeIfAbsent(
                                    mount.path().substring(0, slash), none -> new LinkedHashMap<>())
                            .put(mount.path().substring(slash + 1), known));
        }
        return byFolder;
    }

    @Override
    public void close() {
        made.values().forEach(Resource::close);
    }
}
