package io.bootgate.goal;

import io.bootgate.engine.ContainerSpec;
import io.bootgate.gate.DeployedService;
import io.bootgate.gate.GateRequest;
import io.bootgate.image.docker.DockerBuild;
import io.bootgate.rule.lint.LintProject;
import io.bootgate.rule.lint.LintRequest;
import io.bootgate.rule.lint.LintRequest.Build;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Hands a project's sources to the rules.
 *
 * @param output folder of reports, which is none of the sources
 * @param builds whether an image is built at all
 */
record LintSources(Path base, Path output, Recipe recipe, boolean builds) {
    LintProject project(GateRequest request, Set<String> requiredEnv) {
        ContainerSpec container = request.container();
        LintRequest.Run run = new LintRequest.Run(
                container.env(),
                requiredEnv,
                container.entrypoint(),
                container.command(),
                container.user(),
                container.workdir(),
                port(request),
                container.readOnly(),
                container.tmpfs(),
                container.sysctls(),
                container.milliCpus(),
                container.memoryBytes(),
                request.server());
        Build build = build();
        Path context = base.resolve(build.context()).normalize();
        SourceFolder files = SourceFolder.of(
                base,
                context,
                List.of(base.resolve("target"), output.toAbsolutePath().normalize()));
        return new LintProject(
                files,
                new LintRequest(
                        build,
                        run,
                        request.deployed().map(DeployedService::deployment),
                        request.deployed().map(service -> service.own().name())));
    }

    private static OptionalInt port(GateRequest request) {
        return request.port().isPresent()
                ? request.port()
                : request.deployed().map(DeployedService::port).orElse(OptionalInt.empty());
    }

    private Build build() {
        if (builds && recipe instanceof Recipe.FromDockerfile fromDockerfile) {
            DockerBuild build = fromDockerfile.build();
            return new Build(
                    Optional.of(shown(build.dockerfile())).filter(path -> Files.isRegularFile(build.dockerfile())),
                    shown(build.context()),
                    build.args(),
                    build.target(),
                    build.platform());
        }
        return new Build(Optional.empty(), "", Map.of(), Optional.empty(), recipe.platform());
    }

    private String shown(Path path) {
        return base.relativize(path).toString().replace(base.getFileSystem().getSeparator(), "/");
    }
}
