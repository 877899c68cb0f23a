package io.bootgate.image.jib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.bootgate.image.BuildOutcome.Built;
import io.bootgate.image.ImageBuildException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JibImageBuilderTest {
    private static final String APP = "from flask import Flask\napp = Flask(__name__)\n";

    @TempDir
    private Path folder;

    private Service service;

    @BeforeEach
    void anAppWithOneFile() {
        service = Service.in(folder).file("app.py", APP);
    }

    @Test
    void theImageSaysHowTheServiceRuns() throws IOException {
        Built built = service.built();

        var config = service.engine.image().config().path("config");
        assertThat(built.id()).isEqualTo(service.engine.image().imageId());
        assertThat(built.builder()).isEqualTo("jib");
        assertThat(texts(config.path("Entrypoint"))).containsExactly("gunicorn", "--bind", "0.0.0.0:8000", "app:app");
        assertThat(config.path("User").asText()).isEqualTo("1000:1000");
        assertThat(config.path("WorkingDir").asText()).isEqualTo("/app");
        assertThat(config.path("ExposedPorts").has("8000/tcp")).isTrue();
        assertThat(texts(config.path("Env")))
                .contains("PATH=/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8", "PYTHONUNBUFFERED=1");
    }

    @Test
    void whatNeverBelongsIntoAnImageIsLeftOut() throws IOException {
        for (String secret : List.of(
                ".env",
                ".env.local",
                ".git/config",
                "__pycache__/app.cpython-311.pyc",
                "shop/__pycache__/x.pyc",
                ".venv/bin/python",
                "own/pyvenv.cfg",
                "own/lib.py",
                "id_rsa",
                "tls/server.key",
                "pom.xml",
                "Dockerfile",
                ".dockerignore",
                "local.sqlite3",
                "notes/todo.txt")) {
            service.file(secret, "");
        }
        service.file(".dockerignore", "notes\n")
                .file("tls/server.pem", "-----BEGIN PRIVATE KEY-----\n")
                .file(
                        "tls/chain.pem",
                        "-----BEGIN CERTIFICATE-----\n" + "A".repeat(9000) + "\n-----BEGIN PRIVATE KEY-----\n")
                .file("tls/ca.pem", "-----BEGIN CERTIFICATE-----\n")
                .file("shop/views.py", "")
                .file("templates/index.html", "");
        service.excludes = List.of("*.sqlite3");

        service.built();

        assertThat(filesOf(1)).containsExactlyInAnyOrder("app/templates/index.html", "app/tls/ca.pem");
        assertThat(filesOf(2)).containsExactlyInAnyOrder("app/app.py", "app/shop/views.py");
    }

    @Test
    void linksAreFollowedWithinTheAppAndNeverOutOfIt() throws IOException {
        Path outside = Files.writeString(Files.createTempFile("outside", ".txt"), "secret");
        Files.createSymbolicLink(folder.resolve("stolen.txt"), outside);
        Files.createSymbolicLink(folder.resolve("root"), Path.of("/etc"));
        Files.createSymbolicLink(folder.resolve("nowhere"), Path.of("gone"));
        Files.createSymbolicLink(folder.resolve("main.py"), Path.of("app.py"));

        service.built();

        assertThat(filesOf(1)).containsExactlyInAnyOrder("app/app.py", "app/main.py");
        Files.delete(outside);
    }

    @Test
    void filesBelongToTheirOwnerWithSettledModesAndTimes() throws IOException {
        Path script = service.file("start.sh", "#!/bin/sh\n").folder.resolve("start.sh");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(folder.resolve("app.py"), PosixFilePermissions.fromString("rw-------"));

        service.built();

        var app = entry(2, "app/app.py");
        var start = entry(1, "app/start.sh");
        assertThat(app.getMode() & 0777).isEqualTo(0644);
        assertThat(start.getMode() & 0777).isEqualTo(0755);
        assertThat(app.getLongUserId()).isZero();
        assertThat(app.getLastModifiedTime()).isEqualTo(FileTime.fromMillis(1000));
    }

    @Test
    void aChangedLineChangesTheLayerOfSourcesOnly() throws IOException {
        service.file("templates/index.html", "<h1>Orders</h1>");
        service.built();
        List<String> before = service.engine.image().diffIds();

        service.file("app.py", APP + "# changed\n").built();

        List<String> after = service.engine.image().diffIds();
        assertThat(after.subList(0, 2)).isEqualTo(before.subList(0, 2));
        assertThat(after.get(2)).isNotEqualTo(before.get(2));
    }

    @Test
    void aChangeThatKeepsSizeAndTimeIsSeen() throws IOException {
        FileTime time = FileTime.fromMillis(1_700_000_000_000L);
        Files.setLastModifiedTime(folder.resolve("app.py"), time);
        service.built();

        service.file("app.py", APP.replace("Flask(", "flask("));
        Files.setLastModifiedTime(folder.resolve("app.py"), time);
        service.built();

        assertThat(service.engine.image().text("app/app.py").orElseThrow()).contains("app = flask(");
    }

    @Test
    void theSameSourcesGiveTheSameImageElsewhereAndLater(@TempDir Path other) throws IOException {
        service.file("templates/index.html", "<h1>Orders</h1>");
        Service twin = Service.in(other)
                .file("templates/index.html", "<h1>Orders</h1>")
                .file("app.py", APP);
        Files.setLastModifiedTime(other.resolve("app.py"), FileTime.fromMillis(0));

        assertThat(twin.built().id()).isEqualTo(service.built().id());
    }

    @Test
    void anUnchangedImageIsNotSentAgain() {
        service.built();
        service.built();

        assertThat(service.engine.loads()).isEqualTo(1);
    }

    @Test
    void aPlaceInTheImageIsOneOfTheProject() {
        Built built = service.built();

        assertThat(built.sources().origin("/app/app.py")).contains(folder.resolve("app.py"));
        assertThat(built.sources().origin("/usr/lib/python3.11/os.py")).isEmpty();
        assertThat(built.sources().origin("/app/gone.py")).isEmpty();
    }

    @Test
    void withoutAnythingToServeItSaysWhatToSet() throws IOException {
        Files.delete(folder.resolve("app.py"));
        service.file("tool.py", "print(1)\n");

        assertThatThrownBy(service::built)
                .isInstanceOf(ImageBuildException.class)
                .hasMessageContaining("no file of " + folder + " has an app")
                .hasMessageContaining("<jib><module>");
    }

    @Test
    void aBaseThatIsNotThereIsTold() {
        service.from = "tar://base/absent.tar";
        assertThatThrownBy(service::built)
                .isInstanceOf(ImageBuildException.class)
                .hasMessageContaining("no image archive at " + folder.resolve("base/absent.tar"));

        service.from = "docker://python:nope";
        assertThatThrownBy(service::built)
                .isInstanceOf(ImageBuildException.class)
                .hasMessageContaining("The engine has no image python:nope");
    }

    @Test
    void offlineABaseThatWasNeverPulledIsNamed() {
        service.from = "registry.invalid/python:3.12";
        service.offline = true;

        assertThatThrownBy(service::built)
                .isInstanceOf(ImageBuildException.class)
                .hasMessageStartingWith("The base image registry.invalid/python:3.12 is not in the cache")
                .hasMessageContaining("once without -o");
    }

    @Test
    void aRegistryThatCannotBeReachedIsTold() {
        service.from = "127.0.0.1:9/python:3.12";

        assertThatThrownBy(service::built)
                .isInstanceOf(ImageBuildException.class)
                .hasMessageContaining("127.0.0.1:9/python:3.12")
                .hasMessageContaining("cannot be reached");
    }

    private TarArchiveEntry entry(int layer, String name) throws IOException {
        return Objects.requireNonNull(service.engine.image().layers().get(layer).get(name), name);
    }

    private Set<String> filesOf(int layer) throws IOException {
        return service.engine.image().layers().get(layer).keySet().stream()
                .filter(name -> !name.endsWith("/"))
                .collect(Collectors.toSet());
    }

    private static List<String> texts(Iterable<JsonNode> nodes) {
        return StreamSupport.stream(nodes.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
