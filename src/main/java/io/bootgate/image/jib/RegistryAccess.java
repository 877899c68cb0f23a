package io.bootgate.image.jib;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.CredentialRetriever;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.LogEvent;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import com.google.cloud.tools.jib.registry.credentials.CredentialRetrievalException;
import io.bootgate.image.BuildLog;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How images of registries are named for Jib, with everybody who may know a login. */
record RegistryAccess(Set<String> insecureRegistries, RegistryLogin login, BuildLog log) {

    RegistryImage image(ImageReference reference) {
        RegistryImage image = RegistryImage.named(reference);
        retrievers(reference).forEach(image::addCredentialRetriever);
        return image;
    }

    /** The first login that somebody knows. */
    Optional<Credential> credential(ImageReference reference) {
        for (CredentialRetriever retriever : retrievers(reference)) {
            try {
                Optional<Credential> known = retriever.retrieve();
                if (known.isPresent()) {
                    return known;
                }
            } catch (CredentialRetrievalException e) {
                log.output("A credential helper does not answer: " + e.getMessage());
            }
        }
        return Optional.empty();
    }

    private List<CredentialRetriever> retrievers(ImageReference reference) {
        CredentialRetrieverFactory docker = CredentialRetrieverFactory.forImage(reference, this::heard);
        return List.of(
                () -> login.of(reference.getRegistry()).map(known -> Credential.from(known.name(), known.password())),
                docker.dockerConfig(),
                docker.wellKnownCredentialHelpers());
    }

    /** Whether it was said of this image's registry that it may be spoken to without TLS, or without a known certificate. */
    boolean isInsecure(ImageReference reference) {
        boolean insecure = insecureRegistries.contains(reference.getRegistry());
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
