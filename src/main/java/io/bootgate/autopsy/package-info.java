/** Boots a failed image once more, instrumented from outside, to find where it dies and what else is missing. */
@NullMarked
package io.bootgate.autopsy;

import org.jspecify.annotations.NullMarked;
