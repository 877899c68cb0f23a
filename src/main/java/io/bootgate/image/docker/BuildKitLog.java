package io.bootgate.image.docker;

import io.bootgate.image.BuildLog;
import io.bootgate.image.docker.BuildKitTrace.Vertex;
import io.bootgate.source.dockerfile.Dockerfile;
import io.bootgate.source.dockerfile.Dockerfile.Stage;
import io.bootgate.source.dockerfile.Instruction;
import io.bootgate.source.dockerfile.Instruction.Keyword;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads BuildKit's progress: steps of several stages may run at the same time. */
final class BuildKitLog {
    private static final Pattern STEP =
            Pattern.compile("\\[(?:.*? )??(?:([^ \\]]+) )?(\\d+)/(\\d+)] (.*)", Pattern.DOTALL);
    private static final Pattern UNNAMED_STAGE = Pattern.compile("stage-(\\d+)");

    private final Dockerfile dockerfile;
    private final BuildLog log;
    private final Set<String> told = new HashSet<>();
    private final Set<String> ended = new HashSet<>();
    private final Map<String, Ending> endings = new LinkedHashMap<>();
    private final Map<String, OutputTail> outputs = new HashMap<>();
    private @Nullable Vertex failed;

    BuildKitLog(Dockerfile dockerfile, BuildLog log) {
        this.dockerfile = dockerfile;
        this.log = log;
    }

    void read(BuildKitTrace trace) {
        for (Vertex vertex : trace.vertices()) {
            if (isOfDockerfile(vertex)) {
                tell(vertex);
            }
            // Steps that are given up because another one failed say so in the same field.
            if (failed == null && !vertex.error().isEmpty() && !vertex.error().contains("context canceled")) {
                failed = vertex;
            }
        }
        trace.outputs()
                .forEach(output -> outputs.computeIfAbsent(output.vertex(), digest -> new OutputTail(log::output))
                        .write(output.text()));
    }

    private static boolean isOfDockerfile(Vertex vertex) {
        return vertex.name().startsWith("[") && !vertex.name().startsWith("[internal]");
    }

    private void tell(Vertex vertex) {
        String text = vertex.name().trim().replaceAll("\\s+", " ");
        if ((vertex.started() || vertex.cached()) && told.add(vertex.digest())) {
            tellEndings();
            log.began(text);
        }
        // A step may be done and start again, as a FROM that is looked up before it is fetched: the longest part
        // counts.
        vertex.took()
                .map(took -> new Ending(text, took, vertex.cached()))
                .filter(ending -> told.contains(vertex.digest()) && !ended.contains(vertex.digest()))
                .ifPresent(ending -> endings.merge(vertex.digest(), ending, Ending::longer));
    }

    private void tellEndings() {
        endings.forEach((digest, ending) -> {
            ended.add(digest);
            log.ended(ending.text(), ending.took(), ending.cached());
        });
        endings.clear();
    }

    /** Nothing more will be told. */
    void end() {
        outputs.values().forEach(OutputTail::flush);
        tellEndings();
    }

    /** How a step ended. */
    private record Ending(String text, Duration took, boolean cached) {
        Ending longer(Ending other) {
            return took.compareTo(other.took) >= 0 ? this : other;
        }
    }

    Optional<Instruction> failing() {
        return Optional.ofNullable(failed).flatMap(vertex -> instruction(vertex.name()));
    }

    List<String> output() {
        OutputTail output = failed == null ? null : outputs.get(failed.digest());
        return output == null ? List.of() : output.lines();
    }

    private Optional<Instruction> instruction(String name) {
        Matcher step = STEP.matcher(name);
        if (!step.matches()) {
            return Optional.empty();
        }
        return stage(step.group(1)).flatMap(stage -> {
            List<Instruction> counted = new ArrayList<>();
            counted.add(stage.from());
            stage.instructions().stream()
                    .filter(instruction -> Stream.of(Keyword.RUN, Keyword.COPY, Keyword.ADD, Keyword.WORKDIR)
                            .anyMatch(instruction::is))
                    .forEach(counted::add);
            int number = Integer.parseInt(step.group(2));
            return counted.size() == Integer.parseInt(step.group(3)) && number >= 1 && number <= counted.size()
                    ? Optional.of(counted.get(number - 1))
                    : counted.stream()
                            .filter(instruction -> instruction
                                    .text()
                                    .equalsIgnoreCase(step.group(4).trim()))
                            .findFirst();
        });
    }

    private Optional<Stage> stage(@Nullable String name) {
        if (name == null) {
            return dockerfile.stages().stream().findFirst();
        }
        Matcher unnamed = UNNAMED_STAGE.matcher(name);
        return dockerfile.stage(unnamed.matches() ? unnamed.group(1) : name);
    }
}
