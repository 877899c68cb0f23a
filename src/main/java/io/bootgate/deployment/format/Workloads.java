package io.bootgate.deployment.format;

import io.bootgate.deployment.DeployedContainer;
import io.bootgate.deployment.Deployment;
import io.bootgate.deployment.Deployment.Format;
import io.bootgate.deployment.Deployment.Network;
import io.bootgate.deployment.DeploymentException;
import io.bootgate.deployment.Workload;
import io.bootgate.deployment.document.Findings;
import io.bootgate.deployment.document.Node.Place;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes one deployment of what is in a file. */
record Workloads(Format format, List<Workload> all, Findings findings) {

    /** Of all of them, or of the one with that container, and of that container alone. */
    Deployment deployment(Optional<String> container) {
        return of(container.map(name -> List.of(with(name))).orElse(all), container);
    }

    /** Of the one with that container, whole. */
    Deployment around(String container) {
        return of(List.of(with(container)), Optional.empty());
    }

    private Deployment of(List<Workload> chosen, Optional<String> container) {
        if (chosen.isEmpty()) {
            throw new DeploymentException(findings.file() + " deploys no container.");
        }
        if (chosen.size() > 1) {
            findings.warning(
                    "SEVERAL_WORKLOADS",
                    new Place(1, 1),
                    "The file has %d workloads (%s), which do not share a network. Choose one by naming its container in <deploymentContainer>."
                            .formatted(
                                    chosen.size(),
                                    chosen.stream().map(Workload::name).collect(Collectors.joining(", "))));
        }
        return new Deployment(
                findings.file(),
                format,
                chosen.size() > 1 ? Network.NAMES : chosen.get(0).network(),
                restartPolicy(chosen),
                chosen.stream()
                        .flatMap(workload -> workload.publicPorts().stream())
                        .distinct()
                        .toList(),
                only(container, chosen.stream().flatMap(workload -> workload.initContainers().stream()), true),
                only(container, chosen.stream().flatMap(workload -> workload.containers().stream()), false),
                findings.inOrder());
    }

    private Workload with(String container) {
        return all.stream()
                .filter(workload -> workload.has(container))
                .findFirst()
                .orElseThrow(() -> new DeploymentException(
                        "<deploymentContainer> is \"%s\", but %s has no container of that name. There are: %s."
                                .formatted(
                                        container,
                                        findings.file(),
                                        all.stream()
                                                .flatMap(workload -> Stream.concat(
                                                        workload.containers().stream(),
                                                        workload.initContainers().stream()))
                                                .map(DeployedContainer::name)
                                                .distinct()
                                                .collect(Collectors.joining(", ")))));
    }

    /** The one that is asked for; what is initialised before it stays. */
    private static List<DeployedContainer> only(
            Optional<String> name, Stream<DeployedContainer> containers, boolean init) {
        return containers
                .filter(one -> init || name.isEmpty() || one.name().equals(name.get()))
                .toList();
    }

    private static Optional<Deployment.RestartPolicy> restartPolicy(List<Workload> workloads) {
        List<Optional<Deployment.RestartPolicy>> policies =
                workloads.stream().map(Workload::restartPolicy).distinct().toList();
        return policies.size() == 1 ? policies.get(0) : Optional.empty();
    }
}
