/** Real containers, each with the verdict and the cause that the gate owes it. */
@NullMarked
package io.bootgate.casebook;

import org.jspecify.annotations.NullMarked;
