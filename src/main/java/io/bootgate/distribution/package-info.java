/** Distributions of Python: their versions, and which of them are known to clash. */
@NullMarked
package io.bootgate.distribution;

import org.jspecify.annotations.NullMarked;
