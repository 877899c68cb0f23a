package io.bootgate.autopsy;

import io.bootgate.engine.Container;
import io.bootgate.engine.Container.StartOutcome;
import io.bootgate.engine.ContainerEngine;
import io.bootgate.engine.ContainerSpec;
import io.bootgate.engine.EngineException;
import io.bootgate.watch.Knock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Boots an image once more, as it was booted before but for a Python package on its path that observes, and collects what that
 * tells. The image is not changed, nothing of the host is mounted, and the container is removed.
 */
public final class Autopsy {
    private static final Duration STEP = Duration.ofMillis(200);
    /** A boot that stays that long at one place will not come by itself. */
    private static final Duration HANGS = Duration.ofSeconds(6);

    private static final Duration LONG = Duration.ofSeconds(2);

    private final ContainerEngine engine;
    private final UnaryOperator<String> mask;

    /** {@code mask} is applied to every text that comes from the container. */
    public Autopsy(ContainerEngine engine, UnaryOperator<String> mask) {
        this.engine = engine;
        this.mask = mask;
    }

    /**
     * Performs it. An engine that fails is told in the testimony: the verdict is known already.
     *
     * @param spec what was booted before, with the ports that it published
     * @param imageEnv the image's own variables
     * @param gunicorn whether the server is Gunicorn, which is asked to log more
     * @param tracesLines whether a kill without a word is looked for
     * @param log gets the container's log, masked
     */
    public Testimony perform(
            ContainerSpec spec,
            Map<String, String> imageEnv,
            boolean gunicorn,
            boolean tracesLines,
            Knock knock,
            Duration timeout,
            Path log) {
        long begin = System.nanoTime();
        ContainerSpec instrumented = instrumented(spec, imageEnv, gunicorn, timeout);
        try (Container container = engine.create(instrumented, ProbeFiles.FOLDER);
                Writer writer = Files.newBufferedWriter(log)) {
            container.unpack(ProbeFiles.FOLDER, ProbeFiles.archive(tracesLines));
            AutopsyLog listener = new AutopsyLog(writer, mask);
            container.listen(listener);
            if (container.start() instanceof StartOutcome.Refused refused) {
                return Testimony.none("the container did not start: " + mask.apply(refused.message()));
            }
            return watched(container, listener, knock, timeout, begin);
        } catch (EngineException e) {
            return Testimony.none("the engine failed: " + mask.apply(String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("Interrupted while %s was examined.".formatted(spec.image()), e);
        } catch (IOException e) {
            throw new UncheckedIOException("The log %s can't be written".formatted(log), e);
        }
    }

    private Testimony watched(Container container, AutopsyLog listener, Knock knock, Duration timeout, long begin)
            throws InterruptedException {
        boolean booted = false;
        List<Sight> sights = List.of();
        while (true) {
            boolean ended = listener.awaitEnd(STEP);
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            booted = !ended && knock.isAnswered(container.publishedPorts());
            sights = new SightReader(mask).read(container.files(ProbeFiles.OUT));
            Testimony now = new Testimony(sights, booted, ended, took, java.util.Optional.empty());
            if (ended || booted || took.compareTo(timeout) >= 0 || isOver(now)) {
                return now;
            }
        }
    }

    private static boolean isOver(Testimony now) {
        int attempt = now.attempts();
        // Workers that a server kills for their silence, one after the other.
        long silent = now.all(Sight.Stuck.class)
                .filter(stuck -> stuck.attempt() == attempt && stuck.since().compareTo(LONG) >= 0)
                .map(Sight.Stuck::pid)
                .distinct()
                .count();
        return silent > 2
                || now.all(Sight.Over.class).anyMatch(Sight.Over::alive)
                || now.all(Sight.Stuck.class)
                        .anyMatch(stuck ->
                                stuck.attempt() == attempt && stuck.since().compareTo(HANGS) >= 0);
    }

    private static ContainerSpec instrumented(
            ContainerSpec spec, Map<String, String> imageEnv, boolean gunicorn, Duration timeout) {
        Map<String, String> env = new LinkedHashMap<>(spec.env());
        Map<String, String> all = new LinkedHashMap<>(imageEnv);
        all.putAll(spec.env());
        String path = all.getOrDefault("PYTHONPATH", "");
        env.put("PYTHONPATH", path.isEmpty() ? ProbeFiles.PATH : ProbeFiles.PATH + ":" + path);
        if (!all.containsKey("PYTHONUSERBASE")) {
            env.put("PYTHONUSERBASE", ProbeFiles.USER);
        }
        env.put("PYTHONUNBUFFERED", "1");
        env.put("PYTHONFAULTHANDLER", "1");
        env.put("BOOTGATE_AUTOPSY", "on");
        env.put("BOOTGATE_AUTOPSY_SECONDS", Long.toString(Math.max(1, timeout.toSeconds())));
        spec.ports().stream().findFirst().ifPresent(port -> env.put("BOOTGATE_AUTOPSY_PORT", Integer.toString(port)));
        if (gunicorn) {
            env.put("GUNICORN_CMD_ARGS", (all.getOrDefault("GUNICORN_CMD_ARGS", "") + " --log-level debug").strip());
        }
        return spec.withEnv(env);
    }
}
