/** Shell scripts, as far as is needed to know which commands they run. */
@NullMarked
package io.bootgate.source.shell;

import org.jspecify.annotations.NullMarked;
