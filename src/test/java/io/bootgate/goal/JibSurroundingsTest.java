package io.bootgate.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.image.jib.RegistryLogin.Login;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What jib is told beside its own parameters: logins, labels, the cache, whether there is a Python project at all. */
class JibSurroundingsTest {
    @TempDir
    private Path folder;

    @Test
    void aServerWithTheRegistrysNameIsItsLogin() {
        SettingsLogins logins = logins("registry.example.org:5000", "docker.io");

        assertThat(logins.of("registry.example.org:5000")).contains(new Login("alice", "plain hunter2"));
        assertThat(logins.of("registry-1.docker.io")).contains(new Login("alice", "plain hunter2"));
        assertThat(logins.of("registry.example.org")).isEmpty();
        assertThat(new Login("alice", "hunter2").toString()).doesNotContain("hunter2");
    }

    @Test
    void withoutAGitRepositoryThereAreNoLabels() {
        assertThat(GitLabels.of(folder.resolve("absent"))).isEmpty();
    }

    @Test
    void anAddressLosesItsLogin() {
        assertThat(GitLabels.withoutLogin("https://alice:token@git.example.org/shop.git\n"))
                .isEqualTo("https://git.example.org/shop.git");
        assertThat(GitLabels.withoutLogin("git@git.example.org:shop.git")).isEqualTo("git@git.example.org:shop.git");
    }

    @Test
    void theCacheIsWhereUsersKeepTheirs() {
        UserProperties none = new UserProperties(name -> null);

        assertThat(UserCache.folder(Map.of("XDG_CACHE_HOME", folder.toString()), none))
                .isEqualTo(folder.resolve("bootgate"));
        assertThat(UserCache.folder(Map.of("XDG_CACHE_HOME", ""), none).toString())
                .endsWith("bootgate");
        assertThat(UserCache.folder(
                        Map.of(),
                        new UserProperties(name -> name.equals("bootgate.cacheDirectory") ? folder.toString() : null)))
                .isEqualTo(folder);
    }

    @Test
    void aPythonProjectIsToldByItsFiles() throws IOException {
        assertThat(PythonProject.isIn(folder)).isFalse();
        Files.writeString(folder.resolve("pom.xml"), "");
        assertThat(PythonProject.isIn(folder)).isFalse();
        for (String telling : List.of("requirements-prod.txt", "pyproject.toml", "app.py")) {
            Path file = Files.writeString(folder.resolve(telling), "");
            assertThat(PythonProject.isIn(folder)).as(telling).isTrue();
            Files.delete(file);
        }
        assertThat(PythonProject.isIn(folder.resolve("absent"))).isFalse();
    }

    private static SettingsLogins logins(String... ids) {
        Settings settings = new Settings();
        for (String id : ids) {
            Server server = new Server();
            server.setId(id);
            server.setUsername("alice");
            server.setPassword("{hunter2}");
            settings.addServer(server);
        }
        return new SettingsLogins(settings, new Decrypter());
    }

    /** Says what it took the braces from. */
    private static final class Decrypter implements SettingsDecrypter {
        @Override
        public SettingsDecryptionResult decrypt(SettingsDecryptionRequest request) {
            Server server = request.getServers().get(0).clone();
            server.setPassword("plain " + server.getPassword().replaceAll("[{}]", ""));
            return new SettingsDecryptionResult() {
                @Override
                public Server getServer() {
                    return server;
                }

                @Override
                public List<Server> getServers() {
                    return List.of(server);
                }

                @Override
                public org.apache.maven.settings.@Nullable Proxy getProxy() {
                    return null;
                }

                @Override
                public List<org.apache.maven.settings.Proxy> getProxies() {
                    return List.of();
                }

                @Override
                public List<SettingsProblem> getProblems() {
                    return List.of();
                }
            };
        }
    }
}
