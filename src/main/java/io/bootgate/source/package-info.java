/** Reads the sources of a service; files are handed in. */
@NullMarked
package io.bootgate.source;

import org.jspecify.annotations.NullMarked;
