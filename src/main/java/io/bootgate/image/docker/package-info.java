/** Builds images from a Dockerfile through the engine's API. */
@NullMarked
package io.bootgate.image.docker;

import org.jspecify.annotations.NullMarked;
