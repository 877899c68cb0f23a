package io.bootgate.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A container engine. Errors of the engine itself are {@link EngineException}; what the tested image or container does is a
 * value. {@link #close()} removes every container of this session that is still there.
 */
public interface ContainerEngine extends AutoCloseable {
    EngineInfo info();

    /** What the engine has under this reference; empty if nothing. */
    Optional<ImageFacts> image(String reference);

    /** Pulls; {@code progress} gets a short line now and then. */
    void pull(String reference, Optional<String> platform, Consumer<String> progress);

    Container create(ContainerSpec spec);

    /** The same with an empty volume of its own at this path, writable even where the root is read-only. */
    Container create(ContainerSpec spec, String volume);
    /** A network in which containers find each other by name. */
    Resource network(String name);

    /**
     * A volume with files in it.
     *
     * @param image one that the engine has: content gets in by way of a container of it, which is never started
     */
    Resource volume(String name, VolumeSpec spec, String image);

    /** The machine that the containers run on, asked once. */
    Machine machine();

    /** How far the engine's clock is ahead of this machine's, measured by asking; zero for one on this machine. */
    Duration clockAhead();

    /** Removes containers of Bootgate sessions that are dead, by label, with their networks and volumes; returns how many containers. */
    int sweep();

    /** The engine's clock, now. */
    default Instant now() {
        return Instant.now().plus(clockAhead());
    }

    @Override
    void close();
}
