package io.bootgate.goal;

import io.bootgate.deployment.Deployment;
import io.bootgate.deployment.DeploymentFinding.Severity;
import io.bootgate.deployment.format.Descriptor;
import io.bootgate.report.DeploymentJson;
import io.bootgate.report.DeploymentTable;
import io.bootgate.report.VariableMask;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Tells how a deployment descriptor was understood: containers, variables, limits, ports, probes, mounts, and what the
 * platform would refuse. As a table on the console, and for programs in {@code deployment.json}.
 *
 * <p>Needs no project and no engine.
 *
 * @since 0.1.0
 */
@Mojo(name = "describe", threadSafe = true, requiresProject = false)
public final class DescribeMojo extends ReadingMojo {
    private static final String FILE = "deployment.json";

    /**
     * The descriptor: a container group of Azure (YAML, ARM template, the JSON that {@code bicep build} writes), a Compose
     * file, Kubernetes manifests, or a Terraform plan ({@code terraform show -json}). Told apart by content. Example:
     * {@code deploy/aci.yaml}
     *
     * @since 0.1.0
     */
    @Parameter(property = "bootgate.deployment")
    private @Nullable File deployment;

    /**
     * Values for what the descriptor leaves open: the file of parameters of an ARM template, or {@code NAME=value} lines for
     * the variables of a Compose file, read instead of {@code .env}. Example: {@code deploy/parameters.json}
     *
     * @since 0.1.0
     */
    @Parameter(property = "bootgate.deploymentParameters")
    private @Nullable File deploymentParameters;

    /**
     * Name of the one container to describe. By default all are. Example: {@code web}
     *
     * @since 0.1.0
     */
    @Parameter(property = "bootgate.deploymentContainer")
    private @Nullable String deploymentContainer;

    @Override
    void read(Place place) throws MojoExecutionException {
        Deployment read = Descriptor.read(
                place.shown(required()),
                new ProjectFiles(place.base()),
                Optional.ofNullable(deploymentParameters).map(place::shown),
                Optional.ofNullable(deploymentContainer).map(String::strip).filter(name -> !name.isEmpty()));
        VariableMask mask = VariableMask.of(read, secretEnv());
        try (OutputFolder folder = openOutput(place)) {
            write(folder.file(FILE), read, mask);
            DeploymentTable.lines(read, mask, paint()).forEach(getLog()::info);
            tellFindings(read, mask);
            getLog().info("");
            getLog().info("Written to " + place.shown(folder.file(FILE).toFile()));
        }
    }

    private void tellFindings(Deployment read, VariableMask mask) {
        List<String> findings = DeploymentTable.findings(read.findings(), mask);
        if (!findings.isEmpty()) {
            getLog().info("");
        }
        for (int i = 0; i < findings.size(); i++) {
            if (read.findings().get(i).severity() == Severity.NOTICE) {
                getLog().info(findings.get(i));
            } else {
                getLog().warn(findings.get(i));
            }
        }
    }

    private static void write(Path file, Deployment read, VariableMask mask) {
        try {
            DeploymentJson.write(file, read, mask);
        } catch (IOException e) {
            throw new UncheckedIOException("The description %s cannot be written".formatted(file), e);
        }
    }

    private File required() {
        if (deployment == null) {
            throw new IllegalArgumentException(
                    "bootgate:describe needs <deployment>, the descriptor to read. Example: -Dbootgate.deployment=deploy/aci.yaml");
        }
        return deployment;
    }
}
