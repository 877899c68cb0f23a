package io.bootgate.image.docker;

import com.github.dockerjava.api.DockerClient;
import io.bootgate.image.BuildLog;
import io.bootgate.image.BuildOutcome;
import io.bootgate.image.ImageBuilder;
import io.bootgate.image.SourceFiles;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Builds an image from a Dockerfile through the API of Docker Engine or Podman. */
public final class DockerImageBuilder implements ImageBuilder {
    private static final int SHOWN_LINES = 20;

    private final DockerClient client;
    private final DockerBuild build;
    private final UnaryOperator<String> mask;

    /**
     * @param client the caller's, who closes it
     * @param mask hides what is secret in a line before anybody sees it
     */
    public DockerImageBuilder(DockerClient client, DockerBuild build, UnaryOperator<String> mask) {
        this.client = client;
        this.build = build;
        this.mask = mask;
    }

    @Override
    public BuildOutcome build(BuildLog log) {
        build.check();
        long started = System.nanoTime();
        Dockerfile dockerfile = Dockerfile.parse(BuildContext.readText(build.dockerfile()));
        BuildContext context = BuildContext.of(build.context(), build.dockerfile());
        BuildRun run = new ClassicBuild(client, build, dockerfile, context).run(masked(log));
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        return run.imageId()
                .<BuildOutcome>map(id -> new BuildOutcome.Built(
                        build.reference(), id, Optional.empty(), "docker", took, SourceFiles.UNKNOWN))
                .orElseGet(() -> failed(new BuildFailure(build, dockerfile, context, run), took));
    }

    private BuildOutcome.Failed failed(BuildFailure failure, Duration took) {
        List<String> output = failure.output();
        return new BuildOutcome.Failed(
                build.dockerfileName(),
                failure.line(),
                failure.instruction().map(Instruction::text).map(mask),
                mask.apply(failure.reason()),
                output.subList(Math.max(0, output.size() - SHOWN_LINES), output.size()).stream()
                        .map(mask)
                        .toList(),
                took);
    }

    private BuildLog masked(BuildLog log) {
        return new BuildLog() {
            @Override
            public void step(String text) {
                log.step(mask.apply(text));
            }

            @Override
            public void output(String line) {
                log.output(mask.apply(line));
            }
        };
    }
}
