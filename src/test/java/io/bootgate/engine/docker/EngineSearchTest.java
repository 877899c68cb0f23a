package io.bootgate.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.bootgate.engine.EngineException;
import io.bootgate.engine.EngineInfo;
import io.bootgate.engine.docker.EngineChoice.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Where an engine is looked for, on a machine that has only what the test put there. */
@DisabledOnOs(OS.WINDOWS)
@SuppressWarnings("try") // An engine that only has to be there is not named again.
class EngineSearchTest {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    // Not a @TempDir: the path of a unix socket has to be short.
    private Path machine = Path.of("/tmp");
    private Path home = machine;
    private final Map<String, String> env = new HashMap<>();

    @BeforeEach
    void makeMachine() throws IOException {
        machine = Files.createTempDirectory("bg");
        home = Files.createDirectories(machine.resolve("home"));
        env.put("XDG_RUNTIME_DIR", machine.resolve("xdg").toString());
        env.put("PATH", Files.createDirectories(machine.resolve("bin")).toString());
    }

    @AfterEach
    void removeMachine() {
        Companion.remove(machine);
    }

    @Test
    void theNamedHostComesFirst() throws Exception {
        env.put("DOCKER_HOST", "unix://" + machine.resolve("env.sock"));
        try (FakeEngine named = FakeEngine.docker(machine.resolve("named.sock"));
                FakeEngine byVariable = FakeEngine.docker(machine.resolve("env.sock"));
                EngineConnection found = find(Kind.AUTO, "unix://" + machine.resolve("named.sock"))) {
            assertThat(found.info())
                    .isEqualTo(new EngineInfo(
                            "Docker Engine",
                            "20.10.24",
                            "1.41",
                            "amd64",
                            "unix://" + machine.resolve("named.sock"),
                            "<engineHost>"));
            assertThat(byVariable.requests()).isEmpty();
        }
    }

    @Test
    void dockerHostComesBeforeTheStandardSockets() throws Exception {
        env.put("DOCKER_HOST", "unix://" + machine.resolve("env.sock"));
        try (FakeEngine standard = FakeEngine.docker(machine.resolve("var/run/docker.sock"));
                FakeEngine byVariable = FakeEngine.podman(machine.resolve("env.sock"));
                EngineConnection found = find(Kind.AUTO)) {
            assertThat(found.info().name()).isEqualTo("Podman");
            assertThat(found.info().foundBy()).isEqualTo("DOCKER_HOST");
        }
    }

    @Test
    void anotherEngineThanTheOneThatDockerHostNamesIsNotUsed() throws Exception {
        env.put("DOCKER_HOST", "unix://" + machine.resolve("gone.sock"));
        try (FakeEngine standard = FakeEngine.docker(machine.resolve("var/run/docker.sock"))) {
            assertThatThrownBy(() -> find(Kind.AUTO))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("absent: DOCKER_HOST (unix://" + machine.resolve("gone.sock") + ")")
                    .hasMessageContaining("unset DOCKER_HOST");
            assertThat(standard.requests()).isEmpty();
        }
    }

    @Test
    void theCurrentContextComesBeforeTheStandardSockets() throws Exception {
        context("colima", "unix://" + machine.resolve("colima.sock"));
        Files.writeString(home.resolve(".docker/config.json"), "{\"currentContext\":\"colima\"}");
        try (FakeEngine standard = FakeEngine.docker(machine.resolve("var/run/docker.sock"));
                FakeEngine ofContext = FakeEngine.docker(machine.resolve("colima.sock"));
                EngineConnection found = find(Kind.AUTO)) {
            assertThat(found.info().foundBy()).isEqualTo("docker context colima");
        }
    }

    @Test
    void aStaleContextDoesNotHideTheStandardSocket() throws Exception {
        context("desktop-linux", "unix://" + machine.resolve("desktop.sock"));
        Files.writeString(home.resolve(".docker/config.json"), "{\"currentContext\":\"desktop-linux\"}");
        try (FakeEngine standard = FakeEngine.docker(machine.resolve("var/run/docker.sock"));
                EngineConnection found = find(Kind.AUTO)) {
            assertThat(found.info().address()).isEqualTo("unix://" + machine.resolve("var/run/docker.sock"));
        }
    }

