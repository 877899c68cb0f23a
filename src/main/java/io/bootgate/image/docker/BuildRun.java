package io.bootgate.image.docker;

import io.bootgate.image.ImageBuildException;
import io.bootgate.source.dockerfile.Instruction;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one build on an engine went.
 *
 * @param imageId empty if the build failed
 * @param failing the instruction that failed, where the engine's progress told it
 * @param error the engine's own message, empty string if the build went well
 * @param output last lines of the last step
 */
record BuildRun(Optional<String> imageId, Optional<Instruction> failing, String error, List<String> output) {

    BuildRun {
        output = List.copyOf(output);
    }

    /** @param cause null if the engine just ended its answer */
    static ImageBuildException lost(DockerBuild build, Optional<Instruction> current, @Nullable Throwable cause) {
        String why = cause == null ? "it ended the build without a result" : rootMessage(cause);
        // Not its text: nothing is masked in an exception's message.
        String step = current.map(instruction -> " (at line " + instruction.line() + " of the Dockerfile)")
                .orElse("");
        String message = "Lost the engine while building " + build.reference() + step + ": " + why
                + ". Check that it still runs, and build again.";
        return cause == null ? new ImageBuildException(message) : new ImageBuildException(message, cause);
    }

    private static String rootMessage(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
