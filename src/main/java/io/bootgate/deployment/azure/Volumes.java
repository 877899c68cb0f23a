package io.bootgate.deployment.azure;

import io.bootgate.deployment.DeployedContainer.Mount;
import io.bootgate.deployment.MountContent;
import io.bootgate.deployment.document.Node.Place;
import io.bootgate.deployment.document.Part;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The volumes of a container group, and where they are mounted. */
final class Volumes {
    private static final List<String> KINDS = List.of("azureFile", "emptyDir", "secret", "gitRepo", "secretReference");

    private final Map<String, Volume> byName = new LinkedHashMap<>();
    private final Set<String> used = new HashSet<>();
    private final Part list;

    private record Volume(Optional<String> kind, boolean readOnly, MountContent content, Place place) {}

    private Volumes(Part list) {
        this.list = list;
    }

    static Volumes of(Part list) {
        Volumes volumes = new Volumes(list);
        for (Part item : list.items()) {
            volumes.add(item);
        }
        return volumes;
    }

    private void add(Part item) {
        Optional<String> name = item.get("name").text();
        if (name.isEmpty()) {
            if (!item.get("name").isGiven()) {
                item.missing("name");
            }
            return;
        }
        Optional<String> kind = KINDS.stream()
                .filter(key -> item.get(key).isGiven())
                .findFirst()
                .or(() -> KINDS.stream().filter(item::has).findFirst());
        if (kind.isEmpty()) {
            item.missing("azureFile, emptyDir, secret or gitRepo");
        }
        Part share = item.get("azureFile");
        if (share.isMapping()) {
            Stream.of("shareName", "storageAccountName")
                    .filter(key -> !share.get(key).isGiven())
                    .forEach(key -> share.findings()
                            .warning(
                                    "MISSING_FIELD",
                                    item.place(),
                                    "The volume %s has no azureFile.%s, which is required."
                                            .formatted(name.get(), key)));
        }
        boolean readOnly = share.get("readOnly").flag().orElse(false);
        if (byName.put(name.get(), new Volume(kind, readOnly, files(item.get("secret")), item.place())) != null) {
            item.findings().error("DUPLICATE_NAME", item.place(), "Two volumes are named %s.".formatted(name.get()));
        }
    }

    /** The files of a secret volume, whose values are in base64. */
    private static MountContent files(Part secret) {
        Map<String, String> files = new LinkedHashMap<>();
        if (secret.isMapping()) {
            secret.fields().forEach((name, value) -> {
                String encoded = value.text().orElse("").replaceAll("\\s", "");
                try {
                    Base64.getDecoder().decode(encoded);
                    files.put(name, encoded);
                } catch (IllegalArgumentException e) {
                    secret.findings()
                            .warning(
                                    "NOT_BASE64",
                                    value.place(),
                                    "The file %s of the secret volume is not base64.".formatted(name));
                }
            });
        }
        return new MountContent(files, Optional.empty());
    }

    List<Mount> mounts(Part mounts) {
        List<Mount> read = new ArrayList<>();
        for (Part mount : mounts.items()) {
            Optional<String> name = mount.get("name").text();
            Optional<String> path = mount.get("mountPath").text();
            if (!mount.get("mountPath").isGiven()) {
                mount.missing("mountPath");
            }
            if (!mount.get("name").isGiven()) {
                mount.missing("name");
            }
            Optional<Volume> volume = name.map(byName::get);
            name.ifPresent(used::add);
            if (volume.isEmpty() && name.isPresent() && list.unknown().isEmpty()) {
                mount.findings()
                        .error(
                                "MOUNT_WITHOUT_VOLUME",
                                mount.place(),
                                "%s mounts the volume \"%s\", but no volume of that name is in properties.volumes%s."
                                        .formatted(mount.way(), name.get(), there()));
            }
            path.filter(text -> text.contains(":"))
                    .ifPresent(text -> mount.findings()
                            .error(
                                    "NAME_INVALID",
                                    mount.place(),
                                    "The mount path \"%s\" has a colon, which Azure refuses.".formatted(text)));
            boolean readOnly = mount.get("readOnly").flag().orElse(false)
                    || volume.map(Volume::readOnly).orElse(false);
            path.ifPresent(at -> read.add(new Mount(
                    at,
                    name,
                    volume.flatMap(Volume::kind),
                    readOnly,
                    volume.map(Volume::content).orElse(MountContent.NONE))));
        }
        return read;
    }

    private String there() {
        return byName.isEmpty() ? "" : " (there are: " + String.join(", ", byName.keySet()) + ")";
    }

    void tellUnused() {
        byName.forEach((name, volume) -> {
            if (!used.contains(name)) {
                list.findings()
                        .notice(
                                "VOLUME_UNUSED",
                                volume.place(),
                                "The volume \"%s\" is mounted by no container.".formatted(name));
            }
        });
    }
}
