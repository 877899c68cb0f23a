package io.bootgate.gate;

import io.bootgate.deployment.DeployedContainer;
import io.bootgate.deployment.Deployment;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Finds out which container of a deployment runs the image under test.
 *
 * @param image reference of that image
 * @param service short name of the project
 * @param built whether the image is built here
 */
public record OwnContainer(String image, String service, boolean built) {

    /**
     * The container's name.
     *
     * @throws IllegalArgumentException if it cannot be told; names all of them
     */
    public DeployedContainer in(Deployment deployment) {
        List<DeployedContainer> all = deployment.containers();
        List<Predicate<DeployedContainer>> ways = List.of(
                this::hasRepository,
                container -> built && container.ties().source().isPresent(),
                this::hasName,
                container -> container.name().equals(service),
                container -> true);
        for (Predicate<DeployedContainer> way : ways) {
            List<DeployedContainer> found = all.stream().filter(way).toList();
            if (found.size() == 1) {
                return found.get(0);
            }
            // Of a service and its workers, which run the same image, the one that is asked for something.
            List<DeployedContainer> asked =
                    found.stream().filter(one -> !one.ports().isEmpty()).toList();
            if (asked.size() == 1 && !way.equals(ways.get(ways.size() - 1))) {
                return asked.get(0);
            }
        }
        throw new IllegalArgumentException(
                "%s deploys %d containers, and which of them runs %s is not clear: %s. Name it in <deploymentContainer>. Example: <deploymentContainer>%s</deploymentContainer>"
                        .formatted(
                                deployment.file(),
                                all.size(),
                                image,
                                all.stream().map(OwnContainer::shown).collect(Collectors.joining(", ")),
                                all.isEmpty() ? "web" : all.get(0).name()));
    }

    private static String shown(DeployedContainer container) {
        return container.name()
                + container.image().map(reference -> " (" + reference + ")").orElse("");
    }

    private boolean hasRepository(DeployedContainer container) {
        return container.image().map(OwnContainer::repository).equals(Optional.of(repository(image)));
    }

    /** Registries and their paths differ from place to place. */
    private boolean hasName(DeployedContainer container) {
        Optional<String> name = container.image().map(OwnContainer::repository).map(OwnContainer::last);
        return name.filter(known -> known.equals(last(repository(image))) || known.equals(service))
                .isPresent();
    }

    private static String last(String repository) {
        return repository.substring(repository.lastIndexOf('/') + 1);
    }

    /** Without tag, digest, and the registry that is meant where none is named. */
    static String repository(String reference) {
        return reference
                .replaceFirst("@.*$", "")
                .replaceFirst(":[^/:]+$", "")
                .replaceFirst("^docker\\.io/", "")
                .replaceFirst("^library/", "");
    }
}