    @Test
    void aContextThatTheEnvironmentNamesMustBeThere() {
        env.put("DOCKER_CONTEXT", "nowhere");

        assertThatThrownBy(() -> find(Kind.AUTO))
                .hasMessageContaining("DOCKER_CONTEXT=nowhere: there is no such context (docker context ls)");
    }

    @Test
    void rootlessSocketsAreFoundUnderTheRuntimeFolder() throws Exception {
        try (FakeEngine rootless = FakeEngine.podman(machine.resolve("xdg/podman/podman.sock"));
                EngineConnection found = find(Kind.AUTO)) {
            assertThat(found.info().isPodman()).isTrue();
        }
    }

    @Test
    void rootlessSocketsAreFoundWithoutTheVariableToo() throws Exception {
        env.remove("XDG_RUNTIME_DIR");
        Object user = Files.getAttribute(home, "unix:uid");
        try (FakeEngine rootless = FakeEngine.docker(machine.resolve("run/user/" + user + "/docker.sock"));
                EngineConnection found = find(Kind.AUTO)) {
            assertThat(found.info().name()).isEqualTo("Docker Engine");
        }
    }

    @Test
    void socketsOfColimaAndDockerDesktopAreFound() throws Exception {
        for (String socket :
                new String[] {".colima/default/docker.sock", ".docker/run/docker.sock", ".rd/docker.sock"}) {
            try (FakeEngine engine = FakeEngine.docker(home.resolve(socket));
                    EngineConnection found = find(Kind.AUTO)) {
                assertThat(found.info().address()).endsWith(socket);
            }
            Files.delete(home.resolve(socket));
        }
    }

    @Test
    void podmanIsFoundBehindDockerIfItIsAskedFor() throws Exception {
        env.put("DOCKER_HOST", "unix://" + machine.resolve("var/run/docker.sock"));
        try (FakeEngine docker = FakeEngine.docker(machine.resolve("var/run/docker.sock"));
                FakeEngine podman = FakeEngine.podman(machine.resolve("run/podman/podman.sock"));
                EngineConnection found = find(Kind.PODMAN)) {
            assertThat(found.info().address()).endsWith("run/podman/podman.sock");
        }
    }

    @Test
    void onePageSaysWhatWasWrongWhere() throws Exception {
        program("podman", "echo 'Error: cannot set up namespace' >&2; exit 125");
        try (FakeEngine silent = FakeEngine.silent(machine.resolve("var/run/docker.sock"));
                FakeEngine web = FakeEngine.webServer(machine.resolve("xdg/docker.sock"));
                FakeEngine docker = FakeEngine.docker(home.resolve(".rd/docker.sock"))) {
            staleSocket(home.resolve(".docker/run/docker.sock"));

            assertThatThrownBy(() -> find(Kind.PODMAN))
                    .isInstanceOf(EngineException.class)
                    .hasMessageStartingWith(
                            "No container engine was found that is Podman (<engine>podman</engine>). Tried:")
                    .hasMessageContaining("var/run/docker.sock: not answering (no answer within 2 s)")
                    .hasMessageContaining("xdg/docker.sock: not an engine")
                    .hasMessageContaining(".docker/run/docker.sock: not answering (connection refused)")
                    .hasMessageContaining(".rd/docker.sock: is Docker Engine, but <engine> asks for podman")
                    .hasMessageContaining(
                            "podman on the PATH: podman system service did not start: Error: cannot set up namespace")
                    .hasMessageContaining("absent: " + home.resolve(".docker/desktop/docker.sock") + ", ")
                    .hasMessageContaining("install Docker or Podman");
        }
    }

