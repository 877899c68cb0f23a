/** One file per cause of a failed boot. */
@NullMarked
package io.bootgate.rule.cause;

import org.jspecify.annotations.NullMarked;
