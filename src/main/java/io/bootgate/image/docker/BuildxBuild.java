package io.bootgate.image.docker;

import com.github.dockerjava.api.DockerClient;
import io.bootgate.image.BuildLog;
import io.bootgate.image.cli.BuildxCommand;
import io.bootgate.image.cli.CommandRun;
import io.bootgate.source.dockerfile.Dockerfile;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Builds with the engine's BuildKit through {@code docker buildx}, which can hand secrets and SSH agents to it. */
final class BuildxBuild implements Route {
    private final BuildxCommand command;
    private final DockerClient client;
    private final DockerBuild build;
    private final Dockerfile dockerfile;
    private final BuildContext context;
    private final UnaryOperator<String> mask;

    BuildxBuild(
            BuildxCommand command,
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
        BuildKitLog steps = new BuildKitLog(dockerfile, log);
        BuildxOutput output = new BuildxOutput(steps);
        int code = CommandRun.run(
                command.build(
                        build.toCommand(context), value -> !mask.apply(value).equals(value)),
                output::read);
        steps.end();
        if (code == 0) {
            String id = client.inspectImageCmd(build.reference()).exec().getId();
            return new BuildRun(Optional.of(id), Optional.empty(), "", steps.output());
        }
        return new BuildRun(
                Optional.empty(),
                steps.failing(),
                output.error().orElse("docker buildx ended with exit code " + code),
                steps.output());
    }
}
