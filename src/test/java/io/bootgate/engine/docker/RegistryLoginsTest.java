package io.bootgate.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.AuthConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryLoginsTest {
    @TempDir
    Path temp = Path.of("");

    @Test
    void givesEachRegistryItsLogin() throws IOException {
        // "me:secret:with:colons" and "hub:pw"
        RegistryLogins logins = logins("""
                {"auths": {"registry.example:5000": {"auth": "bWU6c2VjcmV0OndpdGg6Y29sb25z"},
                           "https://index.docker.io/v1/": {"auth": "aHViOnB3"},
                           "tokens.example": {"identitytoken": "t0ken"},
                           "helped.example": {}}}
                """);

        AuthConfig own = logins.of("registry.example:5000/team/app:1").orElseThrow();
        assertThat(own.getUsername()).isEqualTo("me");
        assertThat(own.getPassword()).isEqualTo("secret:with:colons");
        assertThat(logins.of("python:3.12").orElseThrow().getUsername()).isEqualTo("hub");
        assertThat(logins.of("team/app").orElseThrow().getUsername()).isEqualTo("hub");
        assertThat(logins.of("docker.io/team/app").orElseThrow().getUsername()).isEqualTo("hub");
        assertThat(logins.of("tokens.example/app").orElseThrow().getIdentitytoken())
                .isEqualTo("t0ken");
        assertThat(logins.of("helped.example/app")).isEmpty();
        assertThat(logins.of("localhost/app")).isEmpty();
    }

    @Test
    void aSettingsFileThatIsAbsentOrBrokenHasNoLogins() throws IOException {
        assertThat(RegistryLogins.in(temp.resolve("absent.json")).of("python:3.12"))
                .isEmpty();
        assertThat(logins("{ not json").of("python:3.12")).isEmpty();
        assertThat(logins("{\"auths\": {\"https://index.docker.io/v1/\": {\"auth\": \"%%%\"}}}")
                        .of("python:3.12"))
                .isEmpty();
    }

    private RegistryLogins logins(String json) throws IOException {
        return RegistryLogins.in(Files.writeString(temp.resolve("config.json"), json));
    }
}
