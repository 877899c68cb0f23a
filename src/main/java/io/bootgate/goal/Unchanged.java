package io.bootgate.goal;

import io.bootgate.image.BuildLog;
import io.bootgate.image.BuildOutcome;
import io.bootgate.image.BuildOutcome.Built;
import io.bootgate.image.ImageBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** Builds only what is not there: the image of the run before is taken where nothing changed since, and it still exists. */
final class Unchanged implements ImageBuilder {
    private final ImageBuilder builder;
    private final Path output;
    private final Optional<BuiltImage> before;
    private final boolean asked;
    private final Predicate<BuiltImage> exists;
    private Optional<String> inputs = Optional.empty();
    private Optional<Built> built = Optional.empty();
    private boolean spared;

    /**
     * Around a builder.
     *
     * @param before what the run before made
     * @param asked whether an unchanged image is to be taken as it is
     * @param exists whether it still is where it was brought to
     */
    Unchanged(
            ImageBuilder builder,
            Path output,
            Optional<BuiltImage> before,
            boolean asked,
            Predicate<BuiltImage> exists) {
        this.builder = builder;
        this.output = output;
        this.before = before;
        this.asked = asked;
        this.exists = exists;
    }

    @Override
    public BuildOutcome build(BuildLog log) {
        long started = System.nanoTime();
        if (asked) {
            inputs = builder.inputs(output);
            Optional<BuiltImage> same = before.filter(image -> inputs.isPresent()
                    && image.inputs().equals(inputs)
                    && image.id().isPresent());
            if (same.filter(exists).isPresent()) {
                BuiltImage image = same.get();
                log.step("Nothing changed since " + image.reference() + " was built: it is not built again");
                built = Optional.of(new Built(
                        image.reference(),
                        image.id().orElseThrow(),
                        image.digest(),
                        image.builder(),
                        Duration.ofNanos(System.nanoTime() - started),
                        builder.sources()));
                spared = true;
                return built.get();
            }
        }
        BuildOutcome outcome = builder.build(log);
        built = outcome instanceof Built made ? Optional.of(made) : Optional.empty();
        return outcome;
    }

    /** What {@link #build} ended with, if it is an image. */
    Optional<Built> built() {
        return built;
    }

    /** Whether it was taken as it was. */
    boolean isSpared() {
        return spared;
    }

    Optional<String> inputs() {
        return inputs;
    }
}
