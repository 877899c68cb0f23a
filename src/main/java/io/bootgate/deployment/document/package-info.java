/** YAML and JSON as one tree whose every node knows its place, read within limits. */
@NullMarked
package io.bootgate.deployment.document;

import org.jspecify.annotations.NullMarked;
