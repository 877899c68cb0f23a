package io.bootgate.goal;

import io.bootgate.image.docker.DockerBuild;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code <docker>}: how the image is built from a Dockerfile. */
public final class Docker {
    private @Nullable String dockerfile;
    private @Nullable String context;
    private Variables args = new Variables();
    private @Nullable String target;
    private @Nullable String platform;
    private @Nullable Boolean pull;
    private @Nullable Boolean noCache;

    DockerBuild toSpec(String reference, Path project, UserProperties properties) {
        return new DockerBuild(
                reference,
                project,
                Path.of(properties.or(dockerfile, "docker.dockerfile").orElse("Dockerfile")),
                Path.of(properties.or(context, "docker.context").orElse("")),
                args(),
                properties.or(target, "docker.target"),
                platform(properties),
                properties.isOn(pull, "docker.pull"),
                properties.isOn(noCache, "docker.noCache"));
    }

    /** Whether a Dockerfile was asked for: then its absence is an error, not another builder's chance. */
    boolean isNamed(UserProperties properties) {
        return properties.or(dockerfile, "docker.dockerfile").isPresent();
    }

    Map<String, String> args() {
        return args.toMap();
    }

    private Optional<String> platform(UserProperties properties) {
        return properties.or(platform, "docker.platform").map(text -> {
            if (!text.matches("[a-z0-9]+/[a-z0-9_]+(?:/[a-z0-9]+)?")) {
                throw new IllegalArgumentException(
                        "<docker><platform> must be os/architecture, but was \"%s\". Example: linux/amd64"
                                .formatted(text));
            }
            return text;
        });
    }
}
