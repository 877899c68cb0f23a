package io.bootgate.goal;

import io.bootgate.engine.docker.DockerEngine;
import io.bootgate.gate.Secrets;
import io.bootgate.image.ImageBuilder;
import io.bootgate.image.cli.SearchPath;
import io.bootgate.image.docker.CommandLines;
import io.bootgate.image.docker.DockerBuild;
import io.bootgate.image.docker.DockerImageBuilder;
import io.bootgate.image.docker.EngineImages;
import io.bootgate.image.jib.JibBuild;
import io.bootgate.image.jib.JibImageBuilder;
import io.bootgate.image.jib.JibTarget;
import io.bootgate.image.jib.RegistryLogin;
import java.util.Optional;

/** All that the parameters say about a build, before there is an engine. */
sealed interface Recipe {
    String reference();

    /** The platform that was asked for; empty for the engine's own. */
    Optional<String> platform();

    /** Whether the image is told to have a variable of this name; what its base image has is not known. */
    boolean maySet(String variable);

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
        public boolean maySet(String variable) {
            return DockerfileVariables.names(build.dockerfile()).contains(variable);
        }

        @Override
        public ImageBuilder on(DockerEngine engine, Secrets secrets) {
            CommandLines commands = new CommandLines(
                    SearchPath.of(System.getenv()), engine.connection().environment());
            return new DockerImageBuilder(engine.connection().client(), build, commands, secrets::mask);
        }
    }

    /** Without one. */
    record WithJib(JibBuild build, JibTarget target, RegistryLogin login) implements Recipe {
        @Override
        public String reference() {
            return build.reference();
        }

        @Override
        public Optional<String> platform() {
            return Optional.empty();
        }

        @Override
        public boolean maySet(String variable) {
            return false;
        }

        @Override
        public ImageBuilder on(DockerEngine engine, Secrets secrets) {
            return builder(JibTarget.ENGINE, Optional.of(engine), secrets);
        }

        /** The builder that brings the image where it is wanted, to be used without an engine too. */
        ImageBuilder toTarget(Optional<DockerEngine> engine, Secrets secrets) {
            return builder(target, engine, secrets);
        }

        /** The same, brought to another place. */
        WithJib to(JibTarget other) {
            return new WithJib(build, other, login);
        }

        /** For the log, once it is there. */
        String delivered() {
            return target == JibTarget.TAR
                    ? "Wrote %s to %s".formatted(reference(), build.archive())
                    : "Pushed " + reference();
        }

        private ImageBuilder builder(JibTarget to, Optional<DockerEngine> engine, Secrets secrets) {
            return new JibImageBuilder(
                    build,
                    to,
                    engine.map(found -> new EngineImages(found.connection().client())),
                    login,
                    secrets::mask);
        }
    }
}
