/** Builds through the command lines of Docker (its buildx plugin) and Podman, where the engine's API falls short. */
@NullMarked
package io.bootgate.image.cli;

import org.jspecify.annotations.NullMarked;
