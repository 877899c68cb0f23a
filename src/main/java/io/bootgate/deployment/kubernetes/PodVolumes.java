package io.bootgate.deployment.kubernetes;

import io.bootgate.deployment.DeployedContainer.Mount;
import io.bootgate.deployment.MountContent;
import io.bootgate.deployment.Variable;
import io.bootgate.deployment.document.Part;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The volumes of a pod, and where they are mounted. */
final class PodVolumes {
    private final Map<String, Part> byName = new LinkedHashMap<>();
    private final Map<String, String> kinds = new LinkedHashMap<>();
    private final Map<String, MountContent> contents = new LinkedHashMap<>();
    private final Set<String> used = new HashSet<>();

    private PodVolumes() {}

    /** The claims are the templates of a StatefulSet, each of which makes a volume of its name. */
    static PodVolumes of(Part list, Part claims, References references, String namespace) {
        PodVolumes volumes = new PodVolumes();
        for (Part claim : claims.items()) {
            String name = References.name(claim);
            volumes.byName.put(name, claim);
            volumes.kinds.put(name, "persistentVolumeClaim");
            // Mounted or not, it is made for each pod.
            volumes.used.add(name);
        }
        for (Part item : list.items()) {
            volumes.add(item);
            volumes.checkSource(item, references, namespace);
        }
        return volumes;
    }

    private void add(Part item) {
        Optional<String> name = item.get("name").text();
        if (name.isEmpty()) {
            item.missing("name");
            return;
        }
        if (byName.put(name.get(), item) != null) {
            item.findings().error("DUPLICATE_NAME", item.place(), "Two volumes are named %s.".formatted(name.get()));
        }
        // A volume without a source is an emptyDir.
        kinds.put(
                name.get(),
                item.fields().keySet().stream()
                        .filter(key -> !key.equals("name"))
                        .findFirst()
                        .orElse("emptyDir"));
    }

    private void checkSource(Part item, References references, String namespace) {
        check(item, "configMap", "name", references, namespace);
        check(item, "secret", "secretName", references, namespace);
    }

    private void check(Part item, String kind, String field, References references, String namespace) {
        Part source = item.get(kind);
        if (!source.isMapping()) {
            return;
        }
        Optional<String> name = source.get(field).text();
        name.flatMap(known -> references.find(kind, known, namespace))
                .ifPresent(found ->
                        item.get("name").text().ifPresent(volume -> contents.put(volume, files(found, source))));
        if (name.isPresent() && references.find(kind, name.get(), namespace).isEmpty()) {
            item.findings()
                    .notice(
                            "UNKNOWN_REFERENCE",
                            item.place(),
                            "The %s %s is not in the file: the files of the volume are not known."
                                    .formatted(Environment.spoken(kind), name.get()));
        }
    }

    /** All keys, or the chosen ones under their paths. */
    private static MountContent files(References.Values values, Part source) {
        Map<String, String> files = new LinkedHashMap<>();
        if (source.get("items").isGiven()) {
            for (Part item : source.get("items").items()) {
                Optional<String> key = item.get("key").text();
                Optional<String> path = item.get("path").text();
                key.flatMap(values::get)
                        .flatMap(Variable::value)
                        .ifPresent(text -> files.put(path.or(() -> key).orElse(""), text));
            }
        } else {
            values.byKey().forEach((key, value) -> value.value().ifPresent(text -> files.put(key, text)));
        }
        return MountContent.of(files);
    }

    private MountContent content(Optional<String> volume, Part mount) {
        MountContent whole = volume.map(contents::get).orElse(MountContent.NONE);
        return mount.get("subPath").text().map(whole::below).orElse(whole);
    }

    List<Mount> mounts(Part list) {
        List<Mount> mounts = new ArrayList<>();
        for (Part item : list.items()) {
            item.warnOfOtherKeys(
                    "name", "mountPath", "readOnly", "subPath", "subPathExpr", "mountPropagation", "recursiveReadOnly");
            Optional<String> name = item.get("name").text();
            Optional<String> path = item.get("mountPath").text();
            if (name.isEmpty()) {
                item.missing("name");
            }
            if (path.isEmpty()) {
                item.missing("mountPath");
            }
            name.ifPresent(used::add);
            if (name.isPresent() && !byName.containsKey(name.get())) {
                item.findings()
                        .error(
                                "MOUNT_WITHOUT_VOLUME",
                                item.place(),
                                "%s mounts the volume \"%s\", but the pod has no volume of that name%s."
                                        .formatted(
                                                item.way(),
                                                name.get(),
                                                byName.isEmpty()
                                                        ? ""
                                                        : " (there are: " + String.join(", ", byName.keySet()) + ")"));
            }
            path.ifPresent(at -> mounts.add(new Mount(
                    at, name, name.map(kinds::get), item.get("readOnly").flag().orElse(false), content(name, item))));
        }
        return mounts;
    }

    void tellUnused() {
        byName.forEach((name, item) -> {
            if (!used.contains(name)) {
                item.findings()
                        .notice(
                                "VOLUME_UNUSED",
                                item.place(),
                                "The volume \"%s\" is mounted by no container.".formatted(name));
            }
        });
    }
}
