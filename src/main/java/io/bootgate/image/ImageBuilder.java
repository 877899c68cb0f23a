package io.bootgate.image;

import java.nio.file.Path;
import java.util.Optional;

/** Builds a service's image. */
public interface ImageBuilder {
    /**
     * Builds; a build that fails for what is in Dockerfile or sources is a value.
     *
     * @param log gets the builder's progress, a line at a time
     */
    BuildOutcome build(BuildLog log);

    /**
     * A digest of all that decides what {@link #build} makes, as far as it is on this machine; empty where a build must be made
     * to find out.
     *
     * @param output folder whose files do not count: builds write there
     */
    default Optional<String> inputs(Path output) {
        return Optional.empty();
    }

    /** Where the files of the image came from, if it is the one that {@link #build} would make now. */
    default SourceFiles sources() {
        return SourceFiles.UNKNOWN;
    }
}
