package io.bootgate.image.docker;

import io.bootgate.image.BuildLog;

/** One way to have a build done. */
interface Route {
    BuildRun run(BuildLog log);
}
