package io.bootgate.image.jib;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.DescriptorDigest;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.event.EventHandlers;
import com.google.cloud.tools.jib.http.FailoverHttpClient;
import com.google.cloud.tools.jib.image.json.V22ManifestListTemplate;
import com.google.cloud.tools.jib.image.json.V22ManifestListTemplate.ManifestDescriptorTemplate;
import com.google.cloud.tools.jib.image.json.V22ManifestTemplate;
import com.google.cloud.tools.jib.json.JsonTemplateMapper;
import com.google.cloud.tools.jib.registry.ManifestAndDigest;
import com.google.cloud.tools.jib.registry.RegistryClient;
import io.bootgate.image.BuildLog;
import io.bootgate.image.ImageBuildException;
import io.bootgate.image.jib.RegistryLogin.Login;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What registries have, and who may log in to them: the same for images of every builder. */
public final class Registries {
    private final RegistryAccess access;

    /**
     * All registries that this user knows.
     *
     * @param insecure that may be spoken to without TLS, or without a known certificate: {@code host:port}
     * @param login asked before docker's own settings and helpers
     */
    public Registries(Set<String> insecure, RegistryLogin login, BuildLog log) {
        this.access = new RegistryAccess(insecure, login, log);
    }

    /** The login for the registry that this image's name tells, if anybody knows one. */
    public Optional<Login> login(String reference) {
        return access.credential(parsed(reference)).map(known -> new Login(known.getUsername(), known.getPassword()));
    }

    /**
     * Digest of the manifest that the registry has under this name; empty if it has none.
     *
     * @throws ImageBuildException if the registry does not tell
     */
    public Optional<String> digest(String reference) {
        ImageReference image = parsed(reference);
        boolean insecure = access.isInsecure(image);
        FailoverHttpClient http = new FailoverHttpClient(insecure, insecure, event -> {});
        try {
            return client(image, http, false)
                    .checkManifest(image.getQualifier())
                    .map(found -> found.getDigest().toString());
        } catch (RegistryException | IOException e) {
            throw new ImageBuildException(
                    "The registry %s does not tell which image %s is: %s"
                            .formatted(image.getRegistry(), reference, e.getMessage()),
                    e);
        } finally {
            close(http);
        }
    }

    /**
     * Gives images of several platforms one name.
     *
     * @param tags further ones
     * @param images tag in the same repository by platform, as in {@code linux/arm64}
     * @return digest of the index
     */
    String pushIndex(String reference, List<String> tags, Map<String, String> images) {
        ImageReference image = parsed(reference);
        boolean insecure = access.isInsecure(image);
        FailoverHttpClient http = new FailoverHttpClient(insecure, insecure, event -> {});
        try {
            RegistryClient client = client(image, http, true);
            V22ManifestListTemplate index = new V22ManifestListTemplate();
            for (Map.Entry<String, String> platform : images.entrySet()) {
                index.addManifest(descriptor(client, platform.getKey(), platform.getValue()));
            }
            DescriptorDigest digest = client.pushManifest(index, image.getQualifier());
            for (String tag : tags) {
                client.pushManifest(index, tag);
            }
            return digest.toString();
        } catch (RegistryException | IOException e) {
            throw new ImageBuildException(
                    "The registry %s does not take the index of platforms %s: %s"
                            .formatted(image.getRegistry(), reference, e.getMessage()),
                    e);
        } finally {
            close(http);
        }
    }

    private static ManifestDescriptorTemplate descriptor(RegistryClient client, String platform, String tag)
            throws IOException, RegistryException {
        ManifestAndDigest<V22ManifestTemplate> found = client.pullManifest(tag, V22ManifestTemplate.class);
        ManifestDescriptorTemplate descriptor = new ManifestDescriptorTemplate();
        descriptor.setMediaType(V22ManifestTemplate.MANIFEST_MEDIA_TYPE);
        descriptor.setSize(JsonTemplateMapper.toByteArray(found.getManifest()).length);
        descriptor.setDigest(found.getDigest().toString());
        descriptor.setPlatform(
                platform.substring(platform.indexOf('/') + 1), platform.substring(0, platform.indexOf('/')));
        return descriptor;
    }

    private RegistryClient client(ImageReference image, FailoverHttpClient http, boolean pushes)
            throws IOException, RegistryException {
        RegistryClient.Factory factory =
                RegistryClient.factory(EventHandlers.NONE, image.getRegistry(), image.getRepository(), http);
        Optional<Credential> credential = access.credential(image);
        credential.ifPresent(factory::setCredential);
        RegistryClient client = factory.newRegistryClient();
        boolean bearer = pushes ? client.doPushBearerAuth() : client.doPullBearerAuth();
        if (!bearer && credential.isPresent()) {
            client.configureBasicAuth();
        }
        return client;
    }

    private static void close(FailoverHttpClient http) {
        try {
            http.shutDown();
        } catch (IOException e) {
            // Its connections end with the build at the latest.
        }
    }

    private static ImageReference parsed(String reference) {
        try {
            return ImageReference.parse(reference);
        } catch (InvalidImageReferenceException e) {
            throw new ImageBuildException(
                    "<image> is not the name of an image: \"%s\". Example: registry.example.org/acme/orders:1.0"
                            .formatted(reference),
                    e);
        }
    }
}
