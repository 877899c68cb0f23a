package io.bootgate.deployment;

import io.bootgate.deployment.Deployment.Network;
import io.bootgate.deployment.Deployment.Port;
import io.bootgate.deployment.Deployment.RestartPolicy;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Containers that are deployed together: a container group, a pod, the services of a Compose file. A file may hold several. */
public record Workload(
        String name,
        Network network,
        Optional<RestartPolicy> restartPolicy,
        List<Port> publicPorts,
        List<DeployedContainer> initContainers,
        List<DeployedContainer> containers) {

    public boolean has(String container) {
        return Stream.concat(initContainers.stream(), containers.stream())
                .anyMatch(one -> one.name().equals(container));
    }
}
