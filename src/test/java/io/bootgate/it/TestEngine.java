package io.bootgate.it;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.util.Arrays;
import java.util.List;

/** The engine that builds of {@code src/it} use, asked behind Bootgate's back. */
public final class TestEngine implements AutoCloseable {
    private final DockerClient client;

    /** By its URL; null (Maven has no empty values) stands for DOCKER_HOST, the current context, or the default socket. */
    public TestEngine(String url) {
        DefaultDockerClientConfig.Builder config = DefaultDockerClientConfig.createDefaultConfigBuilder();
        if (url != null) {
            config.withDockerHost(url);
        }
        DockerClientConfig built = config.build();
        client = DockerClientImpl.getInstance(
                built,
                new ZerodepDockerHttpClient.Builder()
                        .dockerHost(built.getDockerHost())
                        .sslConfig(built.getSSLConfig())
                        .build());
    }

    /** Whether a build that needs an engine can run here; says why not. */
    public static boolean isReadyFor(String base, String url) {
        try (TestEngine engine = new TestEngine(url)) {
            if (engine.hasImage(base)) {
                return true;
            }
            System.out.println(
                    "Needs the image " + base + " (bin/base-image makes it). bin/test has all that is needed.");
        } catch (RuntimeException e) {
            System.out.println("Needs a container engine: " + e.getMessage() + ". bin/test gets one.");
        }
        return false;
    }

    public boolean hasImage(String reference) {
        try {
            client.inspectImageCmd(reference).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    /** Bootgate's containers, running or not, of the service with this name. */
    public List<String> containersOf(String service) {
        return client
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of("io.bootgate.session"))
                .exec()
                .stream()
                .map(Container::getNames)
                .flatMap(Arrays::stream)
                .filter(name -> name.contains(service))
                .toList();
    }

    /** Bootgate's networks and volumes with this name in theirs. */
    public List<String> networksAndVolumesOf(String service) {
        List<String> names = new java.util.ArrayList<>();
        client.listNetworksCmd()
                .withFilter("label", List.of("io.bootgate.session"))
                .exec()
                .forEach(network -> names.add(network.getName()));
        var volumes = client.listVolumesCmd()
                .withFilter("label", List.of("io.bootgate.session"))
                .exec()
                .getVolumes();
        if (volumes != null) {
            volumes.forEach(volume -> names.add(volume.getName()));
        }
        return names.stream().filter(name -> name.contains(service)).toList();
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
