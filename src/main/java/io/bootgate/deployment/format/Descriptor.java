package io.bootgate.deployment.format;

import io.bootgate.deployment.Deployment;
import io.bootgate.deployment.Deployment.Format;
import io.bootgate.deployment.DeploymentException;
import io.bootgate.deployment.SourceFiles;
import io.bootgate.deployment.Workload;
import io.bootgate.deployment.azure.ContainerGroup;
import io.bootgate.deployment.azure.Template;
import io.bootgate.deployment.azure.TerraformPlan;
import io.bootgate.deployment.compose.ComposeFile;
import io.bootgate.deployment.document.DocumentReader;
import io.bootgate.deployment.document.Findings;
import io.bootgate.deployment.document.Node;
import io.bootgate.deployment.document.Part;
import io.bootgate.deployment.kubernetes.Manifests;
import java.util.List;
import java.util.Optional;

/** Reads a deployment descriptor of any kind. */
public final class Descriptor {
    private Descriptor() {}

    /**
     * Reads the file as its platform would.
     *
     * @param parameters file with values for what the descriptor leaves open
     * @param container the one that is asked for; where the file has several workloads, its workload is read
     */
    public static Deployment read(
            String file, SourceFiles files, Optional<String> parameters, Optional<String> container) {
        Findings findings = new Findings(file);
        return workloads(file, files, parameters, container, findings).deployment(container);
    }

    /** The same with everybody that is deployed together with that container. */
    public static Deployment readAround(String file, SourceFiles files, Optional<String> parameters, String container) {
        Findings findings = new Findings(file);
        return workloads(file, files, parameters, Optional.empty(), findings).around(container);
    }

    private static Workloads workloads(
            String file,
            SourceFiles files,
            Optional<String> parameters,
            Optional<String> container,
            Findings findings) {
        String text = files.text(file).orElseThrow(() -> new DeploymentException("There is no file " + file + "."));
        OtherLanguage.check(file, text);
        List<Node> documents = DocumentReader.read(text, findings);
        Format format = Formats.of(documents, findings);
        List<Workload> workloads = switch (format) {
            case ACI_YAML -> List.of(ContainerGroup.read(Part.anyCase(documents.get(0), findings)));
            case K8S -> Manifests.read(documents, findings);
            case COMPOSE -> ComposeFile.read(documents.get(0), files, parameters, container, findings);
            case ARM_JSON -> Template.read(documents.get(0), files, parameters, findings);
            case TERRAFORM_PLAN -> TerraformPlan.read(documents.get(0), findings);
        };
        return new Workloads(format, workloads, findings);
    }
}