    @Test
    void aSocketThatMayNotBeUsedIsToldWithItsCure() throws Exception {
        assumeFalse("root".equals(System.getProperty("user.name")), "root may use every socket");
        Path socket = machine.resolve("var/run/docker.sock");
        try (FakeEngine docker = FakeEngine.docker(socket)) {
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("---------"));

            assertThatThrownBy(() -> find(Kind.AUTO))
                    .hasMessageContaining(socket + ": permission denied")
                    .hasMessageContaining("usermod -aG docker");
        }
    }

    @Test
    void anAddressOfNoKnownKindSaysHowToWriteOne() {
        assertThatThrownBy(() -> find(Kind.AUTO, "localhost:2375")).hasMessageContaining("tcp://host:2376");
        assertThatThrownBy(() -> find(Kind.AUTO, "unix://relative.sock")).hasMessageContaining("must be absolute");
        assertThatThrownBy(() -> find(Kind.AUTO, "tcp://")).hasMessageContaining("<engineHost> (tcp://)");
    }

    @Test
    void tlsNeedsItsThreeFiles() {
        env.put("DOCKER_HOST", "tcp://127.0.0.1:1");
        env.put("DOCKER_TLS_VERIFY", "1");

        assertThatThrownBy(() -> find(Kind.AUTO))
                .hasMessageContaining("TLS needs " + home.resolve(".docker/ca.pem") + ", which cannot be read");
    }

    @Test
    void aPasswordInAnAddressIsNotTold() {
        assertThatThrownBy(() -> find(Kind.AUTO, "tcp://me:hunter2@127.0.0.1:1"))
                .hasMessageContaining("127.0.0.1:1")
                .message()
                .doesNotContain("hunter2");
    }

    @Test
    void anEngineBehindSshIsReachedThroughTheSystemsClient() throws Exception {
        // Stands in for ssh: what -L forwards is a link away here.
        program("ssh", """
                echo "$@" > '%s'
                while [ "$1" != -L ]; do shift; done
                ln -s "${2#*:}" "${2%%%%:*}"
                exec sleep 60
                """.formatted(machine.resolve("arguments")));
        Path folder;
        try (FakeEngine remote = FakeEngine.docker(machine.resolve("remote.sock"));
                EngineConnection found = find(Kind.AUTO, "ssh://me@build-host:2222" + machine.resolve("remote.sock"))) {
            assertThat(found.info().name()).isEqualTo("Docker Engine");
            assertThat(Files.readString(machine.resolve("arguments")))
                    .contains("BatchMode=yes")
                    .contains("-p 2222 -l me")
                    .endsWith("-- build-host\n");
            folder = Path.of(found.info().address().substring("unix://".length()))
                    .getParent();
            assertThat(folder).exists();
        }
        assertThat(folder).doesNotExist();
    }

    @Test
    void whatSshSaysIsTold() throws Exception {
        program("ssh", "echo 'me@build-host: Permission denied (publickey).' >&2; exit 255");

        assertThatThrownBy(() -> find(Kind.AUTO, "ssh://me@build-host"))
                .hasMessageContaining(
                        "<engineHost> (ssh://me@build-host): ssh: me@build-host: Permission denied (publickey).");
    }

    @Test
    void speaksAVersionThatDocker29Accepts() throws Exception {
        Path socket = machine.resolve("var/run/docker.sock");
        try (FakeEngine docker = FakeEngine.docker(socket, "29.0.0", "1.52", "1.44");
                DockerEngine engine = new DockerEngine(find(Kind.AUTO))) {
            assertThat(engine.info().api()).isEqualTo("1.44");
            assertThat(engine.image("some/image:1")).isEmpty();
            assertThat(docker.requests()).last().asString().startsWith("/v1.44/");
        }
    }

    @Test
    void agreesOnTheNewestVersionThatBothSpeak() {
        assertThat(EngineConnection.agreed("1.41", "1.12")).isEqualTo("1.41");
        assertThat(EngineConnection.agreed("1.52", "1.44")).isEqualTo("1.44");
        assertThat(EngineConnection.agreed("1.60", "1.50")).isEqualTo("1.50");
        assertThat(EngineConnection.agreed("1.44", "")).isEqualTo("1.44");
    }

    private EngineConnection find(Kind kind, String... host) {
        Optional<String> named = host.length == 0 ? Optional.empty() : Optional.of(host[0]);
        Surroundings here = new Surroundings(Map.copyOf(env), home, machine, false);
        return new EngineSearch(here, new EngineChoice(kind, named), PATIENCE).find();
    }

    private void context(String name, String host) throws IOException {
        Path meta = home.resolve(".docker/contexts/meta").resolve(DockerContext.digest(name));
        Files.createDirectories(meta);
        Files.writeString(
                meta.resolve("meta.json"),
                "{\"Name\":\"%s\",\"Endpoints\":{\"docker\":{\"Host\":\"%s\"}}}".formatted(name, host));
    }

    private void program(String name, String script) throws IOException {
        Path file = machine.resolve("bin").resolve(name);
        Files.writeString(file, "#!/bin/sh\nPATH=/usr/bin:/bin\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** What is left of an engine that was killed. */
    private static void staleSocket(Path socket) throws IOException {
        FakeEngine.docker(socket).close();
    }
}
