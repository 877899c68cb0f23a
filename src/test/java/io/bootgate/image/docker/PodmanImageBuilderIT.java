package io.bootgate.image.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.github.dockerjava.transport.DockerHttpClient;
import io.bootgate.image.BuildLog;
import io.bootgate.image.BuildOutcome.Built;
import io.bootgate.image.BuildOutcome.Failed;
import io.bootgate.image.ImageBuildException;
import io.bootgate.image.cli.BuildSecret;
import io.bootgate.image.cli.SearchPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PodmanImageBuilderIT extends ImageBuilderContract {
    private static final String PODMAN = "podman";

    @Override
    Optional<DockerHttpClient> engine() {
        return RealEngine.podman();
    }

    @Test
    void aSecretIsSeenByItsRunAndByNothingElse() throws Exception {
        assumeThat(podman("--version"))
                .as("this machine has the podman command")
                .contains("podman");
        write("Dockerfile", "FROM " + BASE + """

                RUN --mount=type=secret,id=tok test "$(cat /run/secrets/tok)" = hunter2 && echo token is hunter2
                COPY . /ctx
                RUN find / -xdev -type f -newer /ctx/Dockerfile -size -9 2>/dev/null | xargs grep -l hunter2 || echo nowhere
                """);

        Built built = (Built) builder(secret()).build(collect());

        assertThat(client.inspectImageCmd(built.id()).exec().getId()).isEqualTo(built.id());
        assertThat(output).contains("token is ***", "nowhere").noneMatch(line -> line.contains("hunter2"));
    }

    @Test
    void aRunThatFailsInTheCommandIsNamedTheSame() throws Exception {
        assumeThat(podman("--version"))
                .as("this machine has the podman command")
                .contains("podman");
        write("Dockerfile", "FROM " + BASE + """


                RUN --mount=type=secret,id=tok echo begin; echo 'Error: of the app'; /no/such/program
                """);

        Failed failed = (Failed) builder(secret()).build(collect());

        assertThat(failed.line()).hasValue(3);
        assertThat(failed.reason()).isEqualTo("The command /no/such/program is not in the image.");
        assertThat(output).contains("begin", "Error: of the app");
    }

    @Test
    void anInterruptedBuildLeavesNeitherProcessNorContainer() throws Exception {
        assumeThat(podman("--version"))
                .as("this machine has the podman command")
                .contains("podman");
        write("Dockerfile", "FROM " + BASE + "\nENV OWN=" + reference + "\n");
        assertThat(build(DockerBuild.of(reference, folder))).isInstanceOf(Built.class);
        String seconds = "6" + System.nanoTime();
        write(
                "Dockerfile",
                "FROM " + reference + "\nRUN --mount=type=secret,id=tok echo begin && sleep " + seconds + "\n");
        CountDownLatch running = new CountDownLatch(1);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        BuildLog log = new BuildLog() {
            @Override
            public void step(String text) {}

            @Override
            public void output(String line) {
                running.countDown();
            }
        };
        DockerImageBuilder builder = builder(secret());
        Thread building = new Thread(() -> {
            try {
                builder.build(log);
            } catch (ImageBuildException e) {
                thrown.set(e);
            }
        });
        building.start();
        assertThat(running.await(60, TimeUnit.SECONDS)).isTrue();

        building.interrupt();
        building.join(TimeUnit.SECONDS.toMillis(60));

        assertThat(thrown.get()).hasMessageContaining("interrupted");
        assertThat(ProcessHandle.allProcesses()
                        .filter(process ->
                                process.info().commandLine().orElse("").contains(seconds)))
                .isEmpty();
        assertThat(podman("ps", "--all", "--external", "--filter", "ancestor=" + reference, "--quiet"))
                .isEmpty();
    }

    private DockerBuild secret() throws IOException {
        return DockerBuild.of(reference, folder)
                .with(new BuildOptions(
                        false,
                        Map.of(),
                        List.of(),
                        Optional.empty(),
                        List.of(),
                        List.of(new BuildSecret.OfFile("tok", Files.writeString(outside.resolve("token"), "hunter2"))),
                        List.of()));
    }

    private DockerImageBuilder builder(DockerBuild build) {
        CommandLines commands = new CommandLines(SearchPath.of(System.getenv()), Map.of());
        return new DockerImageBuilder(client, build, commands, text -> text.replace("hunter2", "***"));
    }

    private static String podman(String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(PODMAN, "--remote=false");
        builder.command().addAll(List.of(arguments));
        try {
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            process.waitFor();
            return output;
        } catch (IOException e) {
            return "";
        }
    }
}
