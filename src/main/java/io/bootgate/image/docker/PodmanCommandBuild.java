package io.bootgate.image.docker;

import com.github.dockerjava.api.DockerClient;
import io.bootgate.image.BuildLog;
import io.bootgate.image.cli.CommandRun;
import io.bootgate.image.cli.PodmanCommand;
import io.bootgate.image.cli.ScratchFolder;
import io.bootgate.source.dockerfile.Dockerfile;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Builds with {@code podman build}, which can hand secrets and SSH agents to a RUN. */
final class PodmanCommandBuild implements Route {
    private static final String ERROR = "Error: ";

    private final PodmanCommand command;
    private final DockerClient client;
    private final DockerBuild build;
    private final Dockerfile dockerfile;
    private final BuildContext context;
    private final UnaryOperator<String> mask;

    PodmanCommandBuild(
            PodmanCommand command,
            DockerClient client,
            DockerBuild build,
            Dockerfile dockerfile,
            BuildContext context,
            UnaryOperator<String> mask) {
        this.command = command;
        this.client = client;
        this.build = build;
        this.dockerfile = dockerfile;
        this.context = context;
        this.mask = mask;
    }

    @Override
    public BuildRun run(BuildLog log) {
        Output output = new Output(new StepLog(dockerfile, log));
        int code;
        try (ScratchFolder temporary = ScratchFolder.create()) {
            code = CommandRun.run(
                    command.build(
                            build.toCommand(context),
                            value -> !mask.apply(value).equals(value),
                            temporary.path()),
                    output::read);
        }
        output.steps.end();
        if (code == 0) {
            String id = client.inspectImageCmd(build.reference()).exec().getId();
            return new BuildRun(Optional.of(id), output.steps.current(), "", output.steps.output());
        }
        String error = output.error == null ? "podman build ended with exit code " + code : output.error;
        return new BuildRun(Optional.empty(), output.steps.current(), error, output.steps.output());
    }

    /** The last line that says so is Podman's own; an earlier one was printed by a RUN. */
    private static final class Output {
        private final StepLog steps;
        private @Nullable String error;

        Output(StepLog steps) {
            this.steps = steps;
        }

        void read(String line) {
            if (error != null) {
                steps.read(ERROR + error + "\n");
                error = null;
            }
            if (line.startsWith(ERROR)) {
                error = line.substring(ERROR.length());
            } else {
                steps.read(line + "\n");
            }
        }
    }
}
