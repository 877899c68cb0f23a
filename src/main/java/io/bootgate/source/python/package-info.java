/** Python 3 sources as trees: tokens, statements, expressions. */
@NullMarked
package io.bootgate.source.python;

import org.jspecify.annotations.NullMarked;
