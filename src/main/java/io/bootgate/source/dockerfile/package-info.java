/** Dockerfiles and ignore files, as the engine's own parser reads them. */
@NullMarked
package io.bootgate.source.dockerfile;

import org.jspecify.annotations.NullMarked;
