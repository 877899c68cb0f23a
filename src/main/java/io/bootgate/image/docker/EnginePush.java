package io.bootgate.image.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.PushImageCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.PushResponseItem;
import com.github.dockerjava.api.model.ResponseItem;
import io.bootgate.image.ImageBuildException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lets an engine push one of its images to the registry that the image's name tells. */
public final class EnginePush {
    private static final Pattern DIGEST = Pattern.compile("digest:\\s*(sha256:[0-9a-f]{64})");

    private final DockerClient client;

    /** @param client the caller's, who closes it */
    public EnginePush(DockerClient client) {
        this.client = client;
    }

    /** A name and a password, never to be printed. */
    public record Login(String name, String password) {
        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * Pushes it.
     *
     * @return digest of the manifest, where the engine tells it
     * @throws ImageBuildException if the registry does not take it
     */
    public Optional<String> push(String reference, Optional<Login> login) {
        PushImageCmd push = client.pushImageCmd(reference);
        login.ifPresent(known ->
                push.withAuthConfig(new AuthConfig().withUsername(known.name()).withPassword(known.password())));
        Pushing pushing = new Pushing();
        try {
            push.exec(pushing).awaitCompletion();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ImageBuildException("The push of " + reference + " was interrupted.", e);
        } catch (DockerException e) {
            throw new ImageBuildException(refusal(reference, String.valueOf(e.getMessage())), e);
        }
        String error = pushing.error;
        if (error != null) {
            throw new ImageBuildException(refusal(reference, error));
        }
        return Optional.ofNullable(pushing.digest);
    }

    private static String refusal(String reference, String why) {
        String text = why.strip().replaceAll("\\s*\\R\\s*", " ");
        String registry = registry(reference);
        String fix = text.matches("(?is).*(?:unauthorized|denied|authentication|no basic auth).*")
                ? "Use docker login %1$s, or a <server> with the id %1$s in settings.xml.".formatted(registry)
                : text.matches("(?is).*(?:HTTPS client|certificate|x509).*")
                        ? "The engine knows no certificate of it: put the authority's into the engine's certs.d/%s, or name it in the"
                                        .formatted(registry)
                                + " engine's insecure-registries."
                        : "Check the registry's name in <image>, and the engine's way to it.";
        return "The image %s cannot be pushed: %s. %s".formatted(reference, text.replaceFirst("\\.$", ""), fix);
    }

    private static String registry(String reference) {
        int slash = reference.indexOf('/');
        String first = slash < 0 ? "" : reference.substring(0, slash);
        return first.contains(".") || first.contains(":") || first.equals("localhost") ? first : "docker.io";
    }

    /** The engine's answer is a success from its start: what failed is told in it. */
    private static final class Pushing extends ResultCallback.Adapter<PushResponseItem> {
        private volatile @Nullable String error;
        private volatile @Nullable String digest;

        @Override
        public void onNext(PushResponseItem item) {
            ResponseItem.ErrorDetail detail = item.getErrorDetail();
            if (detail != null) {
                error = detail.getMessage();
            }
            if (item.getAux() != null && item.getAux().getDigest() != null) {
                digest = item.getAux().getDigest();
            }
            Matcher told = DIGEST.matcher(String.valueOf(item.getStatus()));
            if (told.find()) {
                digest = told.group(1);
            }
        }
    }
}
