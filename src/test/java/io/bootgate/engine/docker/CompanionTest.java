package io.bootgate.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A process beside this one. Waits are as long as a test can bear: one that is waited out ends the test. */
@DisabledOnOs(OS.WINDOWS)
class CompanionTest {
    private static final Duration FOR_EVER = Duration.ofHours(1);

    @Test
    @Timeout(60)
    void oneThatEndedIsNotWaitedFor() throws IOException {
        Path folder = Companion.privateFolder();
        try (Companion failing = start(folder, "echo 'no such host' >&2; exit 255")) {
            assertThat(failing.awaitSocket(folder.resolve("a.sock"), FOR_EVER)).isFalse();
            assertThat(failing.lastWords()).isEqualTo("no such host");
        }
        assertThat(folder).doesNotExist();
    }

    @Test
    @Timeout(60)
    void oneThatServesIsEndedWithItsFolder() throws IOException {
        Path folder = Companion.privateFolder();
        Companion serving = start(folder, "touch \"$0/a.sock\"; exec sleep 3600");
        assertThat(serving.awaitSocket(folder.resolve("a.sock"), FOR_EVER)).isTrue();
        long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());

        serving.close();

        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(folder).doesNotExist();
    }

    private static Companion start(Path folder, String script) throws IOException {
        return Companion.start(Surroundings.real(), folder, List.of("/bin/sh", "-c", script, folder.toString()));
    }
}
