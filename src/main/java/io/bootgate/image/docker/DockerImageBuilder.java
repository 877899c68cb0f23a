package io.bootgate.image.docker;

import com.github.dockerjava.api.DockerClient;
import io.bootgate.image.BuildLog;
import io.bootgate.image.BuildOutcome;
import io.bootgate.image.ImageBuildException;
import io.bootgate.image.ImageBuilder;
import io.bootgate.image.ImageStore.StoredImage;
import io.bootgate.image.SourceFiles;
import io.bootgate.source.dockerfile.Dockerfile;
import io.bootgate.source.dockerfile.Instruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Builds an image from a Dockerfile through the API of Docker Engine or Podman. */
public final class DockerImageBuilder implements ImageBuilder {
    private static final int SHOWN_LINES = 20;

    private final DockerClient client;
    private final DockerBuild build;
    private final CommandLines commandLines;
    private final UnaryOperator<String> mask;

    /**
     * @param client the caller's, who closes it
     * @param mask hides what is secret in a line before anybody sees it
     */
    public DockerImageBuilder(DockerClient client, DockerBuild build, UnaryOperator<String> mask) {
        this(client, build, CommandLines.NONE, mask);
    }

    /**
     * @param client the caller's, who closes it
     * @param commandLines for what the engine's API cannot do
     * @param mask hides what is secret in a line before anybody sees it
     */
    public DockerImageBuilder(
            DockerClient client, DockerBuild build, CommandLines commandLines, UnaryOperator<String> mask) {
        this.client = client;
        this.commandLines = commandLines;
        this.build = build;
        this.mask = mask;
    }

    @Override
    public BuildOutcome build(BuildLog log) {
        build.check();
        long started = System.nanoTime();
        Dockerfile dockerfile = Dockerfile.parse(BuildContext.readText(build.dockerfile()));
        BuildContext context = BuildContext.of(build.context(), build.dockerfile());
        BuildRun run = run(dockerfile, context, log.masked(mask));
        BuildFailure failure = new BuildFailure(build, dockerfile, context, run);
        failure.diskFull().ifPresent(full -> {
            throw new ImageBuildException("The disk of the engine is full: building " + build.reference()
                    + " ended with \"" + mask.apply(full)
                    + "\". Free space on the engine's machine, and build again.");
        });
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        return run.imageId()
                .<BuildOutcome>map(id -> new BuildOutcome.Built(
                        build.reference(), id, Optional.empty(), name(), took, sources(dockerfile, context)))
                .orElseGet(() -> failed(failure, took));
    }

    private BuildRun run(Dockerfile dockerfile, BuildContext context, BuildLog log) {
        Optional<Instruction> impossible = CopyReason.copyOfNoStage(dockerfile);
        if (impossible.isPresent()) {
            // Podman's service (4.3.1) dies of it.
            return new BuildRun(
                    Optional.empty(), impossible, "invalid from flag value: index out of bounds", List.of());
        }
        Route route = new RouteChoice(client, build, dockerfile, context, commandLines, mask).route(log);
        BuildRun run = route.run(log);
        if (!(route instanceof BuildKitBuild ofEngine)
                || !run.error().contains("frontend gateway.v0")
                || !BuildFailure.isUnreachable(run.error())) {
            return run;
        }
        log.output("The builder that # syntax= names could not be fetched: building with the engine's own.");
        return ofEngine.with(context.withoutSyntaxDirective()).run(log);
    }

    @Override
    public Optional<String> inputs(Path output) {
        if (build.pull() || build.noCache() || !Files.isRegularFile(build.dockerfile())) {
            return Optional.empty();
        }
        Dockerfile dockerfile = Dockerfile.parse(BuildContext.readText(build.dockerfile()));
        ContextDigest digest = new ContextDigest().add(build);
        EngineImages images = new EngineImages(client);
        dockerfile.stages().stream()
                .map(Dockerfile.Stage::base)
                .filter(base -> !base.isEmpty() && !base.contains("$"))
                .forEach(base ->
                        digest.add(base + images.find(base).map(StoredImage::id).orElse("")));
        return Optional.of(digest.add(BuildContext.of(build.context(), build.dockerfile()), output)
                .hex());
    }

    @Override
    public SourceFiles sources() {
        return sources(
                Dockerfile.parse(BuildContext.readText(build.dockerfile())),
                BuildContext.of(build.context(), build.dockerfile()));
    }

    private CopiedFiles sources(Dockerfile dockerfile, BuildContext context) {
        return new CopiedFiles(
                dockerfile, context, build.args(), build.target(), reference -> BaseImage.of(client, reference));
    }

    private String name() {
        return build.options().buildKit() ? "buildkit" : "docker";
    }

    private BuildOutcome.Failed failed(BuildFailure failure, Duration took) {
        List<String> output = failure.output();
        return new BuildOutcome.Failed(
                name(),
                build.dockerfileName(),
                failure.line(),
                failure.instruction().map(Instruction::text).map(mask),
                mask.apply(failure.reason()),
                Optional.empty(),
                output.subList(Math.max(0, output.size() - SHOWN_LINES), output.size()).stream()
                        .map(mask)
                        .toList(),
                took);
    }
}
