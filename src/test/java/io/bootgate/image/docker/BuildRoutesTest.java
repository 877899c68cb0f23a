package io.bootgate.image.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bootgate.image.BuildLog;
import io.bootgate.image.BuildOutcome;
import io.bootgate.image.BuildOutcome.Built;
import io.bootgate.image.BuildOutcome.Failed;
import io.bootgate.image.ImageBuildException;
import io.bootgate.image.cli.BuildSecret;
import io.bootgate.image.cli.SearchPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who builds what. The docker command is a stand-in that writes down how it was called. */
class BuildRoutesTest {
    private static final String DOCKER = """
            {"Version":"20.10.24","Components":[{"Name":"Engine","Version":"20.10.24"}],"Id":"sha256:abc"}
            """;
    private static final String PODMAN = """
            {"Version":"4.3.1","Components":[{"Name":"Podman Engine","Version":"4.3.1"}]}
            """;
    private static final String SECRET_MOUNT =
            "FROM python\n\nRUN --mount=type=secret,id=tok pip install shop\nRUN --mount=type=ssh true\n";

    private final List<String> told = new ArrayList<>();

    @TempDir
    Path folder;

    @TempDir
    Path tools;

    @Test
    void aSecretWithoutTheCommandSaysWhichLineNeedsWhat() throws IOException {
        write("Dockerfile", SECRET_MOUNT);

        assertThatThrownBy(() -> build(DOCKER, secret(), CommandLines.NONE))
                .isInstanceOf(ImageBuildException.class)
                .hasMessageStartingWith(
                        "Dockerfile:3: RUN --mount=type=secret cannot be served through the engine's API: it"
                                + " takes the docker command with its buildx plugin, which is not on the PATH. Install ");
    }

    @Test
    void aSecretGoesThroughBuildxToTheSameEngineAndStaysOffTheCommandLine() throws IOException {
        write("Dockerfile", SECRET_MOUNT);
        standIn(
                0,
                "#5 [2/2] RUN --mount=type=secret,id=tok pip install shop",
                "#5 0.310 Collecting shop",
                "#5 DONE 1.2s");
        DockerBuild plain = DockerBuild.of("acme/web:1", folder);
        DockerBuild build = new DockerBuild(
                        plain.reference(),
                        folder,
                        plain.dockerfile(),
                        folder,
                        Map.of("INDEX_TOKEN", "hunter2", "COLOUR", "blue"),
                        Optional.of("web"),
                        Optional.of("linux/amd64"),
                        true,
                        true)
                .with(new BuildOptions(
                        false,
                        Map.of("team", "shop"),
                        List.of("acme/web:main"),
                        Optional.of("host"),
                        List.of("db:10.0.0.1"),
                        List.of(
                                new BuildSecret.OfFile("tok", folder.resolve("token")),
                                new BuildSecret.OfVariable("key", "SHOP_KEY")),
                        List.of("default")));

        Built built = (Built) build(DOCKER, build, commands());

        assertThat(built.id()).isEqualTo("sha256:abc");
        assertThat(Files.readString(tools.resolve("words")))
                .isEqualTo(String.join(
                        "\n",
                        "buildx build --builder default --load --progress plain --file " + folder + "/Dockerfile"
                                + " --tag acme/web:1"
                                + " --build-arg COLOUR=blue --build-arg INDEX_TOKEN"
                                + " --label team=shop --target web --platform linux/amd64 --network host --add-host db:10.0.0.1"
                                + " --cache-from acme/web:main --secret id=tok,src=" + folder + "/token"
                                + " --secret id=key,env=SHOP_KEY --ssh default --pull --no-cache " + folder,
                        ""));
        assertThat(Files.readAllLines(tools.resolve("environment")))
                .contains("DOCKER_HOST=tcp://engine.example:2376", "INDEX_TOKEN=hunter2")
                .noneMatch(line -> line.startsWith("DOCKER_CONTEXT="));
        assertThat(told)
                .containsExactly(
                        "began [2/2] RUN --mount=type=secret,id=tok pip install shop",
                        "Collecting shop",
                        "ended [2/2] RUN --mount=type=secret,id=tok pip install shop PT1.2S false");
    }

    @Test
    void aBuildThatFailsInBuildxIsNamedWithItsLineAndReason() throws IOException {
        write("Dockerfile", SECRET_MOUNT);
        standIn(
                1,
                "#1 [internal] load build definition from Dockerfile",
                "#1 DONE 0.0s",
                "#4 [1/2] FROM docker.io/library/python",
                "#4 CACHED",
                "#5 [2/2] RUN --mount=type=secret,id=tok pip install shop",
                "#5 0.310 ERROR: No matching distribution found for shop",
                "#5 ERROR: process \"/bin/sh -c pip install shop\" did not complete successfully: exit code: 1",
                "------",
                " > [2/2] RUN --mount=type=secret,id=tok pip install shop:",
                "0.310 ERROR: No matching distribution found for shop",
                "------",
                "ERROR: failed to solve: process \"/bin/sh -c pip install shop\" did not complete successfully: exit code: 1");

        Failed failed = (Failed) build(DOCKER, secret(), commands());

        assertThat(failed.line()).isEqualTo(OptionalInt.of(3));
        assertThat(failed.reason()).isEqualTo("pip found no distribution that matches shop.");
        assertThat(failed.output()).containsExactly("ERROR: No matching distribution found for shop");
    }

