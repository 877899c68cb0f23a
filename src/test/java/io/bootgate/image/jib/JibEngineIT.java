package io.bootgate.image.jib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.transport.DockerHttpClient;
import io.bootgate.image.BuildOutcome.Built;
import io.bootgate.image.ImageBuildException;
import io.bootgate.image.docker.EngineImages;
import io.bootgate.image.docker.EnginePush;
import io.bootgate.image.docker.RealEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A base of a few files in a real engine, and what is put on it. */
class JibEngineIT {
    private static final String APP = "app = object()\n";

    @TempDir
    private Path folder;

    @TempDir
    private Path registryFolder;

    private final String unique =
            "bootgate-it/jib" + ProcessHandle.current().pid() + Long.toHexString(System.nanoTime());
    private final String base = unique + "-base:1";
    private Optional<DockerHttpClient> http = Optional.empty();
    private DockerClient client;
    private SentArchives engine;
    private Service service;

    @BeforeEach
    void aBaseInTheEngine() throws IOException {
        http = RealEngine.docker();
        assumeTrue(http.isPresent(), "no Docker Engine");
        client = RealEngine.client(http.get());
        service = Service.in(folder).file("app.py", APP).file("templates/index.html", "<h1>Orders</h1>");
        Path archive = folder.resolve("target/base.tar");
        new EngineImages(client).load(out -> Files.copy(archive, out));
        try (var tar = Files.newInputStream(archive)) {
            client.tagImageCmd(ImageArchive.read(tar).imageId(), unique + "-base", "1")
                    .exec();
        }
        engine = new SentArchives(new EngineImages(client));
        service.store = engine;
        service.from = "docker://" + base;
        service.reference = unique + ":1";
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        if (http.isPresent()) {
            for (String image : List.of(base, service.reference)) {
                if (new EngineImages(client).find(image).isPresent()) {
                    client.removeImageCmd(image).withForce(true).exec();
                }
            }
            http.get().close();
        }
    }

    @Test
    void aChangedLineSendsItsLayerAndNothingElseAndTheImageIsTheOneThatJibMakes() {
        assumeTrue(engine.find(base).orElseThrow().sparesLayers(), "another store than Docker's own");

        Built first = service.built();
        assertThat(first.id()).isEqualTo(((Built) service.outcome(JibTarget.TAR)).id());
        assertThat(engine.find(service.reference).orElseThrow().id()).isEqualTo(first.id());

        service.file("app.py", APP + "# changed\n");
        Built changed = service.built();
        service.built();

        assertThat(changed.id())
                .isNotEqualTo(first.id())
                .isEqualTo(((Built) service.outcome(JibTarget.TAR)).id())
                .isEqualTo(engine.find(service.reference).orElseThrow().id());
        assertThat(engine.sent()).hasSize(2);
        assertThat(engine.sent().get(0))
                .filteredOn(name -> name.endsWith(".tar"))
                .hasSize(2);
        String sources = engine.find(service.reference).orElseThrow().diffIds().get(2);
        assertThat(engine.sent().get(1))
                .containsExactly(
                        sources.replace("sha256:", "") + ".tar",
                        changed.id().replace("sha256:", "") + ".json",
                        "manifest.json");
    }

    @Test
    void theEnginePushesWithTheLoginAndTheRegistrySaysWhatItGot() {
        assumeTrue(LoopbackRegistry.isHere(), "docker-registry is not installed");
        try (LoopbackRegistry registry = LoopbackRegistry.withLogin(registryFolder)) {
            String name = registry.name() + "/acme/"
                    + unique.replace("bootgate-it/", "").toLowerCase(Locale.ROOT);
            client.tagImageCmd(base, name, "1").exec();
            service.reference = name + ":1";
            EnginePush push = new EnginePush(client);
            Registries known = new Registries(
                    Set.of(registry.name()),
                    asked -> Optional.of(new RegistryLogin.Login(LoopbackRegistry.USER, LoopbackRegistry.PASSWORD)),
                    Service.silent());

            assertThatThrownBy(() -> push.push(service.reference, Optional.empty()))
                    .isInstanceOf(ImageBuildException.class)
                    .hasMessageContaining("<server> with the id " + registry.name());
            assertThat(known.digest(service.reference)).isEmpty();
            Optional<String> told = push.push(
                    service.reference,
                    known.login(service.reference).map(login -> new EnginePush.Login(login.name(), login.password())));

            assertThat(told).isPresent().isEqualTo(known.digest(service.reference));
        }
    }
}
