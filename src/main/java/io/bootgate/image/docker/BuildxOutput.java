package io.bootgate.image.docker;

import io.bootgate.image.docker.BuildKitTrace.Output;
import io.bootgate.image.docker.BuildKitTrace.Vertex;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what {@code docker buildx build --progress plain} prints: {@code #7 [2/3] RUN make}, {@code #7 0.31 cc main.c}. */
final class BuildxOutput {
    private static final Pattern LINE = Pattern.compile("#(\\d+) (.*)", Pattern.DOTALL);
    private static final Pattern WRITTEN = Pattern.compile("\\d+\\.\\d+ (.*)", Pattern.DOTALL);
    private static final Pattern DONE = Pattern.compile("DONE (\\d+)\\.(\\d)s");
    private static final Pattern ERROR = Pattern.compile("ERROR: (?:failed to build: )?(?:failed to solve: )?(.*)");

    private final BuildKitLog steps;
    private final Map<String, String> names = new HashMap<>();
    private @Nullable String error;

    BuildxOutput(BuildKitLog steps) {
        this.steps = steps;
    }

    /** One line. */
    void read(String line) {
        Matcher numbered = LINE.matcher(line);
        if (numbered.matches()) {
            read(numbered.group(1), numbered.group(2));
            return;
        }
        Matcher failed = ERROR.matcher(line);
        if (failed.matches()) {
            error = failed.group(1);
        }
    }

    /** What the command said last, if it failed. */
    Optional<String> error() {
        return Optional.ofNullable(error);
    }

    private void read(String number, String text) {
        Matcher written = WRITTEN.matcher(text);
        Matcher done = DONE.matcher(text);
        String name = names.get(number);
        if (name == null) {
            names.put(number, text);
            steps.read(vertex(new Vertex(number, text, false, true, Optional.empty(), "")));
        } else if (written.matches()) {
            steps.read(new BuildKitTrace(List.of(), List.of(new Output(number, written.group(1) + "\n"))));
        } else if (done.matches()) {
            Duration took =
                    Duration.ofSeconds(Long.parseLong(done.group(1))).plusMillis(100L * Long.parseLong(done.group(2)));
            steps.read(vertex(new Vertex(number, name, false, true, Optional.of(took), "")));
        } else if (text.equals("CACHED")) {
            steps.read(vertex(new Vertex(number, name, true, true, Optional.of(Duration.ZERO), "")));
        } else if (text.startsWith("ERROR: ")) {
            steps.read(vertex(
                    new Vertex(number, name, false, true, Optional.empty(), text.substring("ERROR: ".length()))));
        }
    }

    private static BuildKitTrace vertex(Vertex vertex) {
        return new BuildKitTrace(List.of(vertex), List.of());
    }
}
