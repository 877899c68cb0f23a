package io.bootgate.rule.cause;

import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.rule.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recorded boot is explained by its cause, and by nothing that it is not. */
class RecordedCausesTest {
    private static final String EXPECTED = """
            docker/abort-23.0.0                  NATIVE_CRASH
            docker/address-in-use-20.1.0         ADDRESS_IN_USE
            docker/address-in-use-22.0.0         ADDRESS_IN_USE
            docker/address-in-use-23.0.0         ADDRESS_IN_USE
            docker/address-in-use-26.2.0         ADDRESS_IN_USE
            docker/address-invalid-20.1.0        ADDRESS_INVALID
            docker/address-invalid-26.2.0        ADDRESS_INVALID
            docker/address-unresolved            ADDRESS_INVALID
            docker/alarm-23.0.0                  CRASH_LOOP
            docker/loopback-and-import-error     APP_ERROR, LOOPBACK_BIND
            docker/oom-quiet                     OUT_OF_MEMORY
            docker/sys-exit-1-four-workers       SYSTEM_EXIT
            docker/uvicorn-sys-exit              SYSTEM_EXIT
            docker/uvicorn-workers-sys-exit      SYSTEM_EXIT
            docker/command-missing               COMMAND_NOT_FOUND
            docker/command-missing-absolute      COMMAND_NOT_FOUND
            docker/command-missing-bash          COMMAND_NOT_FOUND
            docker/command-missing-env           COMMAND_NOT_FOUND
            docker/command-missing-file-shell    COMMAND_NOT_FOUND
            docker/command-missing-in-bash-script COMMAND_NOT_FOUND
            docker/command-missing-in-sh-script  COMMAND_NOT_FOUND
            docker/command-missing-module        COMMAND_NOT_FOUND
            docker/command-missing-python-file   COMMAND_NOT_FOUND
            docker/command-missing-relative      COMMAND_NOT_FOUND
            docker/command-missing-sh-script     COMMAND_NOT_FOUND
            docker/command-missing-shell         COMMAND_NOT_FOUND
            docker/command-missing-shell-exec    COMMAND_NOT_FOUND
            docker/command-missing-shell-stays   COMMAND_NOT_FOUND
            docker/crlf-bash-c                   CRLF_LINE_ENDINGS
            docker/crlf-bash-script              CRLF_LINE_ENDINGS
            docker/crlf-cd                       CRLF_LINE_ENDINGS, ENTRYPOINT_FAILED
            docker/crlf-env                      CRLF_LINE_ENDINGS
            docker/crlf-file-name                CRLF_LINE_ENDINGS, SERVER_MISCONFIGURED
            docker/crlf-script                   CRLF_LINE_ENDINGS
            docker/crlf-set-e                    CRLF_LINE_ENDINGS, ENTRYPOINT_FAILED
            docker/crlf-shell                    CRLF_LINE_ENDINGS
            docker/daemon                        SERVER_NOT_STARTED
            docker/exits-one                     EXITED
            docker/exits-zero                    SERVER_NOT_STARTED
            docker/files-limit                   RESOURCE_LIMIT
            docker/group-missing                 USER_NOT_FOUND
            docker/http-500                      HTTP_ERROR
            docker/http-503                      HTTP_ERROR
            docker/import-hang-22.0.0            BOOT_HANG
            docker/import-hang-26.2.0            BOOT_HANG
            docker/import-hang-preload           BOOT_HANG
            docker/import-timeout-19.9.0         WORKER_TIMEOUT
            docker/import-timeout-20.1.0         WORKER_TIMEOUT
            docker/import-timeout-21.2.0         WORKER_TIMEOUT
            docker/interpreter-missing           BAD_INTERPRETER
            docker/interpreter-missing-bash      BAD_INTERPRETER
            docker/interpreter-missing-env       BAD_INTERPRETER
            docker/interpreter-missing-shell     BAD_INTERPRETER
            docker/killed-main                   KILLED
            docker/loopback                      LOOPBACK_BIND
            docker/loopback-default              LOOPBACK_BIND
            docker/loopback-ipv6                 LOOPBACK_BIND
            docker/loopback-quiet                LOOPBACK_BIND
            docker/memory-error                  OUT_OF_MEMORY
            docker/memory-too-small-to-start     OUT_OF_MEMORY
            docker/migration-fails               ENTRYPOINT_FAILED
            docker/no-shebang                    BAD_INTERPRETER
            docker/not-executable                COMMAND_NOT_EXECUTABLE
            docker/not-executable-bash           COMMAND_NOT_EXECUTABLE
            docker/not-executable-directory      COMMAND_NOT_EXECUTABLE
            docker/not-executable-shell          COMMAND_NOT_EXECUTABLE
            docker/oom-19.9.0                    OUT_OF_MEMORY
            docker/oom-20.1.0                    OUT_OF_MEMORY
            docker/oom-21.2.0                    OUT_OF_MEMORY
            docker/oom-22.0.0                    OUT_OF_MEMORY
            docker/oom-23.0.0                    OUT_OF_MEMORY
            docker/oom-25.3.0                    OUT_OF_MEMORY
            docker/oom-26.2.0                    OUT_OF_MEMORY
            docker/oom-preload                   OUT_OF_MEMORY
            docker/oom-slow-preload              OUT_OF_MEMORY
            docker/os-exit-1-20.1.0              SYSTEM_EXIT
            docker/os-exit-1-23.0.0              SYSTEM_EXIT
            docker/os-exit-1-26.2.0              SYSTEM_EXIT
            docker/os-exit-3-20.1.0              SYSTEM_EXIT
            docker/os-exit-3-26.2.0              SYSTEM_EXIT
            docker/pids-limit                    RESOURCE_LIMIT
            docker/port-denied-20.1.0            PORT_NOT_PERMITTED
            docker/port-denied-22.0.0            PORT_NOT_PERMITTED
            docker/port-denied-23.0.0            PORT_NOT_PERMITTED
            docker/port-denied-26.2.0            PORT_NOT_PERMITTED
            docker/port-mismatch                 PORT_MISMATCH
            docker/port-mismatch-quiet           PORT_MISMATCH
            docker/python-without-terminal       SERVER_NOT_STARTED
            docker/request-hang                  HTTP_NO_ANSWER
            docker/request-timeout-20.1.0        WORKER_TIMEOUT
            docker/request-timeout-23.0.0        WORKER_TIMEOUT
            docker/request-timeout-26.2.0        WORKER_TIMEOUT
            docker/script-fails                  MISSING_FILE, ENTRYPOINT_FAILED
            docker/segv-19.9.0                   NATIVE_CRASH
            docker/segv-20.1.0                   NATIVE_CRASH
            docker/segv-22.0.0                   NATIVE_CRASH
            docker/segv-25.3.0                   NATIVE_CRASH
            docker/segv-main                     NATIVE_CRASH
            docker/segv-preload                  NATIVE_CRASH
            docker/self-kill-19.9.0              NATIVE_CRASH
            docker/self-kill-20.1.0              KILLED
            docker/self-kill-22.0.0              KILLED
            docker/self-kill-25.3.0              KILLED
            docker/shell-without-terminal        SERVER_NOT_STARTED
            docker/sigterm-main                  EXITED
            docker/sleeps                        SERVER_NOT_STARTED
            docker/sys-exit-0-20.1.0             SYSTEM_EXIT
            docker/sys-exit-0-23.0.0             SYSTEM_EXIT
            docker/sys-exit-0-26.2.0             SYSTEM_EXIT
            docker/sys-exit-0-preload            SYSTEM_EXIT
            docker/sys-exit-1-19.9.0             SYSTEM_EXIT
            docker/sys-exit-1-20.1.0             SYSTEM_EXIT
            docker/sys-exit-1-21.2.0             SYSTEM_EXIT
            docker/sys-exit-1-22.0.0             SYSTEM_EXIT
            docker/sys-exit-1-23.0.0             SYSTEM_EXIT
            docker/sys-exit-1-25.3.0             SYSTEM_EXIT
            docker/sys-exit-1-26.2.0             SYSTEM_EXIT
            docker/sys-exit-1-preload            SYSTEM_EXIT
            docker/sys-exit-1-quiet-20.1.0       SYSTEM_EXIT
            docker/sys-exit-1-quiet-26.2.0       SYSTEM_EXIT
            docker/sys-exit-message-20.1.0       SYSTEM_EXIT
            docker/sys-exit-message-26.2.0       SYSTEM_EXIT
            docker/tails                         SERVER_NOT_STARTED
            docker/threads-limit                 RESOURCE_LIMIT
            docker/unhealthy                     UNHEALTHY
            docker/unhealthy-tool-missing        UNHEALTHY
            docker/unhealthy-tool-missing-exec   UNHEALTHY
            docker/unix-only                     UNREACHABLE_BIND
            docker/unix-only-quiet               UNREACHABLE_BIND
            docker/user-missing                  USER_NOT_FOUND
            docker/uvicorn-import-hang           BOOT_HANG
            docker/uvicorn-loopback              LOOPBACK_BIND
            docker/uvicorn-port-denied           PORT_NOT_PERMITTED
            docker/workdir-forbidden             PERMISSION_DENIED
            docker/wrong-architecture            WRONG_ARCHITECTURE
            docker/wrong-architecture-bash       WRONG_ARCHITECTURE
            docker/wrong-architecture-shell      WRONG_ARCHITECTURE
            podman/command-missing               COMMAND_NOT_FOUND
            podman/command-missing-absolute      COMMAND_NOT_FOUND
            podman/command-missing-in-bash-script COMMAND_NOT_FOUND
            podman/command-missing-module        COMMAND_NOT_FOUND
            podman/command-missing-relative      COMMAND_NOT_FOUND
            podman/command-missing-shell         COMMAND_NOT_FOUND
            podman/crlf-bash-script              CRLF_LINE_ENDINGS
            podman/crlf-env                      CRLF_LINE_ENDINGS
            podman/crlf-script                   CRLF_LINE_ENDINGS
            podman/crlf-set-e                    CRLF_LINE_ENDINGS, ENTRYPOINT_FAILED
            podman/daemon                        SERVER_NOT_STARTED
            podman/exits-one                     EXITED
            podman/exits-zero                    SERVER_NOT_STARTED
            podman/group-missing                 USER_NOT_FOUND
            podman/http-503                      HTTP_ERROR
            podman/import-hang-podman            BOOT_HANG
            podman/interpreter-missing           BAD_INTERPRETER
            podman/interpreter-missing-env       BAD_INTERPRETER
            podman/killed-main                   KILLED
            podman/loopback                      LOOPBACK_BIND
            podman/memory-too-small-to-start     OUT_OF_MEMORY
            podman/no-shebang                    BAD_INTERPRETER
            podman/not-executable                COMMAND_NOT_EXECUTABLE
            podman/not-executable-directory      COMMAND_NOT_EXECUTABLE
            podman/oom-podman                    OUT_OF_MEMORY
            podman/oom-preload                   OUT_OF_MEMORY
            podman/oom-slow-preload              OUT_OF_MEMORY
            podman/pids-limit                    RESOURCE_LIMIT
            podman/port-mismatch                 PORT_MISMATCH
            podman/request-hang                  HTTP_NO_ANSWER
            podman/script-fails                  MISSING_FILE, ENTRYPOINT_FAILED
            podman/segv-main                     NATIVE_CRASH
            podman/sleeps                        SERVER_NOT_STARTED
            podman/sys-exit-1-podman             SYSTEM_EXIT
            podman/unhealthy-tool-missing-exec   UNHEALTHY
            podman/user-missing                  USER_NOT_FOUND
            podman/workdir-is-a-file             UNKNOWN
            podman/workdir-forbidden             PERMISSION_DENIED
            podman/wrong-architecture            WRONG_ARCHITECTURE
            """;

