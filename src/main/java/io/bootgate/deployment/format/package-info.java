/** Finds out what kind of descriptor a file is, and has it read. */
@NullMarked
package io.bootgate.deployment.format;

import org.jspecify.annotations.NullMarked;
