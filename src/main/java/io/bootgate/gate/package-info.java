/** The story on one page: build, boot, judge, diagnose. */
@NullMarked
package io.bootgate.gate;

import org.jspecify.annotations.NullMarked;
