package io.bootgate.image;

import java.nio.file.Path;
import java.util.Optional;

/** Where the files of an image came from. */
@FunctionalInterface
public interface SourceFiles {
    /** Nothing is known: an image that was not built here. */
    SourceFiles UNKNOWN = inImage -> Optional.empty();

    /** The project's file that became {@code inImage} (an absolute path in the image), if it is one and exists. */
    Optional<Path> origin(String inImage);
}
