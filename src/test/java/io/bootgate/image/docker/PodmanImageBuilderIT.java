package io.bootgate.image.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import java.util.Optional;

class PodmanImageBuilderIT extends ImageBuilderContract {
    @Override
    Optional<DockerHttpClient> engine() {
        return RealEngine.podman();
    }
}
