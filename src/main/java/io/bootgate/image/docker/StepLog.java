package io.bootgate.image.docker;

import io.bootgate.image.BuildLog;
import io.bootgate.source.dockerfile.Dockerfile;
import io.bootgate.source.dockerfile.Dockerfile.Stage;
import io.bootgate.source.dockerfile.Instruction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the progress of Docker's classic builder and of Podman's: which instruction is being run, and what it writes.
 */
final class StepLog {
    // Docker tells the step in a piece of its own without a newline: a RUN that prints the same text is no step.
    private static final Pattern DOCKER_STEP = Pattern.compile("Step (\\d+)/(\\d+) : (.*)", Pattern.DOTALL);
    private static final Pattern PODMAN_STEP =
            Pattern.compile("(?:\\[(\\d+)/(\\d+)] )?STEP (\\d+)/(\\d+): (.*)\n", Pattern.DOTALL);
    private static final Pattern ENGINE_TALK = Pattern.compile(
            " ---> .*|--> .*|Removing intermediate container [0-9a-f]+|COMMIT .*|(?:\\[\\d+/\\d+] )?COMMIT .*"
                    + "|Successfully (?:built|tagged) .*|[0-9a-f]{64}",
            Pattern.DOTALL);

    private static final Pattern CACHED = Pattern.compile(" ---> Using cache|--> Using cache ");

    private final Dockerfile dockerfile;
    private final BuildLog log;
    private final OutputTail output;
    private int lastStep;
    private int lastStage;
    private @Nullable Instruction current;
    private @Nullable String running;
    private long startedAt;
    private boolean cached;

    StepLog(Dockerfile dockerfile, BuildLog log) {
        this.dockerfile = dockerfile;
        this.log = log;
        this.output = new OutputTail(log::output);
    }

    Optional<Instruction> current() {
        return Optional.ofNullable(current);
    }

    List<String> output() {
        return output.lines();
    }

    /** One piece of the engine's stream. */
    void read(String piece) {
        Matcher docker = DOCKER_STEP.matcher(piece);
        Matcher podman = PODMAN_STEP.matcher(piece);
        if (docker.matches() && !piece.endsWith("\n") && Integer.parseInt(docker.group(1)) == lastStep + 1) {
            lastStep++;
            started(docker.group(1) + "/" + docker.group(2), docker.group(3), instruction(lastStep - 1));
        } else if (podman.matches() && isNextPodmanStep(podman)) {
            String stage = podman.group(1) == null ? "" : "stage " + podman.group(1) + "/" + podman.group(2) + " ";
            started(
                    stage + podman.group(3) + "/" + podman.group(4),
                    podman.group(5),
                    instruction(lastStage - 1, lastStep, Integer.parseInt(podman.group(4)), podman.group(5)));
        } else if (ENGINE_TALK.matcher(piece.stripTrailing()).matches()) {
            cached |= CACHED.matcher(piece).lookingAt();
            output.flush();
        } else {
            output.write(piece);
        }
    }

    private boolean isNextPodmanStep(Matcher podman) {
        int stage = podman.group(1) == null ? 1 : Integer.parseInt(podman.group(1));
        int step = Integer.parseInt(podman.group(3));
        boolean next = stage == lastStage ? step == lastStep + 1 : stage > lastStage && step == 1;
        if (next) {
            lastStage = stage;
            lastStep = step;
        }
        return next;
    }

    private void started(String count, String text, Optional<Instruction> instruction) {
        end();
        output.clear();
        current = instruction.orElse(null);
        running = "[" + count + "] " + oneLine(text);
        startedAt = System.nanoTime();
        cached = false;
        log.began(running);
    }

    /** The step that ran is over, and so is the build unless another one starts. */
    void end() {
        output.flush();
        if (running != null) {
            log.ended(running, Duration.ofNanos(System.nanoTime() - startedAt), cached);
            running = null;
        }
    }

    /** Docker counts every instruction of the file. */
    private Optional<Instruction> instruction(int index) {
        List<Instruction> all = dockerfile.instructions();
        return index < all.size() ? Optional.of(all.get(index)) : Optional.empty();
    }

    /** Podman counts within a stage, the FROM first. With more steps than the file has, the base image has triggers. */
    private Optional<Instruction> instruction(int stageIndex, int step, int steps, String text) {
        List<Stage> stages = dockerfile.stages();
        if (stageIndex >= stages.size()) {
            return Optional.empty();
        }
        Stage stage = stages.get(stageIndex);
        if (step == 1) {
            return Optional.of(stage.from());
        }
        if (steps == stage.instructions().size() + 1) {
            return Optional.of(stage.instructions().get(step - 2));
        }
        return stage.instructions().stream()
                .filter(instruction -> instruction.text().equalsIgnoreCase(oneLine(text)))
                .findFirst()
                .or(() -> Optional.of(stage.from()));
    }

    private static String oneLine(String text) {
        return text.trim().replaceAll("\\s+", " ");
    }
}
