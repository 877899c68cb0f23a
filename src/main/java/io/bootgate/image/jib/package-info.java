/** Lays Python services into layers with Jib: no Dockerfile, and no daemon but for booting. */
@NullMarked
package io.bootgate.image.jib;

import org.jspecify.annotations.NullMarked;
