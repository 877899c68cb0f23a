package io.bootgate.image.docker;

import io.bootgate.source.dockerfile.Dockerfile;
import io.bootgate.source.dockerfile.Instruction;
import io.bootgate.source.dockerfile.Instruction.Keyword;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Something in a Dockerfile that the classic builder cannot do.
 *
 * @param phrase how it is named in a sentence: {@code RUN --mount}, {@code A heredoc (<<EOF)}
 * @param needs what can do it
 */
record BuildKitFeature(Instruction instruction, String phrase, String needs) {
    private static final Set<String> RUN_FLAGS = Set.of("mount", "network", "security", "device");
    private static final Set<String> OLD_COPY_FLAGS = Set.of("chmod");
    private static final Set<String> NEW_COPY_FLAGS =
            Set.of("link", "parents", "exclude", "checksum", "keep-git-dir", "unpack");
    private static final Set<String> PLATFORM_VARIABLES = Set.of(
            "TARGETPLATFORM",
            "TARGETOS",
            "TARGETARCH",
            "TARGETVARIANT",
            "BUILDPLATFORM",
            "BUILDOS",
            "BUILDARCH",
            "BUILDVARIANT");
    private static final String BUILDKIT = "BuildKit";
    private static final String NEW_BUILDKIT = "the BuildKit of Docker Engine 23 or newer";

    /** What can do it where the engine is Podman. */
    String needsOfPodman() {
        return phrase.startsWith("A heredoc")
                ? "Podman 4.8 or newer"
                : phrase.endsWith("--link")
                        ? "Podman 5.6 or newer"
                        : phrase.endsWith("--exclude") ? "Podman 5.3 or newer" : "a newer Podman";
    }

    static List<BuildKitFeature> in(Dockerfile dockerfile) {
        return dockerfile.instructions().stream()
                .flatMap(instruction -> of(instruction).stream())
                .toList();
    }

    static Optional<BuildKitFeature> of(Instruction instruction) {
        if (!instruction.heredocs().isEmpty()) {
            String word = instruction.heredocs().get(0).name();
            return Optional.of(new BuildKitFeature(instruction, "A heredoc (<<" + word + ")", NEW_BUILDKIT));
        }
        for (String flag : instruction.flags()) {
            String name = flag.substring(2).split("=", 2)[0];
            String phrase = instruction.name().toUpperCase(java.util.Locale.ROOT) + " --" + name;
            if (instruction.is(Keyword.RUN) && RUN_FLAGS.contains(name)) {
                return Optional.of(new BuildKitFeature(instruction, phrase, BUILDKIT));
            }
            if (instruction.is(Keyword.COPY) || instruction.is(Keyword.ADD)) {
                if (OLD_COPY_FLAGS.contains(name)) {
                    return Optional.of(new BuildKitFeature(instruction, phrase, BUILDKIT));
                }
                if (NEW_COPY_FLAGS.contains(name)) {
                    return Optional.of(new BuildKitFeature(instruction, phrase, NEW_BUILDKIT));
                }
            }
        }
        return platformVariable(instruction);
    }

    /** The classic builder leaves these empty. */
    private static Optional<BuildKitFeature> platformVariable(Instruction instruction) {
        String text = instruction.is(Keyword.ARG)
                ? instruction.arguments()
                : instruction.flag("platform").orElse("");
        for (String word : text.split("[^A-Z]+", -1)) {
            boolean bare = instruction.is(Keyword.ARG) && text.trim().equals(word);
            boolean used = !instruction.is(Keyword.ARG) && PLATFORM_VARIABLES.contains(word);
            if (PLATFORM_VARIABLES.contains(word) && (bare || used)) {
                return Optional.of(new BuildKitFeature(instruction, "The variable " + word, BUILDKIT));
            }
        }
        return Optional.empty();
    }
}
