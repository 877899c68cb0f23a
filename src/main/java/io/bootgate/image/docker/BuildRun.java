package io.bootgate.image.docker;

import java.util.List;
import java.util.Optional;

/**
 * How one build on an engine went.
 *
 * @param imageId empty if the build failed
 * @param failing the instruction that failed, where the engine's progress told it
 * @param error the engine's own message, empty string if the build went well
 * @param output of the last step, at most its last 200 lines
 */
record BuildRun(Optional<String> imageId, Optional<Instruction> failing, String error, List<String> output) {

    BuildRun {
        output = List.copyOf(output);
    }
}
