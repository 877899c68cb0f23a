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

/** The image could not be built. No rule: nothing was booted, so what is known comes from the build alone. */
public final class BuildFailed {
    private static final int LINES_SHOWN = 5;

    private BuildFailed() {}

    /**
     * The finding for a build that failed.
     *
     * @param file Dockerfile or requirements, relative to the project
     * @param line of the failing instruction or requirement, where it is known
     * @param instruction its text
     * @param reason one sentence
     * @param fix what to do, where the builder knows
     * @param output the last lines that the step wrote
     */
    public static Finding of(
            String file,
            OptionalInt line,
            Optional<String> instruction,
            String reason,
            Optional<String> fix,
            List<String> output) {
        List<Evidence> evidence = new ArrayList<>();
        List<String> telling = output.stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
        telling.subList(Math.max(0, telling.size() - LINES_SHOWN), telling.size())
                .forEach(text -> evidence.add(new Evidence("build", 0, Duration.ZERO, text)));
        if (evidence.isEmpty()) {
            evidence.add(new Evidence("build", 0, Duration.ZERO, reason));
        }
        return new Finding(
                CauseId.BUILD_FAILED.name(),
                CauseId.BUILD_FAILED.title(),
                Severity.ERROR,
                reason,
                evidence,
                Optional.of(new Location(Optional.of(file), line, Optional.empty(), instruction)),
                fix.orElseGet(() -> fix(reason, output, instruction)),
                Certainty.CERTAIN);
    }

    private static String fix(String reason, List<String> output, Optional<String> instruction) {
        String text = reason + "\n" + String.join("\n", output);
        if (text.contains("No matching distribution found") || text.contains("Could not find a version")) {
            return "Correct the name or version that pip could not find in requirements.txt, or use a Python version that it supports.";
        }
        if (text.contains("Temporary failure in name resolution") || text.contains("Temporary failure resolving")) {
            return "The build has no network: check the engine's DNS or proxy (<docker><args><HTTP_PROXY>...</HTTP_PROXY></args></docker>).";
        }
        if (text.contains("No space left on device")) {
            return "Free disk space for the engine: docker system df shows what uses it.";
        }
        if (text.contains("COPY failed")
                || text.contains("not found in build context")
                || text.contains("failed to compute cache key")) {
            return "The file is not in the build context: check its path against <docker><context> and .dockerignore.";
        }
        if (text.matches("(?s).*(?:gcc|pg_config|error: command '\\S*cc').*")) {
            return "A package is compiled and its tools are missing: install build-essential and the library's -dev package, or use a wheel.";
        }
        return instruction
                .map(found -> "Correct this instruction, then build it alone to see its whole output: " + found)
                .orElse("Correct the Dockerfile; the build's own output says more.");
    }
}
