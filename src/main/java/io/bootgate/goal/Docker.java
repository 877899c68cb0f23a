package io.bootgate.goal;

import io.bootgate.image.docker.BuildOptions;
import io.bootgate.image.docker.DockerBuild;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
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
    private Map<String, String> labels = Map.of();
    private List<String> cacheFrom = new ArrayList<>();
    private @Nullable String network;
    private List<String> extraHosts = new ArrayList<>();
    private Variables secrets = new Variables();
    private List<String> ssh = new ArrayList<>();

    /** @param buildKit whether it must be BuildKit */
    DockerBuild toSpec(String reference, Path project, UserProperties properties, boolean buildKit) {
        return new DockerBuild(
                reference,
                project,
                Path.of(properties.or(dockerfile, "docker.dockerfile").orElse("Dockerfile")),
                Path.of(properties.or(context, "docker.context").orElse("")),
                args(),
                properties.or(target, "docker.target"),
                platform(properties),
                properties.isOn(pull, "docker.pull"),
                properties.isOn(noCache, "docker.noCache"),
                new BuildOptions(
                        buildKit,
                        labels(),
                        properties.all(cacheFrom, "docker.cacheFrom"),
                        properties.or(network, "docker.network"),
                        properties.all(extraHosts, "docker.extraHosts").stream()
                                .map(Docker::host)
                                .toList(),
                        MountedSecrets.read(secrets, project, System.getenv()),
                        properties.all(ssh, "docker.ssh")));
    }

    /** What is in the secrets, to be masked; nothing of those that are not there, which is told when they are used. */
    Collection<String> secretValues(Path project, Map<String, String> environment) {
        return MountedSecrets.values(secrets, project, environment);
    }

    private Map<String, String> labels() {
        Map<String, String> values = new LinkedHashMap<>();
        labels.forEach((name, value) -> values.put(name, value == null ? "" : value));
        return values;
    }

    private static String host(String text) {
        if (!text.matches("[^:=\\s]+[:=]\\S+")) {
            throw new IllegalArgumentException(
                    "<docker><extraHosts> must be name:address, but was \"%s\". Example: pypi.local:10.0.0.5"
                            .formatted(text));
        }
        return text.replaceFirst("^([^:=]+)=", "$1:");
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
