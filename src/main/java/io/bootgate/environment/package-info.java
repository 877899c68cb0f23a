/** The variables that a container gets: where each comes from, which source comes first, and which have no value. */
@NullMarked
package io.bootgate.environment;

import org.jspecify.annotations.NullMarked;
