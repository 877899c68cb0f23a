/** Docker Compose files. */
@NullMarked
package io.bootgate.deployment.compose;

import org.jspecify.annotations.NullMarked;
