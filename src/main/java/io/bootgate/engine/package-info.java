/** The port to a container engine. */
@NullMarked
package io.bootgate.engine;

import org.jspecify.annotations.NullMarked;
