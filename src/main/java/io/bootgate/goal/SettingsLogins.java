package io.bootgate.goal;

import io.bootgate.image.jib.RegistryLogin;
import java.util.List;
import java.util.Optional;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/** Logins to registries in the user's settings.xml: a {@code <server>} whose id is the registry's name. */
record SettingsLogins(Settings settings, SettingsDecrypter decrypter) implements RegistryLogin {
    private static final List<String> HUB = List.of("docker.io", "index.docker.io", "registry-1.docker.io");

    @Override
    public Optional<Login> of(String registry) {
        List<String> ids = HUB.contains(registry) ? HUB : List.of(registry);
        return ids.stream()
                .map(settings::getServer)
                .filter(server -> server != null && server.getUsername() != null)
                .findFirst()
                .map(this::login);
    }

    private Login login(Server server) {
        Server plain =
                decrypter.decrypt(new DefaultSettingsDecryptionRequest(server)).getServer();
        return new Login(plain.getUsername(), plain.getPassword() == null ? "" : plain.getPassword());
    }
}
