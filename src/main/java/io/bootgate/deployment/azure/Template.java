package io.bootgate.deployment.azure;

import io.bootgate.deployment.DeploymentException;
import io.bootgate.deployment.SourceFiles;
import io.bootgate.deployment.Workload;
import io.bootgate.deployment.document.DocumentReader;
import io.bootgate.deployment.document.Findings;
import io.bootgate.deployment.document.Mapping;
import io.bootgate.deployment.document.Node;
import io.bootgate.deployment.document.Part;
import io.bootgate.deployment.document.Scalar;
import io.bootgate.deployment.document.Unknown;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A template of Azure Resource Manager, as JSON; what Bicep is compiled to is one. */
public final class Template {
    private static final String GROUP = "microsoft.containerinstance/containergroups";
    private static final String DEPLOYMENT = "microsoft.resources/deployments";
    private static final int DEEPEST = 10;

    private final List<Workload> workloads = new ArrayList<>();
    private final Findings findings;

    private Template(Findings findings) {
        this.findings = findings;
    }

    /** The container groups of the template and of the templates nested in it. */
    public static List<Workload> read(
            Node document, SourceFiles files, Optional<String> parameters, Findings findings) {
        Template template = new Template(findings);
        Part root = Part.anyCase(document, findings);
        Map<String, Node> given =
                parameters.map(file -> template.given(file, files)).orElse(Map.of());
        template.checkDeclared(given, root, parameters);
        template.resources(root, new TemplateScope(root, given), 0);
        if (template.workloads.isEmpty()) {
            throw new DeploymentException(
                    "%s is a template without a container group (Microsoft.ContainerInstance/containerGroups) that is deployed."
                            .formatted(findings.file()));
        }
        return template.workloads;
    }

    private Map<String, Node> given(String file, SourceFiles files) {
        String text = files.text(file)
                .orElseThrow(() -> new DeploymentException(
                        "There is no file %s, which <deploymentParameters> names.".formatted(file)));
        Findings there = findings.in(file);
        Part root = Part.anyCase(DocumentReader.read(text, there).get(0), there);
        return given(root.has("parameters") ? root.get("parameters") : root);
    }

    /** Values by name, each in {@code value} as files of parameters have it. */
    private static Map<String, Node> given(Part parameters) {
        Map<String, Node> given = new HashMap<>();
        parameters.fields().forEach((name, part) -> {
            Node value = new Scalar(part.place(), "null", true);
            if (part.isMapping() && part.has("reference")) {
                value = new Unknown(part.place(), "its value is in a Key Vault", true);
            } else if (part.isMapping() && part.has("value")) {
                value = part.get("value").node().orElse(value);
            } else if (part.isGiven() && !name.startsWith("$") && !name.equalsIgnoreCase("contentVersion")) {
                value = part.node().orElse(value);
            } else {
                return;
            }
            given.put(name.toLowerCase(Locale.ROOT), value);
        });
        return given;
    }

    private void checkDeclared(Map<String, Node> given, Part root, Optional<String> file) {
        given.forEach((name, value) -> {
            if (!root.get("parameters").has(name)) {
                findings.in(file.orElse(findings.file()))
                        .error(
                                "UNKNOWN_REFERENCE",
                                value.place(),
                                "The parameter %s is not declared in the template, which Azure refuses."
                                        .formatted(name));
            }
        });
    }

    private void resources(Part template, TemplateScope scope, int depth) {
        if (depth > DEEPEST) {
            throw findings.malformed(template.place(), "templates are nested deeper than " + DEEPEST + " levels.");
        }
        Part resources = template.get("resources");
        List<Part> all = resources.isMapping() ? List.copyOf(resources.fields().values()) : resources.items();
        for (Part resource : all) {
            if (!resource.isMapping() || resource.get("existing").flag().orElse(false)) {
                continue;
            }
            String type = resource.get("type").text().orElse("").toLowerCase(Locale.ROOT);
            if (type.equals(GROUP) && isDeployed(resource, scope)) {
                group(resource, scope);
            } else if (type.equals(DEPLOYMENT) && isDeployed(resource, scope)) {
                nested(resource, scope, depth);
            }
        }
    }

    private boolean isDeployed(Part resource, TemplateScope scope) {
        Part condition = resource.get("condition");
        Optional<Node> value = condition.node().map(scope::evaluate);
        if (value.isPresent() && value.get() instanceof Unknown unknown) {
            findings.notice(
                    "UNRESOLVED",
                    condition.place(),
                    "Whether the resource is deployed is not known: %s. It is read as if it were."
                            .formatted(unknown.why()));
            return true;
        }
        try {
            return value.map(Functions::flag).orElse(true);
        } catch (IllegalArgumentException e) {
            throw condition.expected("true or false");
        }
    }

    private void group(Part resource, TemplateScope scope) {
        if (resource.get("copy").isGiven()) {
            findings.warning(
                    "UNRESOLVED",
                    resource.get("copy").place(),
                    "A copy loop deploys this container group several times; it is read once, and what depends on copyIndex() is not known.");
        }
        resource.node()
                .map(scope::evaluate)
                .ifPresent(group -> workloads.add(ContainerGroup.read(Part.anyCase(group, findings))));
    }

    /** A template in a template sees its own parameters where it says so, else those around it. */
    private void nested(Part resource, TemplateScope scope, int depth) {
        Part properties = resource.get("properties");
        Part template = properties.get("template");
        if (!template.isMapping()) {
            return;
        }
        boolean inner = properties
                .get("expressionEvaluationOptions")
                .get("scope")
                .text()
                .filter("inner"::equalsIgnoreCase)
                .isPresent();
        Node given = properties
                .get("parameters")
                .node()
                .map(scope::evaluate)
                .orElseGet(() -> new Mapping(properties.place(), List.of()));
        resources(
                template, inner ? new TemplateScope(template, given(Part.anyCase(given, findings))) : scope, depth + 1);
    }
}
