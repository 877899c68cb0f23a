package io.bootgate.image.jib;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.LogEvent;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import io.bootgate.image.BuildLog;

/** How images of registries are named for Jib, with everybody who may know a login. */
record RegistryAccess(JibBuild build, RegistryLogin login, BuildLog log) {

    RegistryImage image(ImageReference reference) {
        CredentialRetrieverFactory docker = CredentialRetrieverFactory.forImage(reference, this::heard);
        return RegistryImage.named(reference)
                .addCredentialRetriever(() ->
                        login.of(reference.getRegistry()).map(known -> Credential.from(known.name(), known.password())))
                .addCredentialRetriever(docker.dockerConfig())
                .addCredentialRetriever(docker.wellKnownCredentialHelpers());
    }

    /** Whether it was said of this image's registry that it may be spoken to without TLS, or without a known certificate. */
    boolean isInsecure(ImageReference reference) {
        boolean insecure = build.insecureRegistries().contains(reference.getRegistry());
        if (insecure) {
            // Jib's only switch for it: elsewhere it speaks TLS, so nothing is sent in the open that was not said to
            // be.
            System.setProperty("sendCredentialsOverHttp", "true");
        }
        return insecure;
    }

    private void heard(LogEvent event) {
        if (event.getLevel() == LogEvent.Level.WARN) {
            log.output(event.getMessage());
        }
    }
}
