package io.bootgate.deployment.azure;

import io.bootgate.deployment.DeploymentException;
import io.bootgate.deployment.Workload;
import io.bootgate.deployment.document.DocumentReader;
import io.bootgate.deployment.document.Findings;
import io.bootgate.deployment.document.Mapping;
import io.bootgate.deployment.document.Mapping.Entry;
import io.bootgate.deployment.document.Node;
import io.bootgate.deployment.document.Part;
import io.bootgate.deployment.document.Scalar;
import io.bootgate.deployment.document.Sequence;
import io.bootgate.deployment.document.Unknown;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code terraform show -json} writes of a plan or a state: its container groups. */
public final class TerraformPlan {
    private static final int DEEPEST = 50;

    private final List<Workload> workloads = new ArrayList<>();
    private final Map<String, Node> unknown = new HashMap<>();
    private final Findings findings;

    private TerraformPlan(Findings findings) {
        this.findings = findings;
    }

    public static List<Workload> read(Node document, Findings findings) {
        TerraformPlan plan = new TerraformPlan(findings);
        Part root = Part.root(document, findings);
        for (Part change : root.get("resource_changes").items()) {
            change.get("change")
                    .get("after_unknown")
                    .node()
                    .ifPresent(
                            node -> change.get("address").text().ifPresent(address -> plan.unknown.put(address, node)));
        }
        plan.module(
                root.get(root.has("planned_values") ? "planned_values" : "values")
                        .get("root_module"),
                0);
        if (plan.workloads.isEmpty()) {
            throw new DeploymentException(
                    "%s has no container group (azurerm_container_group, or azapi_resource of that type)."
                            .formatted(findings.file()));
        }
        return plan.workloads;
    }

    private void module(Part module, int depth) {
        if (depth > DEEPEST) {
            throw findings.malformed(module.place(), "modules are nested deeper than " + DEEPEST + " levels.");
        }
        module.get("resources").items().forEach(this::resource);
        module.get("child_modules").items().forEach(child -> module(child, depth + 1));
    }

    private void resource(Part resource) {
        String type = resource.get("type").text().orElse("");
        boolean managed = resource.get("mode").text().orElse("managed").equals("managed");
        if (!managed || !resource.get("values").isMapping()) {
            return;
        }
        Node values = resource.get("values").node().orElseThrow();
        String address = resource.get("address").text().orElse("");
        Node known = withUnknown(values, unknown.get(address));
        Node marked = resource.get("sensitive_values")
                .node()
                .map(secret -> withSecret(known, secret))
                .orElse(known);
        Part part = Part.root(marked, findings);
        if (type.equals("azurerm_container_group")) {
            workloads.add(ContainerGroup.read(Part.anyCase(TerraformGroup.of(part), findings)));
        } else if (type.equals("azapi_resource")
                && part.get("type")
                        .text()
                        .orElse("")
                        .toLowerCase(Locale.ROOT)
                        .startsWith("microsoft.containerinstance/containergroups@")) {
            workloads.add(ContainerGroup.read(Part.anyCase(inAzuresOwnWords(part), findings)));
        }
    }

    private Node inAzuresOwnWords(Part part) {
        Part body = part.get("body");
        Node read = body.isText()
                ? DocumentReader.read(body.text().orElse("{}"), new Findings(findings.file()))
                        .get(0)
                : body.node().orElseGet(() -> new Mapping(part.place(), List.of()));
        List<Entry> entries = new ArrayList<>();
        part.get("name").node().ifPresent(name -> entries.add(new Entry(part.place(), "name", name)));
        if (read instanceof Mapping mapping) {
            entries.addAll(mapping.entries());
        }
        return new Mapping(part.place(), entries);
    }

    /** Puts in what is known only after the plan is applied: {@code true} in the second tree. */
    private static Node withUnknown(Node node, @Nullable Node unknown) {
        if (unknown instanceof Scalar flag && flag.text().equals("true")) {
            return new Unknown(node.place(), "known after apply", false);
        }
        if (node instanceof Mapping mapping && unknown instanceof Mapping open) {
            List<Entry> entries = new ArrayList<>();
            for (Entry entry : mapping.entries()) {
                Node value = withUnknown(entry.value(), open.get(entry.key()).orElse(null));
                entries.add(new Entry(entry.at(), entry.key(), value));
            }
            for (Entry entry : open.entries()) {
                if (mapping.get(entry.key()).isEmpty()
                        && withUnknown(new Scalar(mapping.place(), "null", true), entry.value())
                                instanceof Unknown value) {
                    entries.add(new Entry(mapping.place(), entry.key(), value));
                }
            }
            return new Mapping(mapping.place(), entries);
        }
        if (node instanceof Sequence list && unknown instanceof Sequence open) {
            List<Node> items = new ArrayList<>();
            for (int i = 0; i < list.items().size(); i++) {
                items.add(withUnknown(
                        list.items().get(i),
                        i < open.items().size() ? open.items().get(i) : null));
            }
            return new Sequence(list.place(), items);
        }
        return node;
    }

    private static Node withSecret(Node node, Node secret) {
        if (secret instanceof Scalar flag && flag.text().equals("true")) {
            return Values.secret(node);
        }
        if (node instanceof Mapping mapping && secret instanceof Mapping marked) {
            return new Mapping(
                    mapping.place(),
                    mapping.entries().stream()
                            .map(entry -> new Entry(
                                    entry.at(),
                                    entry.key(),
                                    marked.get(entry.key())
                                            .map(mark -> withSecret(entry.value(), mark))
                                            .orElse(entry.value())))
                            .toList());
        }
        if (node instanceof Sequence list && secret instanceof Sequence marked) {
            List<Node> items = new ArrayList<>();
            for (int i = 0; i < list.items().size(); i++) {
                items.add(
                        i < marked.items().size()
                                ? withSecret(list.items().get(i), marked.items().get(i))
                                : list.items().get(i));
            }
            return new Sequence(list.place(), items);
        }
        return node;
    }
}
