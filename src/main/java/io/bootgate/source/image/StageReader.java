package io.bootgate.source.image;

import io.bootgate.source.ProjectFile;
import io.bootgate.source.dockerfile.Dockerfile;
import io.bootgate.source.dockerfile.Instruction;
import io.bootgate.source.dockerfile.Instruction.Keyword;
import java.util.List;

/** Takes the instructions of a stage one after the other. */
final class StageReader {
    private final ImageStage stage;
    private final Dockerfile dockerfile;
    private final List<ImageStage> before;
    private final List<ProjectFile> context;

    StageReader(ImageStage stage, Dockerfile dockerfile, List<ImageStage> before, List<ProjectFile> context) {
        this.stage = stage;
        this.dockerfile = dockerfile;
        this.before = before;
        this.context = context;
    }

    void read(Instruction instruction) {
        stage.scope().apply(instruction);
        if (instruction.is(Keyword.COPY) || instruction.is(Keyword.ADD)) {
            new CopyEffect(stage, dockerfile, before, context, instruction).apply();
        } else if (instruction.is(Keyword.RUN)) {
            new RunEffect(stage, instruction).apply();
        } else if (instruction.is(Keyword.WORKDIR)) {
            // Whether the folder becomes the USER's depends on the builder.
            stage.makeFolder(
                    stage.workdir(),
                    stage.user().isEmpty() ? ImageFile.ROOT : java.util.Optional.empty(),
                    instruction.line());
        } else if (instruction.is(Keyword.USER)) {
            stage.user = stage.expand(instruction.arguments().trim()).orElse("?");
            stage.userInstruction = instruction;
        } else if (instruction.is(Keyword.ENTRYPOINT)) {
            stage.entrypoint = instruction;
            stage.entrypoints.add(instruction);
            if (stage.cmds.isEmpty()) {
                // The engine drops the base image's CMD then.
                stage.command = null;
            }
        } else if (instruction.is(Keyword.CMD)) {
            stage.command = instruction;
            stage.cmds.add(instruction);
        } else if (instruction.is(Keyword.SHELL)) {
            instruction.execForm().filter(words -> !words.isEmpty()).ifPresent(words -> stage.shell = words);
        } else if (instruction.is(Keyword.EXPOSE)) {
            stage.exposes.add(instruction);
        } else if (instruction.is(Keyword.HEALTHCHECK)) {
            stage.healthcheck = instruction;
        }
    }
}
