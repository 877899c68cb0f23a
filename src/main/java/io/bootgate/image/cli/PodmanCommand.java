package io.bootgate.image.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * {@code podman build} on this machine's own storage. Never through Podman's service: that one is sent a secret as a file of
 * the context, and {@code COPY .} lays it into the image (4.3.1).
 */
public final class PodmanCommand {
    private static final Set<String> UNSET =
            Set.of("CONTAINER_HOST", "CONTAINER_CONNECTION", "CONTAINER_SSHKEY", "BUILDAH_FORMAT", "BUILDAH_LAYERS");

    private final Path podman;
    private final Optional<Path> setsid;

    private PodmanCommand(Path podman, Optional<Path> setsid) {
        this.podman = podman;
        this.setsid = setsid;
    }

    /** Empty if there is no {@code podman} on the path. */
    public static Optional<PodmanCommand> find(SearchPath path) {
        // In a session of its own: Ctrl-C at the terminal is then this plugin's to pass on, who lets Podman clear up.
        return path.find("podman").map(podman -> new PodmanCommand(podman, path.find("setsid")));
    }

    /** Where it keeps its images; empty where it can only talk to a service, as on macOS. */
    public Optional<String> storage() {
        return CommandRun.answer(
                command(List.of("info", "--format", "{{.Host.Hostname}}:{{.Store.GraphRoot}}"), Map.of()));
    }

    /**
     * The command that does this build.
     *
     * @param isSecret whether a value must not be seen on a command line
     * @param temporary folder for its own files, removed by the caller
     */
    public Command build(CommandBuild build, Predicate<String> isSecret, Path temporary) {
        List<String> words = new ArrayList<>(List.of("build", "--force-rm", "--layers"));
        build.ignoreFile().ifPresent(file -> words.addAll(List.of("--ignorefile", file.toString())));
        words.addAll(build.options(isSecret));
        Map<String, String> variables = new LinkedHashMap<>(build.hiddenArgs(isSecret));
        variables.put("TMPDIR", temporary.toString());
        return command(words, variables);
    }

    private Command command(List<String> arguments, Map<String, String> variables) {
        List<String> words = new ArrayList<>();
        setsid.ifPresent(program -> words.addAll(List.of(program.toString(), "--wait")));
        words.addAll(List.of(podman.toString(), "--remote=false"));
        words.addAll(arguments);
        return new Command(words, variables, UNSET);
    }
}
