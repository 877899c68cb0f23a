package io.bootgate.engine.docker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A process that serves this one and ends with it, however this one ends: a shell waits on a pipe from here, and when that
 * breaks, after a {@code kill -9} too, it ends the process and removes its private folder.
 */
final class Companion implements AutoCloseable {
    private static final String UNTIL_THE_PIPE_BREAKS = """
            folder=$1; shift
            {
              "$@" </dev/null >"$folder/output" 2>&1 &
              echo "$!" >"$folder/pid"
              wait "$!"
              : >"$folder/ended"
            } &
            keeper=$!
            trap '' INT HUP
            while read -r _; do :; done
            while [ -d "$folder" ] && [ ! -s "$folder/pid" ]; do command -p sleep 0.1; done
            kill "$(command -p cat "$folder/pid")" 2>/dev/null
            wait "$keeper" 2>/dev/null
            command -p rm -rf "$folder"
            """;

    private static final Duration END_PATIENCE = Duration.ofSeconds(10);

    private final Path folder;
    private final Process shell;

    private Companion(Path folder, Process shell) {
        this.folder = folder;
        this.shell = shell;
    }

    /** A folder that only this user can enter, on a path that is short enough for a socket. */
    static Path privateFolder() throws IOException {
        return Files.createTempDirectory(
                "bootgate-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** Runs {@code command} in {@code folder}, which is removed when it ends. */
    static Companion start(Surroundings here, Path folder, List<String> command) throws IOException {
        List<String> whole = new ArrayList<>();
        // In a session of its own Ctrl-C does not reach it before the containers are removed through it.
        here.program("setsid").map(Path::toString).ifPresent(whole::add);
        whole.addAll(List.of("/bin/sh", "-c", UNTIL_THE_PIPE_BREAKS, "bootgate-companion", folder.toString()));
        whole.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(whole).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(here.env());
        return new Companion(
                folder,
                builder.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start());
    }

    /** Waits until the process has made its socket; false if it ended, or did not within {@code patience}. */
    boolean awaitSocket(Path socket, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (!Files.exists(socket)) {
            if (System.nanoTime() > end || hasEnded() || Thread.currentThread().isInterrupted()) {
                return Files.exists(socket);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        return true;
    }

    private boolean hasEnded() {
        return !shell.isAlive() || Files.exists(folder.resolve("ended"));
    }

    /** What the process wrote last, in one line. */
    String lastWords() {
        try {
            List<String> lines = Files.readAllLines(folder.resolve("output"), StandardCharsets.ISO_8859_1).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            return String.join("; ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() {
        try {
            shell.getOutputStream().close();
            if (!shell.waitFor(END_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                shell.descendants().forEach(ProcessHandle::destroyForcibly);
                shell.destroyForcibly();
            }
        } catch (IOException e) {
            shell.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        remove(folder);
    }

    static void remove(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            // Removed by the companion's shell at the same time.
        }
    }
}
