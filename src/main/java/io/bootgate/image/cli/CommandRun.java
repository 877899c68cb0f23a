package io.bootgate.image.cli;

import io.bootgate.image.ImageBuildException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One run of a program: its output a line at a time, and no process left when it is interrupted or Maven ends. */
public final class CommandRun {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration GRACE = Duration.ofSeconds(8);
    private static final long GLANCE_MILLIS = 100;

    private final Process process;

    private CommandRun(Process process) {
        this.process = process;
    }

    /**
     * Runs a program to its end.
     *
     * @return its exit code
     * @throws ImageBuildException if it cannot be started, or is interrupted
     */
    public static int run(Command command, Consumer<String> lines) {
        CommandRun run = new CommandRun(start(command));
        Thread atExit = new Thread(run::stop, "bootgate-stop-build");
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            return run.toEnd(lines);
        } catch (InterruptedException e) {
            run.stop();
            Thread.currentThread().interrupt();
            throw new ImageBuildException(command.program() + " was interrupted.", e);
        } finally {
            run.stop();
            forget(atExit);
        }
    }

    /** Whether it ends well, soon. */
    static boolean succeeds(Command command) {
        return answer(command).isPresent();
    }

    /** What it prints, if it ends well, soon. */
    static Optional<String> answer(Command command) {
        Process process;
        try {
            process = command.builder()
                    .redirectErrorStream(false)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            // What cannot be started is not there.
            return Optional.empty();
        }
        CommandRun run = new CommandRun(process);
        try {
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.exitValue() == 0 ? Optional.of(text.strip()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ImageBuildException(command.program() + " was interrupted.", e);
        } finally {
            run.kill();
        }
    }

    private static Process start(Command command) {
        try {
            Process process = command.builder().start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new ImageBuildException(
                    "Cannot run " + command.words().get(0) + ": " + e.getMessage() + ". Check that it can be executed.",
                    e);
        }
    }

    private int toEnd(Consumer<String> lines) throws InterruptedException {
        // A thread that reads from a process cannot be interrupted; one that waits for it can.
        Thread reader = new Thread(() -> read(lines), "bootgate-build-output");
        reader.setDaemon(true);
        reader.start();
        int code = process.waitFor();
        reader.join(GRACE.toMillis());
        return code;
    }

    private void read(Consumer<String> lines) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.accept(line);
            }
        } catch (IOException | UncheckedIOException e) {
            // The process was stopped: there is nothing more to be told.
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Ends what the program runs, and the program itself only where it does not end by that: a builder whose RUN was killed
     * takes its container away, while one that is killed leaves both behind.
     */
    private void stop() {
        long patience = GRACE.toNanos();
        long started = System.nanoTime();
        boolean interrupted = false;
        while (process.isAlive() && System.nanoTime() - started < patience) {
            others().forEach(ProcessHandle::destroyForcibly);
            try {
                process.waitFor(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        kill();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What runs below the program and is not the program again: rootless Podman works in a second process of its own. */
    private List<ProcessHandle> others() {
        Optional<String> own = process.info().command();
        return process.descendants()
                .filter(child -> own.isEmpty() || !child.info().command().equals(own))
                .toList();
    }

    private void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Whether it was there to be forgotten: not where Maven is ending already, and the hook runs. */
    private static boolean forget(Thread atExit) {
        try {
            return Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            return false;
        }
    }
}
