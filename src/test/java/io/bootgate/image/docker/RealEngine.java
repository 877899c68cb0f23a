package io.bootgate.image.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The real engines of this machine. */
public final class RealEngine {
    private static final String DOCKER_SOCKET = "/var/run/docker.sock";

    private RealEngine() {}

    public static Optional<DockerHttpClient> docker() {
        return at(System.getProperty("bootgate.it.docker", "unix://" + DOCKER_SOCKET));
    }

    public static Optional<DockerHttpClient> podman() {
        return Optional.ofNullable(System.getProperty("bootgate.it.podman")).flatMap(RealEngine::at);
    }

    public static DockerClient client(DockerHttpClient http) {
        DockerClientConfig configuration =
                DefaultDockerClientConfig.createDefaultConfigBuilder().build();
        return DockerClientImpl.getInstance(configuration, http);
    }

    private static Optional<DockerHttpClient> at(String host) {
        if (host.startsWith("unix://") && !Files.exists(Path.of(host.substring("unix://".length())))) {
            return Optional.empty();
        }
        DockerClientConfig configuration = DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost(host)
                .build();
        return Optional.of(new ZerodepDockerHttpClient.Builder()
                .dockerHost(configuration.getDockerHost())
                .sslConfig(configuration.getSSLConfig())
                .maxConnections(8)
                .build());
    }
}
