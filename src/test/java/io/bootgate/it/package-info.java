/** What the scripts of {@code src/it} use to look at a build that has ended. */
package io.bootgate.it;
