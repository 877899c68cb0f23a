/** Explains a log from elsewhere: its text in, causes out, by the same rules as a boot that the gate saw. */
@NullMarked
package io.bootgate.explain;

import org.jspecify.annotations.NullMarked;
