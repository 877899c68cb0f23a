package io.bootgate.source.image;

import io.bootgate.source.ProjectFile;
import io.bootgate.source.dockerfile.Dockerfile;
import io.bootgate.source.dockerfile.Dockerfile.Stage;
import io.bootgate.source.dockerfile.Instruction;
import io.bootgate.source.dockerfile.Instruction.Keyword;
import io.bootgate.source.dockerfile.StageScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The stages of a build, worked out without building: which file lands where and with which mode, and where that cannot be known.
 *
 * @param stages up to the one that becomes the image
 */
public record FutureImage(List<ImageStage> stages) {
    public FutureImage {
        stages = List.copyOf(stages);
    }

    /**
     * Works out a build.
     *
     * @param context what is sent to the builder, paths relative to the context
     * @param args build arguments
     * @param bases what is known of an image that a stage starts from
     */
    public static FutureImage of(
            Dockerfile dockerfile,
            List<ProjectFile> context,
            Map<String, String> args,
            Optional<String> target,
            Function<String, BaseImage> bases) {
        StageScope global = new StageScope(args, Map.of(), dockerfile.escape(), Map.of(), "/");
        dockerfile.preamble().forEach(global::apply);
        List<Stage> all = dockerfile.stages();
        int last = target.flatMap(dockerfile::stage).map(Stage::index).orElse(all.size() - 1);
        List<ImageStage> done = new ArrayList<>();
        for (Stage stage : all.subList(0, last + 1)) {
            String from = global.expand(stage.base()).orElse("");
            Optional<ImageStage> parent = dockerfile
                    .stage(from)
                    .map(Stage::index)
                    .filter(index -> index < stage.index())
                    .map(done::get);
            BaseImage base = parent.map(ImageStage::base).orElseGet(() -> bases.apply(from));
            StageScope scope = new StageScope(
                    args,
                    global.args(),
                    dockerfile.escape(),
                    parent.map(ImageStage::env).orElse(base.env()),
                    parent.map(ImageStage::workdir).orElse(base.workdir()));
            ImageStage future = new ImageStage(stage.index(), stage, base, scope, parent.orElse(null));
            StageReader reader = new StageReader(future, dockerfile, done, context);
            List<String> triggers = parent.isPresent() ? List.of() : base.triggers();
            Stream.concat(triggers(triggers).stream(), stage.instructions().stream())
                    .forEach(reader::read);
            done.add(future);
        }
        return new FutureImage(done);
    }

    private static List<Instruction> triggers(List<String> texts) {
        return Dockerfile.parse(String.join("\n", texts)).instructions().stream()
                .filter(instruction -> !instruction.is(Keyword.FROM))
                .toList();
    }

    /** The stage that becomes the image; empty if the Dockerfile has none. */
    public Optional<ImageStage> image() {
        return stages.isEmpty() ? Optional.empty() : Optional.of(stages.get(stages.size() - 1));
    }
}
