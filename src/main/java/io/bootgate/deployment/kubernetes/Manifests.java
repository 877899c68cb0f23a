package io.bootgate.deployment.kubernetes;

import io.bootgate.deployment.DeploymentException;
import io.bootgate.deployment.Workload;
import io.bootgate.deployment.document.Findings;
import io.bootgate.deployment.document.Node;
import io.bootgate.deployment.document.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The objects of a file, lists of objects opened. */
public final class Manifests {
    private final List<Part> objects = new ArrayList<>();

    private Manifests() {}

    /** The pods that the file makes, in its order. */
    public static List<Workload> read(List<Node> documents, Findings findings) {
        Manifests manifests = new Manifests();
        documents.forEach(document -> manifests.add(Part.root(document, findings)));
        References references = References.of(manifests.objects);
        List<Workload> workloads = new ArrayList<>();
        for (Part object : manifests.objects) {
            podTemplate(object).ifPresent(template -> workloads.add(Pod.read(object, template, references)));
        }
        if (workloads.isEmpty()) {
            throw new DeploymentException(manifests.withoutPods(findings.file()));
        }
        return workloads;
    }

    private void add(Part object) {
        if (!object.isGiven()) {
            return;
        }
        if (!object.isMapping()) {
            throw object.expected("an object with apiVersion and kind");
        }
        if (kind(object).endsWith("List") && object.get("items").isList()) {
            object.get("items").items().forEach(this::add);
        } else {
            objects.add(object);
        }
    }

    static String kind(Part object) {
        return object.get("kind").isText() ? object.get("kind").text().orElse("") : "";
    }

    /** What has metadata and spec of the pods that an object makes, whatever its kind. */
    private static Optional<Part> podTemplate(Part object) {
        Part spec = object.get("spec");
        if (!spec.isMapping()) {
            return Optional.empty();
        }
        if (kind(object).equals("Pod")) {
            return Optional.of(object);
        }
        return List.of(spec.get("template"), inJob(spec)).stream()
                .filter(template -> template.isMapping() && template.get("spec").isMapping())
                .filter(template -> template.get("spec").has("containers"))
                .findFirst();
    }

    private static Part inJob(Part spec) {
        Part job = spec.get("jobTemplate");
        return job.isMapping() && job.get("spec").isMapping() ? job.get("spec").get("template") : job;
    }

    private String withoutPods(String file) {
        String kinds = objects.stream().map(Manifests::kind).distinct().collect(Collectors.joining(", "));
        if (kinds.contains("Kustomization")) {
            return "%s is a kustomization, which only kubectl puts together rightly. Write the result with \"kubectl kustomize . > all.yaml\", and give all.yaml."
                    .formatted(file);
        }
        return "%s makes no pods: it has objects of the kind %s, but no Deployment, StatefulSet, DaemonSet, Job, CronJob or Pod."
                .formatted(file, kinds);
    }
}