    record Expected(String recording, List<String> ids) {
        static Expected of(String row) {
            int blank = row.indexOf(' ');
            return new Expected(
                    row.substring(0, blank),
                    List.of(row.substring(blank).strip().split(", ", -1)));
        }

        @Override
        public String toString() {
            return recording;
        }
    }

    static Stream<Expected> expected() {
        return EXPECTED.lines().map(Expected::of);
    }

    @ParameterizedTest
    @MethodSource("expected")
    void isExplainedByItsCauseAndItsConsequencesOnlyAndInSentences(Expected expected) {
        List<Finding> causes = RecordedBoot.of(expected.recording()).causes();

        assertThat(causes).extracting(Finding::id).isEqualTo(expected.ids());
        for (Finding finding : causes) {
            assertThat(finding.evidence()).isNotEmpty();
            assertThat(finding.evidence())
                    .allSatisfy(evidence -> assertThat(evidence.text()).isNotBlank());
            assertThat(finding.detail())
                    .doesNotContain("%", " null", "Optional")
                    .endsWith(".");
            assertThat(finding.fix()).isNotBlank().doesNotContain("%", " null", "Optional");
        }
    }

    @Test
    void everyRecordingIsListed() throws IOException {
        TreeSet<String> recorded = new TreeSet<>();
        try (Stream<Path> files = Files.walk(RecordedBoot.FOLDER)) {
            files.filter(file -> file.toString().endsWith(".json"))
                    .map(file -> RecordedBoot.FOLDER.relativize(file).toString().replace(".json", ""))
                    .forEach(recorded::add);
        }

        assertThat(expected().map(Expected::recording)).containsExactlyInAnyOrderElementsOf(recorded);
    }
}
