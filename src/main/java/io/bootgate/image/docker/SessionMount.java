package io.bootgate.image.docker;

import io.bootgate.source.dockerfile.Dockerfile;
import io.bootgate.source.dockerfile.Instruction;
import io.bootgate.source.dockerfile.Instruction.Keyword;
import java.util.List;
import java.util.stream.Stream;

/**
 * A RUN's mount of what only the one who builds can give.
 *
 * @param type {@code secret} or {@code ssh}
 */
record SessionMount(Instruction instruction, String type) {
    private static final String MOUNT = "--mount=";
    static final String SECRET = "secret";
    static final String SSH = "ssh";

    static List<SessionMount> in(Dockerfile dockerfile) {
        return dockerfile.instructions().stream()
                .map(instruction -> instruction.trigger().orElse(instruction))
                .filter(instruction -> instruction.is(Keyword.RUN))
                .flatMap(SessionMount::of)
                .toList();
    }

    private static Stream<SessionMount> of(Instruction run) {
        return run.flags().stream()
                .filter(flag -> flag.startsWith(MOUNT))
                .map(flag ->
                        List.of(flag.substring(MOUNT.length()).replace("\"", "").split(",", -1)))
                .flatMap(parts -> Stream.of(SECRET, SSH).filter(type -> parts.contains("type=" + type)))
                .map(type -> new SessionMount(run, type));
    }

    /** How it is named in a sentence. */
    String phrase() {
        return "RUN --mount=type=" + type;
    }
}
