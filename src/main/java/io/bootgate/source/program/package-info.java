/** What a Python program does while it is imported: a careful reading of its sources, nothing is run. */
@NullMarked
package io.bootgate.source.program;

import org.jspecify.annotations.NullMarked;
