package io.bootgate.image.docker;

import io.bootgate.image.cli.BuildSecret;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a build from a Dockerfile may be told beside the usual.
 *
 * @param buildKit whether it must be BuildKit, also where the Dockerfile does not need it
 * @param cacheFrom images whose layers may be used again
 * @param network that RUN sees: {@code host}, {@code none}, ...
 * @param extraHosts names that RUN can resolve: {@code name:address}
 * @param secrets that a RUN can mount
 * @param ssh agents and keys that a RUN can mount, as the option {@code --ssh} takes them
 */
public record BuildOptions(
        boolean buildKit,
        Map<String, String> labels,
        List<String> cacheFrom,
        Optional<String> network,
        List<String> extraHosts,
        List<BuildSecret> secrets,
        List<String> ssh) {

    public static final BuildOptions NONE =
            new BuildOptions(false, Map.of(), List.of(), Optional.empty(), List.of(), List.of(), List.of());

    public BuildOptions {
        labels = Map.copyOf(labels);
        cacheFrom = List.copyOf(cacheFrom);
        extraHosts = List.copyOf(extraHosts);
        secrets = List.copyOf(secrets);
        ssh = List.copyOf(ssh);
    }
}
