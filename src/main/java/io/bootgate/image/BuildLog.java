package io.bootgate.image;

import java.time.Duration;
import java.util.function.UnaryOperator;

/** Hears a build's progress. */
public interface BuildLog {
    /** A step starts: {@code [3/7] RUN pip install -r requirements.txt}. */
    void step(String text);

    /** A step starts that will be told of once more when it is over. */
    default void began(String text) {}

    /**
     * It is over, well or not.
     *
     * @param cached whether it had been done before
     */
    default void ended(String text, Duration took, boolean cached) {
        step(text);
    }

    /** A line of output of the running step. */
    void output(String line);

    /** The same log, told only what {@code mask} leaves. */
    default BuildLog masked(UnaryOperator<String> mask) {
        BuildLog told = this;
        return new BuildLog() {
            @Override
            public void step(String text) {
                told.step(mask.apply(text));
            }

            @Override
            public void began(String text) {
                told.began(mask.apply(text));
            }

            @Override
            public void ended(String text, Duration took, boolean cached) {
                told.ended(mask.apply(text), took, cached);
            }

            @Override
            public void output(String line) {
                told.output(mask.apply(line));
            }
        };
    }
}
