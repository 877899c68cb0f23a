/** What an image will hold, worked out from its Dockerfile and build context. */
@NullMarked
package io.bootgate.source.image;

import org.jspecify.annotations.NullMarked;
