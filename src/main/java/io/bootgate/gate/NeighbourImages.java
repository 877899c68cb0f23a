package io.bootgate.gate;

import io.bootgate.deployment.DeployedContainer;
import io.bootgate.engine.ContainerEngine;
import io.bootgate.engine.EngineException;
import io.bootgate.engine.ImageFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The images of the containers beside: those that the descriptor names, or the one under test where they run the same. */
final class NeighbourImages {
    private final ContainerEngine engine;
    private final GateLog log;
    private final DeployedContainer own;
    private final ImageFacts ownImage;
    private final String ownReference;
    private final Map<String, ImageFacts> found = new HashMap<>();

    NeighbourImages(
            ContainerEngine engine, GateLog log, DeployedContainer own, ImageFacts ownImage, String ownReference) {
        this.engine = engine;
        this.log = log;
        this.own = own;
        this.ownImage = ownImage;
        this.ownReference = ownReference;
    }

    /** An image with the reference to create containers of it by. */
    record Found(String reference, ImageFacts facts) {}

    /**
     * Finds or pulls all of them.
     *
     * @throws EngineException if some cannot be had; names all of these
     */
    void check(List<DeployedContainer> neighbours) {
        List<String> missing = new ArrayList<>();
        for (DeployedContainer neighbour : neighbours) {
            if (!isOwn(neighbour)) {
                why(neighbour).ifPresent(reason -> missing.add("%s (%s)".formatted(neighbour.name(), reason)));
            }
        }
        if (!missing.isEmpty()) {
            String name = missing.get(0).replaceFirst(" .*", "");
            throw new EngineException(
                    "%d of the containers that %s is deployed with cannot be booted: %s. Make the image available to the engine, or boot without: <leaveOut><name>%s</name></leaveOut>"
                            .formatted(missing.size(), own.name(), String.join("; ", missing), name));
        }
    }

    private Optional<String> why(DeployedContainer neighbour) {
        if (neighbour.image().isEmpty()) {
            return Optional.of(neighbour
                    .ties()
                    .source()
                    .map(source -> "it is built from " + source.replaceFirst("\\|.*", "")
                            + ", and the descriptor gives its image no name")
                    .orElse("its image is not known"));
        }
        String reference = neighbour.image().get();
        Optional<ImageFacts> present = engine.image(reference);
        if (present.isEmpty()) {
            try {
                log.info("Pulling " + reference);
                engine.pull(reference, neighbour.platform(), log::debug);
                present = engine.image(reference);
            } catch (EngineException e) {
                return Optional.of(reference + ": " + e.getMessage());
            }
        }
        present.ifPresent(facts -> found.put(reference, facts));
        return present.isPresent() ? Optional.empty() : Optional.of(reference + " is not there");
    }

    Found of(DeployedContainer neighbour) {
        if (isOwn(neighbour)) {
            return new Found(ownReference, ownImage);
        }
        String reference = neighbour.image().orElseThrow();
        ImageFacts facts = found.get(reference);
        if (facts == null) {
            throw new IllegalStateException("not checked: " + reference);
        }
        return new Found(reference, facts);
    }

    /** Built from the same, or of the same name: a worker, or the migration before the service. */
    private boolean isOwn(DeployedContainer neighbour) {
        boolean sameSource = neighbour.ties().source().isPresent()
                && neighbour.ties().source().equals(own.ties().source());
        boolean sameName = neighbour.image().isPresent() && neighbour.image().equals(own.image());
        return sameSource || sameName;
    }
}
