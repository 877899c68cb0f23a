package io.bootgate.watch;

import io.bootgate.engine.Container;
import io.bootgate.engine.Container.StartOutcome;
import io.bootgate.engine.ContainerEngine;
import io.bootgate.engine.ContainerListener;
import io.bootgate.engine.ContainerSpec;
import io.bootgate.engine.EngineException;
import io.bootgate.engine.LogStream;
import io.bootgate.timeline.BootEvent.Distribution;
import io.bootgate.timeline.BootEvent.DistributionsSeen;
import io.bootgate.timeline.BootEvent.Logged;
import io.bootgate.timeline.Timeline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks the image's own Python which distributions it has, in a container beside the one that was tested: that one may have
 * ended, and nothing of it is to be changed.
 */
public final class Inventory {
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 4 << 20;
    private static final int MOST_FOLDERS = 8;
    /** Where the tracebacks say that pip installs to, and the root of the Python that does it. */
    private static final Pattern FOLDER =
            Pattern.compile("(/(?:[^\\s\"'():]+/)?)lib(?:64)?/(python3(?:\\.\\d+)?)/(?:site|dist)-packages");

    private final ContainerEngine engine;
    private final ContainerSpec spec;

    /** @param spec of the container that was tested */
    public Inventory(ContainerEngine engine, ContainerSpec spec) {
        this.engine = engine;
        this.spec = spec;
    }

    /** What the image has; empty if it can't be asked, which is no fault of the service. */
    public Optional<DistributionsSeen> take(Timeline boot) {
        Set<String> folders = new LinkedHashSet<>();
        Set<String> pythons = new LinkedHashSet<>();
        boot.all(Logged.class)
                .map(line -> FOLDER.matcher(line.text()))
                .filter(Matcher::find)
                .forEach(found -> {
                    if (folders.size() < MOST_FOLDERS) {
                        folders.add(found.group());
                        pythons.add(found.group(1) + "bin/" + found.group(2));
                    }
                });
        pythons.addAll(List.of("python3", "python"));
        for (String python : pythons) {
            List<String> program = new ArrayList<>(List.of(python, "-B", "-c", script()));
            program.addAll(folders);
            Optional<DistributionsSeen> seen = answer(program).flatMap(text -> read(text, boot.end()));
            if (seen.isPresent()) {
                return seen;
            }
        }
        return Optional.empty();
    }

    private Optional<String> answer(List<String> program) {
        Answer answer = new Answer();
        try (Container container = engine.create(spec.running(program))) {
            container.listen(answer);
            return container.start() instanceof StartOutcome.Started && answer.isThere()
                    ? Optional.of(answer.text())
                    : Optional.empty();
        } catch (EngineException e) {
            return Optional.empty();
        }
    }

    private static String script() {
        try (InputStream file = Objects.requireNonNull(Inventory.class.getResourceAsStream("distributions.py"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("distributions.py cannot be read", e);
        }
    }

    /** Empty if it is not what the script prints. */
    static Optional<DistributionsSeen> read(String text, Duration at) {
        Optional<String> python = Optional.empty();
        List<Distribution> distributions = new ArrayList<>();
        for (String line : text.lines().toList()) {
            String[] parts = line.split("\t", -1);
            if (parts.length == 2 && parts[0].equals("python")) {
                python = Optional.of(parts[1].strip());
            } else if (parts.length == 4) {
                distributions.add(new Distribution(parts[0], parts[1], words(parts[2], " "), words(parts[3], "\\|")));
            }
        }
        return python.map(version -> new DistributionsSeen(at, version, distributions));
    }

    private static List<String> words(String text, String separator) {
        return Arrays.stream(text.split(separator))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** What the script printed, once its container has ended. */
    private static final class Answer implements ContainerListener {
        private final ByteArrayOutputStream output = new ByteArrayOutputStream();
        private final CountDownLatch ended = new CountDownLatch(1);

        boolean isThere() {
            try {
                return ended.await(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        String text() {
            synchronized (output) {
                return output.toString(StandardCharsets.UTF_8);
            }
        }

        @Override
        public void logged(LogStream stream, Instant at, byte[] bytes) {
            synchronized (output) {
                if (stream == LogStream.STDOUT && output.size() < MOST_BYTES) {
                    output.writeBytes(bytes);
                }
            }
        }

        @Override
        public void logEnded() {
            ended.countDown();
        }

        @Override
        public void lost(String why) {
            ended.countDown();
        }

        @Override
        public void started(Instant at) {}

        @Override
        public void outOfMemory(Instant at) {}

        @Override
        public void exited(Instant at, int exitCode) {}

        @Override
        public void memory(Instant at, long usedBytes, long limitBytes) {}
    }
}
