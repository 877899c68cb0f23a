package io.bootgate.image;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** How a build ended. */
public sealed interface BuildOutcome {
    /**
     * The image is there.
     *
     * @param reference the tag that was asked for
     * @param builder {@code docker}, {@code jib}, ...
     * @param sources where the image's files came from
     */
    record Built(
            String reference, String id, Optional<String> digest, String builder, Duration took, SourceFiles sources)
            implements BuildOutcome {}

    /**
     * The image could not be built, for what is in Dockerfile or sources.
     *
     * @param builder {@code docker}, {@code jib}, ...
     * @param file Dockerfile or requirements, relative to the project
     * @param line of the failing instruction or requirement, where it is known
     * @param instruction its text
     * @param reason one sentence
     * @param fix what to do, where the builder knows
     * @param output the last lines that the step wrote
     */
    record Failed(
            String builder,
            String file,
            OptionalInt line,
            Optional<String> instruction,
            String reason,
            Optional<String> fix,
            List<String> output,
            Duration took)
            implements BuildOutcome {}
}
