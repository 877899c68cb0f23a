/** Events to verdict: a pure state machine. Time arrives as an event. */
@NullMarked
package io.bootgate.judge;

import org.jspecify.annotations.NullMarked;
