package io.bootgate.image.jib;

/** Where an image goes. */
public enum JibTarget {
    /** Into the engine that boots it. */
    ENGINE,
    /** Into a file that {@code docker load} reads. */
    TAR,
    /** To the registry that its name tells. */
    REGISTRY
}
