package io.bootgate.image.docker;

import io.bootgate.image.ImageBuildException;
import io.bootgate.image.SlashedPath;
import io.bootgate.image.cli.CommandBuild;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A build from a Dockerfile.
 *
 * @param reference tag that the image gets
 * @param project folder that places in the source are told relative to
 * @param dockerfile may lie outside the context; a relative path is one of the project
 * @param context folder that COPY and ADD take files from; a relative path is one of the project
 * @param args build arguments: may hold secrets, never to be printed
 * @param pull whether a newer base image is looked for
 * @param options what is seldom asked for
 */
public record DockerBuild(
        String reference,
        Path project,
        Path dockerfile,
        Path context,
        Map<String, String> args,
        Optional<String> target,
        Optional<String> platform,
        boolean pull,
        boolean noCache,
        BuildOptions options) {

    private static final int NEARBY_DEPTH = 3;
    private static final int NEARBY_MOST = 5;

    public DockerBuild {
        project = project.toAbsolutePath().normalize();
        dockerfile = project.resolve(dockerfile).normalize();
        context = project.resolve(context).normalize();
        args = Map.copyOf(args);
    }

    public DockerBuild(
            String reference,
            Path project,
            Path dockerfile,
            Path context,
            Map<String, String> args,
            Optional<String> target,
            Optional<String> platform,
            boolean pull,
            boolean noCache) {
        this(reference, project, dockerfile, context, args, target, platform, pull, noCache, BuildOptions.NONE);
    }

    /** The project's own Dockerfile with the project as its context. */
    public static DockerBuild of(String reference, Path project) {
        return new DockerBuild(
                reference,
                project,
                Path.of("Dockerfile"),
                Path.of(""),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                false,
                false);
    }

    /** The same with these options. */
    public DockerBuild with(BuildOptions more) {
        return new DockerBuild(reference, project, dockerfile, context, args, target, platform, pull, noCache, more);
    }

    /** The same for a command line. */
    CommandBuild toCommand(BuildContext sent) {
        return new CommandBuild(
                reference,
                dockerfile,
                context,
                Optional.of(sent.ignoreFile()).filter(Files::isRegularFile),
                args,
                options.labels(),
                target,
                platform,
                pull,
                noCache,
                options.cacheFrom(),
                options.network(),
                options.extraHosts(),
                options.secrets(),
                options.ssh());
    }

    /** The Dockerfile as it is named in messages. */
    String dockerfileName() {
        return SlashedPath.of(dockerfile.startsWith(project) ? project.relativize(dockerfile) : dockerfile);
    }

    /** @throws ImageBuildException if Dockerfile or context is not there */
    void check() {
        if (!Files.isDirectory(context)) {
            throw new ImageBuildException("The build context " + context
                    + " is not a folder. Set <docker><context> to the " + "folder that the Dockerfile copies from.");
        }
        if (!Files.isRegularFile(dockerfile)) {
            List<String> nearby = dockerfilesNearby();
            String found = nearby.isEmpty() ? "" : " Found nearby: " + String.join(", ", nearby) + ".";
            throw new ImageBuildException("There is no Dockerfile at " + dockerfile + "." + found
                    + " Set <docker><dockerfile> to its path, or <builder>none</builder> to boot an image that is built"
                    + " elsewhere.");
        }
    }

    private List<String> dockerfilesNearby() {
        try (Stream<Path> files = Files.find(
                project, NEARBY_DEPTH, (path, attributes) -> attributes.isRegularFile() && looksLikeDockerfile(path))) {
            return files.filter(path -> !path.startsWith(project.resolve("target")))
                    .map(path -> SlashedPath.of(project.relativize(path)))
                    .sorted()
                    .limit(NEARBY_MOST)
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            // Only a hint: a folder that can't be read has none to offer.
            return List.of();
        }
    }

    private static boolean looksLikeDockerfile(Path path) {
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        boolean named =
                name.startsWith("dockerfile") || name.endsWith(".dockerfile") || name.startsWith("containerfile");
        return named && !name.endsWith(".dockerignore");
    }
}
