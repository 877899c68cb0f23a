package io.bootgate.image.jib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bootgate.image.BuildOutcome.Built;
import io.bootgate.image.ImageBuildException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JibRegistryIT {
    @TempDir
    private Path folder;

    @TempDir
    private Path registryFolder;

    private Service service;

    @BeforeEach
    void aService() {
        assumeTrue(LoopbackRegistry.isHere(), "docker-registry is not installed");
        service = Service.in(folder).file("app.py", "app = object()\n");
    }

    @Test
    void anImageIsPushedUnderAllItsTagsAndIsTheSameAsInTheEngineAndAFile() throws Exception {
        try (LoopbackRegistry registry = LoopbackRegistry.open(registryFolder)) {
            service.reference = registry.name() + "/acme/orders:1";
            service.insecure = Set.of(registry.name());

            Built pushed = (Built) service.outcome(JibTarget.REGISTRY);
            Built loaded = (Built) service.outcome(JibTarget.ENGINE);
            Built written = (Built) service.outcome(JibTarget.TAR);

            assertThat(pushed.digest()).isPresent().isEqualTo(registry.digest("acme/orders", "1"));
            assertThat(registry.digest("acme/orders", "latest")).isEqualTo(pushed.digest());
            assertThat(loaded.id()).isEqualTo(pushed.id()).isEqualTo(written.id());
            try (var tar = Files.newInputStream(folder.resolve("target/image.tar"))) {
                assertThat(ImageArchive.read(tar).imageId()).isEqualTo(pushed.id());
            }
        }
    }

    @Test
    void twoMachinesPushTheSameDigest(@TempDir Path other) throws Exception {
        try (LoopbackRegistry registry = LoopbackRegistry.open(registryFolder)) {
            Service twin = Service.in(other).file("app.py", "app = object()\n");
            service.reference = registry.name() + "/acme/orders:1";
            twin.reference = registry.name() + "/acme/twin:1";
            service.insecure = twin.insecure = Set.of(registry.name());

            assertThat(((Built) twin.outcome(JibTarget.REGISTRY)).digest())
                    .isEqualTo(((Built) service.outcome(JibTarget.REGISTRY)).digest());
        }
    }

    @Test
    void aRegistryWithoutTlsMustBeNamed() {
        try (LoopbackRegistry registry = LoopbackRegistry.open(registryFolder)) {
            service.reference = registry.name() + "/acme/orders:1";

            assertThatThrownBy(() -> service.outcome(JibTarget.REGISTRY))
                    .isInstanceOf(ImageBuildException.class)
                    .hasMessageContaining("The registry " + registry.name() + " speaks no TLS")
                    .hasMessageContaining("<insecureRegistries>");
        }
    }

    @Test
    void aRegistryThatWantsALoginGetsTheOneThatIsKnown() throws Exception {
        try (LoopbackRegistry registry = LoopbackRegistry.withLogin(registryFolder)) {
            service.reference = registry.name() + "/acme/orders:1";
            service.insecure = Set.of(registry.name());
            assertThatThrownBy(() -> service.outcome(JibTarget.REGISTRY))
                    .isInstanceOf(ImageBuildException.class)
                    .hasMessageContaining(
                            "The registry " + registry.name() + " refused " + registry.name() + "/acme/orders")
                    .hasMessageContaining("settings.xml");

            service.login = asked -> asked.equals(registry.name())
                    ? Optional.of(new RegistryLogin.Login(LoopbackRegistry.USER, LoopbackRegistry.PASSWORD))
                    : Optional.empty();
            Built pushed = (Built) service.outcome(JibTarget.REGISTRY);

            assertThat(registry.digest("acme/orders", "1")).isEqualTo(pushed.digest());
            assertThat(service.log).noneMatch(line -> line.contains(LoopbackRegistry.PASSWORD));
        }
    }

    @Test
    void aBaseOfARegistryIsUsedAgainWithoutIt() throws IOException {
        Built first;
        try (LoopbackRegistry registry = LoopbackRegistry.open(registryFolder)) {
            Path base = folder.resolve("target/base");
            Service published = Service.in(base);
            published.file("app.py", "app = object()\n");
            published.reference = registry.name() + "/acme/base:1";
            published.insecure = service.insecure = Set.of(registry.name());
            published.outcome(JibTarget.REGISTRY);

            service.from = published.reference;
            first = service.built();
        }
        service.offline = true;
        service.file("app.py", "app = object()\n# changed\n");

        assertThat(service.built().id()).isNotEqualTo(first.id());

        service.offline = false;
        assertThatThrownBy(service::built)
                .isInstanceOf(ImageBuildException.class)
                .hasMessageContaining("cannot be reached")
                .hasMessageContaining("mvn -o");
    }

    @Test
    void anImageThatTheRegistryDoesNotHaveIsTold() {
        try (LoopbackRegistry registry = LoopbackRegistry.open(registryFolder)) {
            service.from = registry.name() + "/acme/nothing:1";
            service.insecure = Set.of(registry.name());

            assertThatThrownBy(service::built)
                    .isInstanceOf(ImageBuildException.class)
                    .hasMessageContaining("There is no image " + registry.name() + "/acme/nothing:1");
        }
    }

    @Test
    void aCertificateOfAnUnknownAuthorityIsToldAndTakenWhereTheRegistryIsNamed() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not installed");
        try (LoopbackRegistry registry = LoopbackRegistry.withTls(registryFolder)) {
            service.reference = registry.name() + "/acme/orders:1";
            assertThatThrownBy(() -> service.outcome(JibTarget.REGISTRY))
                    .isInstanceOf(ImageBuildException.class)
                    .hasMessageContaining("-Djavax.net.ssl.trustStore");

            service.insecure = Set.of(registry.name());
            Built pushed = (Built) service.outcome(JibTarget.REGISTRY);

            assertThat(new Registries(service.insecure, RegistryLogin.NONE, Service.silent()).digest(service.reference))
                    .isEqualTo(pushed.digest());
        }
    }

    @Test
    void severalPlatformsAreOneIndex() throws Exception {
        String listType = "application/vnd.docker.distribution.manifest.list.v2+json";
        String type = "application/vnd.docker.distribution.manifest.v2+json";
        try (LoopbackRegistry registry = LoopbackRegistry.open(registryFolder)) {
            List<String> bases = new ArrayList<>();
            for (String architecture : List.of("amd64", "arm64")) {
                Service published = Service.in(folder.resolve("target/" + architecture));
                ImageArchive.write(
                        published.folder.resolve("target/base.tar"),
                        "/usr/bin:/bin",
                        architecture,
                        List.of(Service.debian()));
                published.file("app.py", "app = object()\n");
                published.reference = registry.name() + "/acme/base:" + architecture;
                published.insecure = Set.of(registry.name());
                String digest =
                        ((Built) published.outcome(JibTarget.REGISTRY)).digest().orElseThrow();
                int size = registry.manifest("acme/base", digest, type).length();
                bases.add(
                        "{\"mediaType\":\"%s\",\"size\":%d,\"digest\":\"%s\",\"platform\":{\"architecture\":\"%s\",\"os\":\"linux\"}}"
                                .formatted(type, size, digest, architecture));
            }
            registry.put(
                    "acme/base",
                    "1",
                    listType,
                    "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]}"
                            .formatted(listType, String.join(",", bases)));
            service.from = registry.name() + "/acme/base:1";
            service.reference = registry.name() + "/acme/orders:1";
            service.insecure = Set.of(registry.name());
            service.platforms = List.of("linux/amd64", "linux/arm64");

            Built pushed = (Built) service.outcome(JibTarget.REGISTRY);

            JsonNode index = new ObjectMapper().readTree(registry.manifest("acme/orders", "1", listType));
            assertThat(index.path("manifests")).hasSize(2);
            for (JsonNode image : index.path("manifests")) {
                String manifest =
                        registry.manifest("acme/orders", image.path("digest").asText(), type);
                assertThat(image.path("size").asInt()).isEqualTo(manifest.length());
                assertThat(image.path("platform").path("architecture").asText()).isIn("amd64", "arm64");
            }
            assertThat(pushed.digest())
                    .isEqualTo(new Registries(service.insecure, RegistryLogin.NONE, Service.silent())
                            .digest(service.reference));
            assertThat(registry.manifest("acme/orders", "latest", listType))
                    .isEqualTo(registry.manifest("acme/orders", "1", listType));
        }
    }
}
