/** What a deployment descriptor makes of an image: containers, variables, limits, ports, probes, mounts. */
@NullMarked
package io.bootgate.deployment;

import org.jspecify.annotations.NullMarked;
