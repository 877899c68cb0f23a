package io.bootgate.engine.docker;

import com.github.dockerjava.api.command.PullImageCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.PullResponseItem;
import io.bootgate.engine.EngineException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Gets one image from its registry. */
final class ImagePull {
    private static final Duration SILENCE = Duration.ofMinutes(5);

    private final EngineConnection engine;
    private final String reference;
    private final Optional<String> platform;
    private final Consumer<String> progress;
    private volatile long lastHeard = System.nanoTime();
    private volatile @Nullable String error;
    private String lastTold = "";

    ImagePull(EngineConnection engine, String reference, Optional<String> platform, Consumer<String> progress) {
        this.engine = engine;
        this.reference = reference;
        this.platform = platform;
        this.progress = progress;
    }

    void run() {
        CompletableFuture<Optional<Throwable>> ended = new CompletableFuture<>();
        try (Subscription<PullResponseItem> stream = new Subscription<>(this::heard, ended::complete)) {
            command().exec(stream);
            Optional<Throwable> thrown = await(ended);
            String told = error;
            if (told != null) {
                throw failed(told);
            }
            if (thrown.isPresent()) {
                throw failed(
                        thrown.get() instanceof DockerException refused
                                ? Answers.message(refused)
                                : Answers.rootMessage(thrown.get()));
            }
        }
    }

    private PullImageCmd command() {
        // Without a tag every tag of the repository is pulled.
        boolean exact = reference.contains("@") || reference.lastIndexOf(':') > reference.lastIndexOf('/');
        PullImageCmd command = engine.client().pullImageCmd(exact ? reference : reference + ":latest");
        platform.ifPresent(command::withPlatform);
        return command;
    }

    private Optional<Throwable> await(CompletableFuture<Optional<Throwable>> ended) {
        while (true) {
            try {
                return ended.get(1, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                if (System.nanoTime() - lastHeard > SILENCE.toNanos()) {
                    throw failed("nothing was heard for " + SILENCE.toMinutes() + " minutes");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new EngineException("Interrupted while " + reference + " was pulled.", e);
            } catch (java.util.concurrent.ExecutionException e) {
                return Optional.of(e);
            }
        }
    }

    private void heard(PullResponseItem item) {
        lastHeard = System.nanoTime();
        if (item.getErrorDetail() != null && item.getErrorDetail().getMessage() != null) {
            error = item.getErrorDetail().getMessage();
            return;
        }
        // Without the progress bar: "a1b2c3: Pull complete", told when it changes.
        String line = (item.getId() == null ? "" : item.getId() + ": ") + item.getStatus();
        if (item.getStatus() != null && !line.equals(lastTold)) {
            lastTold = line;
            progress.accept(line);
        }
    }

    private EngineException failed(String why) {
        String lower = why.toLowerCase(Locale.ROOT);
        String meaning;
        if (lower.contains("denied") || lower.contains("unauthorized") || lower.contains("authentication required")) {
            meaning =
                    "The registry refused it: there is no such image, or it needs a login (docker login, podman login).";
        } else if (lower.contains("manifest unknown")
                || lower.contains("not found")
                || lower.contains("no such image")) {
            meaning = "The registry has no such image: check name and tag.";
        } else {
            meaning =
                    "The registry could not be reached or failed: check the network of the engine, or build or load the"
                            + " image before.";
        }
        return new EngineException("Image %s is not on %s at %s and cannot be pulled. %s (%s)"
                .formatted(reference, engine.info().name(), engine.info().address(), meaning, why));
    }
}