    @Test
    void aSecretThatNobodyMountsNeedsNothing() throws IOException {
        write("Dockerfile", "FROM python\n");

        assertThatThrownBy(() -> build(DOCKER, secret(), CommandLines.NONE)).hasMessageContaining("without a result");
        assertThat(told).containsExactly("No RUN of Dockerfile mounts a secret: <docker><secrets> (tok) is not used.");
    }

    @Test
    void buildKitIsNotAskedOfPodman() throws IOException {
        write("Dockerfile", "FROM python\n");
        BuildOptions options =
                new BuildOptions(true, Map.of(), List.of(), Optional.empty(), List.of(), List.of(), List.of());

        assertThatThrownBy(
                        () -> build(PODMAN, DockerBuild.of("acme/web:1", folder).with(options), CommandLines.NONE))
                .isInstanceOf(ImageBuildException.class)
                .hasMessageStartingWith(
                        "<builder>buildkit</builder> needs Docker Engine, but the engine is Podman 4.3.1. Use <builder>docker");
    }

    @Test
    void aNetworkThatBuildKitDoesNotKnowIsToldWithWhatNeedsBuildKit() throws IOException {
        write("Dockerfile", "FROM python\nCOPY --chmod=755 Dockerfile /\n");
        BuildOptions options =
                new BuildOptions(false, Map.of(), List.of(), Optional.of("backend"), List.of(), List.of(), List.of());

        assertThatThrownBy(
                        () -> build(DOCKER, DockerBuild.of("acme/web:1", folder).with(options), CommandLines.NONE))
                .isInstanceOf(ImageBuildException.class)
                .hasMessage(
                        "<docker><network> is \"backend\", but Dockerfile:2: COPY --chmod needs BuildKit, whose RUN knows"
                                + " only default, host and none. Example: <network>host</network>");
    }

    @Test
    void aNetworkOnPodmanNeedsItsCommand() throws IOException {
        write("Dockerfile", "FROM python\n");
        BuildOptions options =
                new BuildOptions(false, Map.of(), List.of(), Optional.of("none"), List.of(), List.of(), List.of());

        assertThatThrownBy(
                        () -> build(PODMAN, DockerBuild.of("acme/web:1", folder).with(options), CommandLines.NONE))
                .isInstanceOf(ImageBuildException.class)
                .hasMessageStartingWith(
                        "<docker><network> cannot be served through Podman's API: it takes the podman command,"
                                + " which is not on the PATH.");
    }

    @Test
    void aStageThatIsNotThereIsNotSentToAnEngineThatMayDieOfIt() throws IOException {
        write("Dockerfile", "FROM python\nCOPY --from=3 /x /y\n");

        Failed failed = (Failed) build(PODMAN, DockerBuild.of("acme/web:1", folder), CommandLines.NONE);

        assertThat(failed.line()).isEqualTo(OptionalInt.of(2));
        assertThat(failed.reason()).isEqualTo("There is no stage 3 above this instruction: stages are counted from 0.");
    }

    private DockerBuild secret() {
        return DockerBuild.of("acme/web:1", folder)
                .with(new BuildOptions(
                        false,
                        Map.of(),
                        List.of(),
                        Optional.empty(),
                        List.of(),
                        List.of(new BuildSecret.OfVariable("tok", "PATH")),
                        List.of()));
    }

    private CommandLines commands() {
        return new CommandLines(new SearchPath(List.of(tools)), Map.of("DOCKER_HOST", "tcp://engine.example:2376"));
    }

    /** What {@code docker} is replaced by: it prints these lines for a build, and ends with this code. */
    private void standIn(int code, String... lines) throws IOException {
        Files.writeString(tools.resolve("printed"), String.join("\n", lines) + "\n");
        Path docker = Files.writeString(tools.resolve("docker"), """
                #!/bin/sh
                [ "$2" = version ] && exit 0
                echo "$@" > %1$s/words
                env > %1$s/environment
                cat %1$s/printed
                exit %2$d
                """.formatted(tools, code));
        assertThat(docker.toFile().setExecutable(true)).isTrue();
    }

    private BuildOutcome build(String engine, DockerBuild build, CommandLines commands) {
        UnaryOperator<String> mask = text -> text.replace("hunter2", "***");
        return new DockerImageBuilder(RealEngine.client(new CannedEngine(200, engine, false)), build, commands, mask)
                .build(new BuildLog() {
                    @Override
                    public void began(String text) {
                        told.add("began " + text);
                    }

                    @Override
                    public void ended(String text, Duration took, boolean cached) {
                        told.add("ended " + text + " " + took + " " + cached);
                    }

                    @Override
                    public void step(String text) {}

                    @Override
                    public void output(String line) {
                        told.add(line);
                    }
                });
    }

    private void write(String path, String text) throws IOException {
        Files.writeString(folder.resolve(path), text);
    }
}
