/** What was seen while a container booted, in order. */
@NullMarked
package io.bootgate.timeline;

import org.jspecify.annotations.NullMarked;
