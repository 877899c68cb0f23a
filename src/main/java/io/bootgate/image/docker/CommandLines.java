package io.bootgate.image.docker;

import io.bootgate.image.cli.SearchPath;
import java.util.List;
import java.util.Map;

/**
 * The command lines that a build may use where the engine's API falls short.
 *
 * @param path where programs are looked for
 * @param engine variables that lead {@code docker} to the engine that is used: {@code DOCKER_HOST}, ...
 */
public record CommandLines(SearchPath path, Map<String, String> engine) {
    public static final CommandLines NONE = new CommandLines(new SearchPath(List.of()), Map.of());

    public CommandLines {
        engine = Map.copyOf(engine);
    }
}
