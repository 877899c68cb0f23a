/** The Maven goals and their XML beans: parameters in, build result out. The only package that knows Maven. */
@NullMarked
package io.bootgate.goal;

import org.jspecify.annotations.NullMarked;
