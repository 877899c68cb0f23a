/** One file per server: a line of its log in, events out. */
@NullMarked
package io.bootgate.server;

import org.jspecify.annotations.NullMarked;
