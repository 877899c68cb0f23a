package io.bootgate.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bootgate.environment.Settlement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.crypto.DefaultSettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sonatype.plexus.components.cipher.DefaultPlexusCipher;
import org.sonatype.plexus.components.cipher.PlexusCipherException;
import org.sonatype.plexus.components.sec.dispatcher.DefaultSecDispatcher;

class VariableSourcesTest {
    @TempDir
    Path folder;

    private final Settings settings = new Settings();

    private Map<String, String> settled(
            @Nullable Path envFile, Map<String, String> servers, Map<String, String> files, Map<String, String> env)
            throws Exception {
        return Settlement.of("", Map.of(), sources(envFile, servers, files, env).read())
                .variables()
                .values();
    }

    private VariableSources sources(
            @Nullable Path envFile, Map<String, String> servers, Map<String, String> files, Map<String, String> env)
            throws Exception {
        return new VariableSources(
                envFile == null ? null : envFile.toFile(),
                servers,
                files,
                env,
                new SettingsServers(settings, decrypter()),
                folder);
    }

    /** Maven's own, with a master password in a file of this test. */
    private SettingsDecrypter decrypter() throws PlexusCipherException, IOException {
        DefaultPlexusCipher cipher = new DefaultPlexusCipher();
        Path security = folder.resolve("settings-security.xml");
        Files.writeString(
                security,
                "<settingsSecurity><master>%s</master></settingsSecurity>"
                        .formatted(cipher.encryptAndDecorate(
                                "the master", DefaultSecDispatcher.SYSTEM_PROPERTY_SEC_LOCATION)));
        return new DefaultSettingsDecrypter(new DefaultSecDispatcher(cipher, Map.of(), security.toString()));
    }

    private void server(String id, String user, @Nullable String password) {
        Server server = new Server();
        server.setId(id);
        server.setUsername(user);
        server.setPassword(password);
        settings.addServer(server);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void fromTheWeakestToTheStrongestSource() throws Exception {
        server("db", "shop", "of-server");
        file("key.pem", "of-file\n");
        Path envFile = file("test.env", "A=of-env-file\nB=of-env-file\nC=of-env-file\nD=of-env-file\nE=of-env-file\n");
        assertThat(settled(
                        envFile,
                        Map.of("B", "db", "D", "db"),
                        Map.of("C", "key.pem", "E", "key.pem"),
                        Map.of("D", "of-env", "E", "of-env")))
                .isEqualTo(Map.of("A", "of-env-file", "B", "of-server", "C", "of-file", "D", "of-env", "E", "of-env"));
    }

    @Test
    void aPasswordOfSettingsIsDecryptedByMaven() throws Exception {
        DefaultPlexusCipher cipher = new DefaultPlexusCipher();
        server("orders-db", "shop", cipher.encryptAndDecorate("s3cret w0rd", "the master"));
        server("registry.example.org", "robot", "plain");
        VariableSources sources = sources(
                null,
                Map.of(
                        "PASSWORD", "orders-db",
                        "AGAIN", "orders-db.password",
                        "USER_NAME", "orders-db.username",
                        "OTHER", "registry.example.org"),
                Map.of(),
                Map.of());
        Settlement settled = Settlement.of("", Map.of(), sources.read());
        assertThat(settled.variables().values())
                .isEqualTo(Map.of(
                        "PASSWORD", "s3cret w0rd", "AGAIN", "s3cret w0rd", "USER_NAME", "shop", "OTHER", "plain"));
        assertThat(settled.variables().secretNames()).containsExactly("AGAIN", "OTHER", "PASSWORD");
        assertThat(sources.read().toString()).doesNotContain("s3cret", "plain");
    }

    @Test
    void aServerThatIsNotThereOrCannotBeDecryptedIsTold() throws Exception {
        server("db", "shop", "{COQLCE6DU6GtcS5P=}");
        server("no-password", "shop", null);
        for (List<String> each : List.of(
                List.of(
                        "orders",
                        "<envFromServers><X> is \"orders\", but settings.xml has no server of that id. There are: db,"),
                List.of("db.token", "<envFromServers><X> is \"db.token\", but settings.xml has no server of that id."),
                List.of("db", "<envFromServers><X>: the server db in settings.xml can't be decrypted: "),
                List.of(
                        "no-password",
                        "<envFromServers><X>: the server no-password in settings.xml has no <password>."),
                List.of("", "<envFromServers><X> names no server. Example: <envFromServers><X>orders-db</X>"))) {
            VariableSources sources = sources(null, Map.of("X", each.get(0)), Map.of(), Map.of());
            assertThatThrownBy(sources::read)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(each.get(1));
        }
    }

    @Test
    void aFilesContentIsTheValueWithoutTheLastLineEnd() throws Exception {
        file("key.pem", "-----BEGIN-----\r\nabc\r\n-----END-----\r\n");
        file("two.txt", "x\n\n");
        assertThat(settled(
                        null,
                        Map.of(),
                        Map.of(
                                "KEY",
                                "key.pem",
                                "TWO",
                                folder.resolve("two.txt").toString()),
                        Map.of()))
                .isEqualTo(Map.of("KEY", "-----BEGIN-----\r\nabc\r\n-----END-----", "TWO", "x\n"));
    }

    @Test
    void aFileThatCannotBeAValueIsToldWithoutItsContent() throws Exception {
        file("binary", "\u0000secret");
        Files.write(folder.resolve("latin"), new byte[] {'s', 'e', 'c', 'r', 'e', 't', (byte) 0xE4});
        file("large", "secret".repeat(30_000));
        Stream.of(
                        List.of("absent", " cannot be read: there is no such file or folder."),
                        List.of("binary", " is no text: no variable can hold a NUL."),
                        List.of("latin", " is not UTF-8 text."),
                        List.of("large", " is larger than the 128 KiB that a variable can have."))
                .forEach(each -> assertThatThrownBy(() -> settled(null, Map.of(), Map.of("KEY", each.get(0)), Map.of()))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith(
                                "<envFromFiles><KEY> is the file %s, which%s".formatted(each.get(0), each.get(1)))
                        .hasMessageNotContaining("secret"));
    }

    @Test
    void oneVariableFromTwoPlacesOfTheSameRankIsAnError() throws Exception {
        server("db", "shop", "x");
        file("key", "y");
        assertThatThrownBy(() -> settled(null, Map.of("A", "db"), Map.of("A", "key"), Map.of()))
                .hasMessage("A is both in <envFromServers> and in <envFromFiles>. Remove one of them.");
    }

    @Test
    void namesThatADockerfileSetsAreFound() throws IOException {
        Path dockerfile = file("Dockerfile", """
                FROM python:3.12
                # ENV COMMENTED=1
                ENV A=1 B="two words" \\
                    # not this
                    C=3
                env OLD form=with = signs
                RUN ENVIRONMENT=x true
                """);
        assertThat(DockerfileVariables.names(dockerfile)).contains("A", "B", "C", "OLD");
        assertThat(DockerfileVariables.names(dockerfile)).doesNotContain("COMMENTED", "ENVIRONMENT");
        assertThat(DockerfileVariables.names(folder.resolve("absent"))).isEmpty();
    }
}
