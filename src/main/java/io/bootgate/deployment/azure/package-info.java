/** Container groups of Azure Container Instances. */
@NullMarked
package io.bootgate.deployment.azure;

import org.jspecify.annotations.NullMarked;
