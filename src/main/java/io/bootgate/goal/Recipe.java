package io.bootgate.goal;

import io.bootgate.engine.docker.DockerEngine;
import io.bootgate.gate.Secrets;
import io.bootgate.image.ImageBuilder;
import io.bootgate.image.docker.DockerBuild;
import io.bootgate.image.docker.DockerImageBuilder;
import io.bootgate.image.docker.EngineImages;
import io.bootgate.image.jib.JibBuild;
import io.bootgate.image.jib.JibImageBuilder;
import java.util.Optional;

/** All that the parameters say about a build, before there is an engine. */
sealed interface Recipe {
    String reference();

    /** The platform that was asked for; empty for the engine's own. */
    Optional<String> platform();

    /** The builder, given an engine; the secrets' values are masked in the build's log. */
    ImageBuilder on(DockerEngine engine, Secrets secrets);

    /** From a Dockerfile. */
    record FromDockerfile(DockerBuild build) implements Recipe {
        @Override
        public String reference() {
            return build.reference();
        }

        @Override
        public Optional<String> platform() {
            return build.platform();
        }

        @Override
        public ImageBuilder on(DockerEngine engine, Secrets secrets) {
            return new DockerImageBuilder(engine.connection().client(), build, secrets::mask);
        }
    }

    /** Without one. */
    record WithJib(JibBuild build) implements Recipe {
        @Override
        public String reference() {
            return build.reference();
        }

        @Override
        public Optional<String> platform() {
            return Optional.empty();
        }

        @Override
        public ImageBuilder on(DockerEngine engine, Secrets secrets) {
            return new JibImageBuilder(
                    build, new EngineImages(engine.connection().client()), secrets::mask);
        }
    }
}
