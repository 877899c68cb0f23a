/** What a boot needs of memory and processors: what to try next, and how it is said. */
@NullMarked
package io.bootgate.resource;

import org.jspecify.annotations.NullMarked;
