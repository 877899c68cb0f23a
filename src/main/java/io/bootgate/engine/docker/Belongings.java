package io.bootgate.engine.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import io.bootgate.engine.EngineException;
import io.bootgate.engine.Resource;
import io.bootgate.engine.VolumeSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/** The networks and volumes of a session: made with its labels, removed with it, swept when it is dead. */
final class Belongings {
    private final EngineConnection engine;
    private final Session session;
    private final Set<Resource> alive = ConcurrentHashMap.newKeySet();

    Belongings(EngineConnection engine, Session session) {
        this.engine = engine;
        this.session = session;
    }

    Resource network(String name, Instant now) {
        engine.ask(
                "create a network",
                () -> engine.client()
                        .createNetworkCmd()
                        .withName(name)
                        .withDriver("bridge")
                        .withLabels(session.labels(now))
                        .exec());
        return kept(name, Belongings::removeNetwork);
    }

    Resource volume(String name, VolumeSpec spec, String image, Instant now) {
        engine.ask(
                "create a volume",
                () -> engine.client()
                        .createVolumeCmd()
                        .withName(name)
                        .withLabels(session.labels(now))
                        .exec());
        Resource volume = kept(name, Belongings::removeVolume);
        try {
            new VolumeFilling(engine, name, image, session.labels(now)).fill(spec);
        } catch (EngineException e) {
            volume.close();
            throw e;
        }
        return volume;
    }

    private Resource kept(String name, BiConsumer<DockerClient, String> removal) {
        Resource resource = new Kept(name, removal);
        alive.add(resource);
        return resource;
    }

    /** To be called when the containers are gone: what is in use stays. */
    void removeAll() {
        List.copyOf(alive).forEach(Resource::close);
    }

    /** Removes those of dead sessions. */
    void sweep(Instant now) {
        engine
                .ask(
                        "list networks",
                        () -> engine.client()
                                .listNetworksCmd()
                                .withFilter("label", List.of(Session.ID))
                                .exec())
                .stream()
                .filter(network -> isDead(network.getLabels(), now))
                .forEach(network -> remove(network.getId(), Belongings::removeNetwork));
        List<com.github.dockerjava.api.command.InspectVolumeResponse> volumes = engine.ask(
                        "list volumes",
                        () -> engine.client()
                                .listVolumesCmd()
                                .withFilter("label", List.of(Session.ID))
                                .exec())
                .getVolumes();
        if (volumes != null) {
            volumes.stream()
                    .filter(volume -> isDead(volume.getLabels(), now))
                    .forEach(volume -> remove(volume.getName(), Belongings::removeVolume));
        }
    }

    private boolean isDead(Map<String, String> labels, Instant now) {
        Duration age = Answers.instant(labels.getOrDefault(Session.CREATED, ""))
                .map(created -> Duration.between(created, now))
                .orElse(Duration.ZERO);
        return labels.containsKey(Session.ID) && session.isDead(labels, age);
    }

    private void remove(String name, BiConsumer<DockerClient, String> removal) {
        try {
            engine.calls().evenIfInterrupted(Calls.PATIENCE, "remove " + name, () -> {
                try {
                    removal.accept(engine.client(), name);
                } catch (NotFoundException | ConflictException e) {
                    return false;
                }
                return true;
            });
        } catch (EngineException e) {
            // Never hides the verdict; the next run sweeps it.
            return;
        }
    }

    private static void removeNetwork(DockerClient client, String name) {
        client.removeNetworkCmd(name).exec();
    }

    private static void removeVolume(DockerClient client, String name) {
        try {
            client.removeVolumeCmd(name).exec();
        } catch (ConflictException e) {
            throw e;
        } catch (DockerException e) {
            // Podman says 500 of a volume that a container is still being removed from.
            throw new ConflictException(e.getMessage(), e);
        }
    }

    private final class Kept implements Resource {
        private final String name;
        private final BiConsumer<DockerClient, String> removal;
        private final AtomicBoolean removed = new AtomicBoolean();

        private Kept(String name, BiConsumer<DockerClient, String> removal) {
            this.name = name;
            this.removal = removal;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void close() {
            if (removed.compareAndSet(false, true)) {
                remove(name, removal);
                alive.remove(this);
            }
        }
    }
}
