/** The port to whatever builds images. */
@NullMarked
package io.bootgate.image;

import org.jspecify.annotations.NullMarked;
