package io.bootgate.image.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import java.util.Optional;

class DockerImageBuilderIT extends ImageBuilderContract {
    @Override
    Optional<DockerHttpClient> engine() {
        return RealEngine.docker();
    }
}
