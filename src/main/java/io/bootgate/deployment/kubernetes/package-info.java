/** Kubernetes manifests: pods, and what makes pods. */
@NullMarked
package io.bootgate.deployment.kubernetes;

import org.jspecify.annotations.NullMarked;
