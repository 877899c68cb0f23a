package io.bootgate.deployment.format;

import io.bootgate.deployment.Deployment.Format;
import io.bootgate.deployment.DeploymentException;
import io.bootgate.deployment.document.Findings;
import io.bootgate.deployment.document.Node;
import io.bootgate.deployment.document.Part;
import java.util.List;
import java.util.Locale;

/** Tells a descriptor's format by what it contains; names of files say nothing. */
final class Formats {
    private static final String READABLE =
            "Bootgate reads container groups of Azure (YAML, ARM template), Docker Compose files, Kubernetes manifests and Terraform plans.";

    private Formats() {}

    static Format of(List<Node> documents, Findings findings) {
        List<Part> parts = documents.stream()
                .map(document -> Part.anyCase(document, findings))
                .filter(Part::isGiven)
                .toList();
        if (parts.isEmpty()) {
            throw new DeploymentException(findings.file() + " has no content.");
        }
        Part first = parts.get(0);
        if (!first.isMapping()) {
            throw first.expected("a deployment descriptor");
        }
        if (parts.stream().anyMatch(part -> part.isMapping() && part.has("kind") && part.has("apiVersion"))) {
            return Format.K8S;
        }
        if (first.has("planned_values") || (first.has("format_version") && first.has("terraform_version"))) {
            return Format.TERRAFORM_PLAN;
        }
        if (isTemplate(first)) {
            return Format.ARM_JSON;
        }
        if (first.get("properties").isMapping()
                && (first.get("properties").has("containers") || isGroup(first) || first.has("apiVersion"))) {
            return Format.ACI_YAML;
        }
        if (first.get("services").isMapping()) {
            return Format.COMPOSE;
        }
        throw findings.malformed(first.place(), explanation(first) + " " + READABLE);
    }

    private static boolean isTemplate(Part document) {
        return document.has("resources") && (document.has("$schema") || document.has("contentVersion"));
    }

    private static boolean isGroup(Part document) {
        return document.get("type").isText()
                && document.get("type")
                        .text()
                        .orElse("")
                        .toLowerCase(Locale.ROOT)
                        .startsWith("microsoft.containerinstance/containergroups");
    }

    private static String explanation(Part document) {
        if (document.has("$schema") && document.has("parameters")) {
            return "this is a file of parameters, not the template that they are for: give it as <deploymentParameters>.";
        }
        if (document.has("services")) {
            return "the key services has no services in it.";
        }
        return "this is no deployment descriptor: it has none of the keys that tell one (apiVersion and kind; apiVersion and properties; services; resources and $schema).";
    }
}
