package io.bootgate.goal;

import io.bootgate.deployment.DeployedContainer;
import io.bootgate.deployment.Deployment;
import io.bootgate.deployment.SourceFiles;
import io.bootgate.deployment.format.Descriptor;
import io.bootgate.gate.DeployedService;
import io.bootgate.gate.OwnContainer;
import java.util.Optional;
import java.util.Set;

/** A descriptor that is to be read for a service that it deploys. */
record DescriptorReading(String file, SourceFiles files, Optional<String> parameters, Set<String> leftOut) {

    /** The service in the container of that name, or in the one that is found to run its image. */
    DeployedService of(Optional<String> container, OwnContainer own) {
        Deployment described = Descriptor.read(file, files, parameters, container);
        String name = container.orElseGet(() -> own.in(described).name());
        Deployment around = Descriptor.readAround(file, files, parameters, name);
        DeployedContainer found = around.containers().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "<deploymentContainer> is \"%s\", which is an init container of %s: it ends before the service starts. Name the container that serves."
                                .formatted(name, file)));
        return new DeployedService(described, around, found, leftOut);
    }
}
