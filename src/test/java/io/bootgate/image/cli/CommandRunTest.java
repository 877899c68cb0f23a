package io.bootgate.image.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bootgate.image.ImageBuildException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandRunTest {
    @TempDir
    Path folder;

    @Test
    void tellsEveryLineOfBothStreamsAndTheExitCode() {
        List<String> lines = new ArrayList<>();

        int code = CommandRun.run(shell("echo one; echo two >&2; printf three; exit 7"), lines::add);

        assertThat(lines).containsExactly("one", "two", "three");
        assertThat(code).isEqualTo(7);
    }

    @Test
    void givesTheProgramItsVariablesAndTakesOthersAway() {
        List<String> lines = new ArrayList<>();

        CommandRun.run(
                new Command(List.of("sh", "-c", "echo $GIVEN-$PATH-"), Map.of("GIVEN", "x"), Set.of("PATH")),
                lines::add);

        assertThat(lines.get(0)).startsWith("x-").doesNotContain(System.getenv("PATH"));
    }

    @Test
    void saysWhichProgramCannotBeRun() {
        assertThatThrownBy(() -> CommandRun.run(
                        new Command(List.of("/no/such/podman"), Map.of("TOKEN", "hunter2"), Set.of()), line -> {}))
                .isInstanceOf(ImageBuildException.class)
                .hasMessageStartingWith("Cannot run /no/such/podman: ")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void anInterruptedBuilderIsLeftTheTimeToClearUp() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        List<String> lines = new CopyOnWriteArrayList<>();
        Thread build = new Thread(() -> {
            try {
                // As a builder does: it runs another program, and takes its container away when that one fails.
                CommandRun.run(shell("echo $$; sleep 600 || echo the container is removed"), line -> {
                    lines.add(line);
                    running.countDown();
                });
            } catch (ImageBuildException e) {
                thrown.set(e);
            }
        });
        build.start();
        assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();

        build.interrupt();
        build.join(TimeUnit.SECONDS.toMillis(20));

        assertThat(thrown.get()).isInstanceOf(ImageBuildException.class).hasMessageContaining("interrupted");
        assertThat(lines).contains("the container is removed");
        assertThat(ProcessHandle.of(Long.parseLong(lines.get(0))).filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void looksForProgramsOnThePath() throws IOException {
        Path tool = Files.writeString(folder.resolve("podman"), "#!/bin/sh\n");
        SearchPath path = SearchPath.of(Map.of("PATH", "/no/such/folder:" + folder));

        assertThat(path.find("podman")).isEmpty();
        assertThat(tool.toFile().setExecutable(true)).isTrue();
        assertThat(path.find("podman")).contains(tool);
    }

    private static Command shell(String script) {
        return new Command(List.of("sh", "-c", script), Map.of(), Set.of());
    }
}
