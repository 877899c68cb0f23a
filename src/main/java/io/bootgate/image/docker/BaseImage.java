package io.bootgate.image.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.ContainerConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a stage inherits from the image it starts from.
 *
 * @param triggers ONBUILD instructions
 */
record BaseImage(String workdir, Map<String, String> env, List<String> triggers) {
    static final BaseImage UNKNOWN = new BaseImage("/", Map.of(), List.of());

    BaseImage {
        env = Map.copyOf(env);
        triggers = List.copyOf(triggers);
    }

    /** Asks the engine; an image that it does not have tells nothing. */
    static BaseImage of(DockerClient client, String reference) {
        ContainerConfig config;
        try {
            config = client.inspectImageCmd(reference).exec().getConfig();
        } catch (DockerException e) {
            return UNKNOWN;
        }
        if (config == null) {
            return UNKNOWN;
        }
        Map<String, String> env = new HashMap<>();
        for (String pair : config.getEnv() == null ? new String[0] : config.getEnv()) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                env.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        String workdir =
                config.getWorkingDir() == null || config.getWorkingDir().isEmpty() ? "/" : config.getWorkingDir();
        return new BaseImage(workdir, env, triggers(config));
    }

    private static List<String> triggers(ContainerConfig config) {
        return config.getRawValues().get("OnBuild") instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }
}
