/** Docker Engine and Podman through docker-java, and how an engine is found. */
@NullMarked
package io.bootgate.engine.docker;

import org.jspecify.annotations.NullMarked;
