package io.bootgate.engine.docker;

import java.util.Optional;

/**
 * Which engine is wanted.
 *
 * @param host where it is ({@code unix:///run/x.sock}, {@code tcp://host:2376}, {@code ssh://user@host}); empty to look for one
 */
public record EngineChoice(Kind kind, Optional<String> host) {
    /** Whatever is found first. */
    public static final EngineChoice ANY = new EngineChoice(Kind.AUTO, Optional.empty());

    /** What the engine must be. */
    public enum Kind {
        AUTO,
        DOCKER,
        PODMAN
    }
}
