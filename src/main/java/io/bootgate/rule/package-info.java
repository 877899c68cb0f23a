/** What a rule finds, and where. */
@NullMarked
package io.bootgate.rule;

import org.jspecify.annotations.NullMarked;
