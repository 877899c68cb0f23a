package io.bootgate.rule.cause;

import io.bootgate.rule.Certainty;
import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.rule.Location;
import io.bootgate.rule.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The cause of a service that was never booted: its image could not be built. */
public final class BuildFailed {
    private BuildFailed() {}

    /**
     * The finding for a failed build.
     *
     * @param file the Dockerfile, relative to the project
     * @param line of the failing instruction
     * @param reason one sentence
     * @param output the last lines that the failing step wrote
     */
    public static Finding of(
            String file, OptionalInt line, Optional<String> instruction, String reason, List<String> output) {
        List<Evidence> evidence = new ArrayList<>();
        for (String text : output) {
            evidence.add(new Evidence("build", 0, Duration.ZERO, text));
        }
        if (evidence.isEmpty()) {
            evidence.add(new Evidence("build", 0, Duration.ZERO, reason));
        }
        String where = line.isPresent() ? "%s:%d".formatted(file, line.getAsInt()) : file;
        return new Finding(
                CauseId.BUILD_FAILED.name(),
                CauseId.BUILD_FAILED.title(),
                Severity.ERROR,
                reason,
                evidence,
                Optional.of(new Location(Optional.of(file), line, Optional.empty(), instruction)),
                "Mend %s: %s".formatted(where, instruction.orElse("the instruction that failed")),
                Certainty.CERTAIN);
    }
}
