/** Watches one booting container and appends what it sees to the timeline. Owns every thread and the clock. */
@NullMarked
package io.bootgate.watch;

import org.jspecify.annotations.NullMarked;
