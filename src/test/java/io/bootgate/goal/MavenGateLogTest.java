package io.bootgate.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.gate.Secrets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MavenGateLogTest {
    private final RecordedLog maven = new RecordedLog();

    @TempDir
    Path folder;

    private MavenGateLog log(boolean interactive, Path file) {
        return new MavenGateLog(maven, Secrets.named(List.of()).withValues(List.of("hunter2")), interactive, file);
    }

    @Test
    void aPersonSeesTheStepsAndTheFileHasEverything() {
        Path file = folder.resolve("orders.build.log");
        try (MavenGateLog log = log(true, file)) {
            log.build().step("[1/2] RUN echo hunter2");
            log.build().output("\u001B[31mhunter2\u001B[0m done");
        }

        assertThat(maven.lines).containsExactly("INFO [1/2] RUN echo ***", "DEBUG *** done");
        assertThat(file).hasContent("[1/2] RUN echo ***\n\u001B[31m***\u001B[0m done\n");
    }

    @Test
    void aBatchBuildShowsNoProgress() {
        try (MavenGateLog log = log(false, folder.resolve("b"))) {
            log.build().step("[1/2] FROM x");
            log.info("Booting orders");
        }

        assertThat(maven.lines).containsExactly("DEBUG [1/2] FROM x", "INFO Booting orders");
    }

    @Test
    void aStepIsToldOnceItIsOverWithTheTimeItTook() {
        Path file = folder.resolve("b");
        try (MavenGateLog log = log(false, file)) {
            log.build().began("[1/2] FROM x");
            log.build().ended("[1/2] FROM x", Duration.ofMillis(3), true);
            log.build().began("[2/2] RUN echo hunter2");
            log.build().output("hunter2");
            log.build().ended("[2/2] RUN echo hunter2", Duration.ofMillis(61_250), false);
        }

        assertThat(maven.lines)
                .containsExactly("INFO [1/2] FROM x (cached)", "DEBUG ***", "INFO [2/2] RUN echo *** (61.3 s)");
        assertThat(file).hasContent("[1/2] FROM x\n-- cached\n[2/2] RUN echo ***\n***\n-- 61.3 s\n");
    }

    @Test
    void whatTheGateSaysIsMaskedAndPlain() {
        try (MavenGateLog log = log(true, folder.resolve("b"))) {
            log.info("pulling hunter2");
            log.warn("::warning::hunter2");
            log.debug("hunter2\u0007");
        }

        assertThat(maven.lines).containsExactly("INFO pulling ***", "WARN : :warning::***", "DEBUG ***");
    }

    @Test
    void secretsThatTheDockerfileSetsAreMaskedFromThereOn() {
        try (MavenGateLog log = log(true, folder.resolve("b"))) {
            log.build().step("[1/3] ENV PORT=8000 API_KEY=\"k e y\" DB_PASSWORD=pa55");
            log.build().step("[2/3] ENV SECRET_KEY old-form");
            log.build().output("8000 k e y pa55 old-form");
        }

        assertThat(maven.lines)
                .containsExactly(
                        "INFO [1/3] ENV PORT=8000 API_KEY=\"***\" DB_PASSWORD=***",
                        "INFO [2/3] ENV SECRET_KEY ***",
                        "DEBUG 8000 *** *** ***");
    }

    @Test
    void noBuildNoFile() {
        Path file = folder.resolve("b");
        log(true, file).close();

        assertThat(file).doesNotExist();
    }

    @Test
    void aLogThatCannotBeWrittenDoesNotStopTheBuild() throws Exception {
        Path file = Files.createDirectory(folder.resolve("b"));
        try (MavenGateLog log = log(true, file)) {
            log.build().step("one");
            log.build().step("two");
        }

        assertThat(maven.lines)
                .containsExactly(
                        "INFO one", "INFO two", "WARN The build log " + file + " is not complete: Is a directory.");
    }
}
