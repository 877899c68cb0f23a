package io.bootgate.image.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.VersionComponent;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.transport.DockerHttpClient;
import io.bootgate.image.BuildLog;
import io.bootgate.image.ImageBuildException;
import io.bootgate.image.cli.BuildSecret;
import io.bootgate.image.cli.BuildxCommand;
import io.bootgate.image.cli.PodmanCommand;
import io.bootgate.source.dockerfile.Dockerfile;
import io.bootgate.source.dockerfile.Instruction;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the way that can do what Dockerfile and parameters ask for: the engine's API where it suffices, else a command line. */
final class RouteChoice {
    private static final Set<String> BUILDKIT_NETWORKS = Set.of("default", "host", "none");

    private final DockerClient client;
    private final DockerBuild build;
    private final Dockerfile dockerfile;
    private final BuildContext context;
    private final CommandLines commandLines;
    private final UnaryOperator<String> mask;

    RouteChoice(
            DockerClient client,
            DockerBuild build,
            Dockerfile dockerfile,
            BuildContext context,
            CommandLines commandLines,
            UnaryOperator<String> mask) {
        this.client = client;
        this.build = build;
        this.dockerfile = dockerfile;
        this.context = context;
        this.commandLines = commandLines;
        this.mask = mask;
    }

    /** @throws ImageBuildException if there is none; it says which line or parameter needs what */
    Route route(BuildLog log) {
        List<SessionMount> mounts = SessionMount.in(dockerfile);
        tellUnused(mounts, log);
        return podmanVersion().map(version -> onPodman(mounts, version)).orElseGet(() -> onDocker(mounts));
    }

    private Optional<String> podmanVersion() {
        try {
            List<VersionComponent> components = client.versionCmd().exec().getComponents();
            return Stream.ofNullable(components)
                    .flatMap(List::stream)
                    .filter(component -> "Podman Engine".equals(component.getName()))
                    .map(VersionComponent::getVersion)
                    .findFirst();
        } catch (DockerException e) {
            // What is wrong with the engine is told by the build.
            return Optional.empty();
        }
    }

    private void tellUnused(List<SessionMount> mounts, BuildLog log) {
        BuildOptions options = build.options();
        if (!options.secrets().isEmpty()
                && mounts.stream().noneMatch(mount -> mount.type().equals(SessionMount.SECRET))) {
            log.output("No RUN of " + build.dockerfileName() + " mounts a secret: <docker><secrets> ("
                    + options.secrets().stream().map(BuildSecret::id).collect(Collectors.joining(", "))
                    + ") is not used.");
        }
        if (!options.ssh().isEmpty()
                && mounts.stream().noneMatch(mount -> mount.type().equals(SessionMount.SSH))) {
            log.output("No RUN of " + build.dockerfileName() + " mounts an SSH agent: <docker><ssh> is not used.");
        }
    }

    private Route onDocker(List<SessionMount> mounts) {
        Optional<String> need = mounts.stream()
                .findFirst()
                .map(mount -> place(mount.instruction()) + mount.phrase())
                .or(() -> BuildKitFeature.in(dockerfile).stream()
                        .findFirst()
                        .map(feature -> place(feature.instruction()) + feature.phrase()))
                .or(() -> context.beyondClassic()
                        .map(path -> path + ", which an exception with a wildcard in "
                                + context.ignoreFile().getFileName() + " lets in,"))
                .or(() -> build.options().buildKit() ? Optional.of("<builder>buildkit</builder>") : Optional.empty());
        Optional<DockerHttpClient> http =
                client instanceof DockerClientImpl open ? Optional.of(open.getHttpClient()) : Optional.empty();
        if (need.isEmpty() || http.isEmpty()) {
            return new ClassicBuild(client, build, dockerfile, context, false);
        }
        build.options()
                .network()
                .filter(name -> !BUILDKIT_NETWORKS.contains(name))
                .ifPresent(name -> {
                    throw new ImageBuildException(
                            "<docker><network> is \"" + name + "\", but " + need.get()
                                    + " needs BuildKit, whose RUN knows only default, host and none. Example: <network>host</network>");
                });
        if (!mounts.isEmpty()) {
            return new BuildxBuild(buildx(mounts.get(0)), client, build, dockerfile, context, mask);
        }
        return new BuildKitBuild(http.get(), build, dockerfile, context);
    }

    private BuildxCommand buildx(SessionMount mount) {
        return BuildxCommand.find(commandLines.path(), commandLines.engine())
                .orElseThrow(() -> new ImageBuildException(place(mount.instruction()) + mount.phrase()
                        + " cannot be served through the engine's API: it takes the docker command with its buildx plugin,"
                        + " which is not on the PATH. Install docker-buildx-plugin (Docker's own packages) or docker-buildx"
                        + " (Debian, Ubuntu), or build with Podman: <engine>podman</engine>."));
    }

    private Route onPodman(List<SessionMount> mounts, String version) {
        if (build.options().buildKit()) {
            throw new ImageBuildException("<builder>buildkit</builder> needs Docker Engine, but the engine is Podman "
                    + version
                    + ". Use <builder>docker</builder>: Podman's own builder knows RUN --mount and COPY --chmod too.");
        }
        Optional<String> need = mounts.stream()
                .filter(mount -> mount.type().equals(SessionMount.SECRET)
                        ? !build.options().secrets().isEmpty()
                        : !build.options().ssh().isEmpty())
                .findFirst()
                .map(mount -> place(mount.instruction()) + mount.phrase())
                .or(() -> build.options().network().map(network -> "<docker><network>"))
                .or(() -> build.options().cacheFrom().stream().findFirst().map(image -> "<docker><cacheFrom>"));
        return need.<Route>map(what -> new PodmanCommandBuild(podman(what), client, build, dockerfile, context, mask))
                .orElseGet(() -> new ClassicBuild(client, build, dockerfile, context, true));
    }

    /** The command, which must work on the images of the engine. */
    private PodmanCommand podman(String need) {
        Optional<PodmanCommand> command = PodmanCommand.find(commandLines.path());
        Info service = client.infoCmd().exec();
        String storage = service.getName() + ":" + service.getDockerRootDir();
        if (command.flatMap(PodmanCommand::storage).filter(storage::equals).isEmpty()) {
            String why = command.isEmpty()
                    ? "which is not on the PATH"
                    : "and the one here does not work on the images of this engine (" + storage + ")";
            throw new ImageBuildException(need + " cannot be served through Podman's API: it takes the podman command, "
                    + why + ". Install podman, and run Maven on the engine's machine as the user whose Podman it is.");
        }
        return command.get();
    }

    private String place(Instruction instruction) {
        return build.dockerfileName() + ":" + instruction.line() + ": ";
    }
}
