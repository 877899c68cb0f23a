package io.bootgate.engine.docker;

import com.github.dockerjava.api.command.InspectExecResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.InternalServerErrorException;
import com.github.dockerjava.api.model.Frame;
import io.bootgate.engine.Container.ExecOutcome;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A command that is run inside a container. */
final class ContainerCommand {
    private static final int MOST_OUTPUT = 64 * 1024;
    private static final int NOT_RUN = -1;
    private static final int NOT_EXECUTABLE = 126;
    private static final int NOT_FOUND = 127;

    private final EngineConnection engine;
    private final String container;

    ContainerCommand(EngineConnection engine, String container) {
        this.engine = engine;
        this.container = container;
    }

    ExecOutcome run(List<String> command, Duration timeout) {
        Duration patience = timeout.plus(Calls.PATIENCE);
        return engine.ask(patience, "run " + command.get(0) + " in a container", () -> runNow(command, timeout));
    }

    private ExecOutcome runNow(List<String> command, Duration timeout) throws Exception {
        String exec;
        try {
            exec = engine.client()
                    .execCreateCmd(container)
                    .withCmd(command.toArray(String[]::new))
                    .withAttachStdout(true)
                    .withAttachStderr(true)
                    .exec()
                    .getId();
        } catch (ConflictException | InternalServerErrorException e) {
            // Docker answers 409 and Podman 500 for a container that does not run any more.
            return new ExecOutcome(NOT_RUN, Answers.message(e), false);
        }
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        CompletableFuture<Optional<Throwable>> ended = new CompletableFuture<>();
        try (Subscription<Frame> stream = new Subscription<>(frame -> keep(output, frame), ended::complete)) {
            engine.client().execStartCmd(exec).exec(stream);
            Optional<Throwable> thrown = ended.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (thrown.isPresent()) {
                if (thrown.get() instanceof DockerException refused) {
                    String message = Answers.message(refused);
                    return new ExecOutcome(code(message), message, false);
                }
                throw new java.io.IOException(Answers.rootMessage(thrown.get()), thrown.get());
            }
        } catch (TimeoutException e) {
            return new ExecOutcome(NOT_RUN, text(output), true);
        }
        InspectExecResponse outcome = engine.client().inspectExecCmd(exec).exec();
        Long code = outcome.getExitCodeLong();
        return new ExecOutcome(code == null ? NOT_RUN : Math.toIntExact(code), text(output), false);
    }

    private static int code(String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        return lower.contains("permission denied") || lower.contains("is a directory") ? NOT_EXECUTABLE : NOT_FOUND;
    }

    private static void keep(ByteArrayOutputStream output, Frame frame) {
        synchronized (output) {
            byte[] bytes = frame.getPayload();
            output.write(bytes, 0, Math.min(bytes.length, MOST_OUTPUT - output.size()));
        }
    }

    private static String text(ByteArrayOutputStream output) {
        synchronized (output) {
            return output.toString(StandardCharsets.UTF_8);
        }
    }
}
