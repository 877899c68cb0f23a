package io.bootgate.source.image;

import io.bootgate.source.dockerfile.Instruction;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A COPY or ADD.
 *
 * @param fromStage the stage it copies from
 * @param fromImage the image it copies from; both are empty if it copies from the build context
 * @param sources as written, variables replaced
 * @param missing of these, the ones that the build context does not have
 * @param destination absolute in the image
 */
public record StageCopy(
        Instruction instruction,
        OptionalInt fromStage,
        Optional<String> fromImage,
        List<String> sources,
        List<String> missing,
        String destination) {
    public StageCopy {
        sources = List.copyOf(sources);
        missing = List.copyOf(missing);
    }
}
