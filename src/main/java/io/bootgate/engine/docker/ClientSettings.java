package io.bootgate.engine.docker;

import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.AuthConfigurations;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.core.SSLConfig;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * docker-java's settings, all of them from here: its own {@code DefaultDockerClientConfig} also reads
 * {@code ~/.docker-java.properties}, the class path and system properties.
 */
@SuppressWarnings("deprecation") // The interface still asks for docker-java-core's own SSLConfig.
record ClientSettings(
        URI host, RemoteApiVersion version, @Nullable SSLConfig tls, RegistryLogins logins)
        implements DockerClientConfig {

    @Override
    public URI getDockerHost() {
        return host;
    }

    @Override
    public RemoteApiVersion getApiVersion() {
        return version;
    }

    @Override
    public @Nullable String getRegistryUsername() {
        return null;
    }

    @Override
    public @Nullable String getRegistryPassword() {
        return null;
    }

    @Override
    public @Nullable String getRegistryEmail() {
        return null;
    }

    @Override
    public String getRegistryUrl() {
        return AuthConfig.DEFAULT_SERVER_ADDRESS;
    }

    @Override
    public @Nullable AuthConfig effectiveAuthConfig(String reference) {
        return logins.of(reference).orElse(null);
    }

    @Override
    public AuthConfigurations getAuthConfigurations() {
        return logins.all();
    }

    @Override
    public @Nullable SSLConfig getSSLConfig() {
        return tls;
    }
}
