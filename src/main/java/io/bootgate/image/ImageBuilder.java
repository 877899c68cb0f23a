package io.bootgate.image;

/** Builds a service's image. */
public interface ImageBuilder {
    /**
     * Builds; a build that fails for what is in Dockerfile or sources is a value.
     *
     * @param log gets the builder's progress, a line at a time
     */
    BuildOutcome build(BuildLog log);
}
