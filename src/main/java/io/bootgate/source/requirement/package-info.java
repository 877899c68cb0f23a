/** What a Python project says that it needs: requirement files, pyproject.toml, Pipfile, lock files. */
@NullMarked
package io.bootgate.source.requirement;

import org.jspecify.annotations.NullMarked;
