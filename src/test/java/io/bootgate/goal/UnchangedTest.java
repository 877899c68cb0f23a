package io.bootgate.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.image.BuildLog;
import io.bootgate.image.BuildOutcome;
import io.bootgate.image.BuildOutcome.Built;
import io.bootgate.image.ImageBuilder;
import io.bootgate.image.SourceFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnchangedTest {
    private static final String ID = "sha256:" + "1".repeat(64);

    @TempDir
    private Path folder;

    private int builds;
    private String inputs = "sha256:first";

    private final ImageBuilder builder = new ImageBuilder() {
        @Override
        public BuildOutcome build(BuildLog log) {
            builds++;
            return new Built("acme/orders:1", ID, Optional.empty(), "docker", Duration.ZERO, SourceFiles.UNKNOWN);
        }

        @Override
        public Optional<String> inputs(Path output) {
            return Optional.of(inputs);
        }
    };

    @Test
    void theSameInputsAndAnImageThatStillExistsAreNotBuiltAgain() {
        BuiltImage first = run(Optional.empty(), true, true);
        BuiltImage second = run(Optional.of(first), true, true);

        assertThat(builds).isEqualTo(1);
        assertThat(second).isEqualTo(first);
    }

    @Test
    void aChangeALostImageAndNotBeingAskedAreReasonsToBuild() {
        BuiltImage first = run(Optional.empty(), true, true);
        run(Optional.of(first), true, false);
        run(Optional.of(first), false, true);
        inputs = "sha256:second";
        run(Optional.of(first), true, true);

        assertThat(builds).isEqualTo(4);
    }

    private BuiltImage run(Optional<BuiltImage> before, boolean asked, boolean exists) {
        Unchanged unchanged = new Unchanged(builder, folder, before, asked, image -> exists);
        unchanged.build(new BuildLog() {
            @Override
            public void step(String text) {}

            @Override
            public void output(String line) {}
        });
        return BuiltImage.of("orders", unchanged.built().orElseThrow(), false, unchanged.inputs());
    }
}
