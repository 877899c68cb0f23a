package io.bootgate.image.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** {@code docker buildx build}, told to use the BuildKit of one engine. */
public final class BuildxCommand {
    /** What would lead it to another engine, builder or way of telling its progress. */
    private static final Set<String> UNSET = Set.of(
            "DOCKER_HOST",
            "DOCKER_CONTEXT",
            "DOCKER_TLS",
            "DOCKER_TLS_VERIFY",
            "DOCKER_CERT_PATH",
            "DOCKER_API_VERSION",
            "DOCKER_DEFAULT_PLATFORM",
            "BUILDX_BUILDER",
            "BUILDKIT_PROGRESS",
            "BUILDKIT_COLORS");

    private final Path docker;
    private final Map<String, String> engine;

    private BuildxCommand(Path docker, Map<String, String> engine) {
        this.docker = docker;
        this.engine = Map.copyOf(engine);
    }

    /**
     * Empty if there is no {@code docker} on the path, or none with this plugin.
     *
     * @param engine variables that lead the command to the engine: {@code DOCKER_HOST}, ...
     */
    public static Optional<BuildxCommand> find(SearchPath path, Map<String, String> engine) {
        return path.find("docker")
                .map(docker -> new BuildxCommand(docker, engine))
                .filter(found -> CommandRun.succeeds(found.command(List.of("version"), Map.of())));
    }

    /**
     * The command that does this build.
     *
     * @param isSecret whether a value must not be seen on a command line
     */
    public Command build(CommandBuild build, Predicate<String> isSecret) {
        // The builder named "default" is always the engine's own BuildKit.
        List<String> words = new ArrayList<>(List.of("build", "--builder", "default", "--load", "--progress", "plain"));
        words.addAll(build.options(isSecret));
        return command(words, build.hiddenArgs(isSecret));
    }

    private Command command(List<String> arguments, Map<String, String> variables) {
        List<String> words = new ArrayList<>(List.of(docker.toString(), "buildx"));
        words.addAll(arguments);
        Map<String, String> set = new LinkedHashMap<>(variables);
        set.putAll(engine);
        return new Command(words, set, UNSET);
    }
}
