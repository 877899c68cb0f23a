package io.bootgate.image.cli;

import java.nio.file.Path;

/** Something secret that a {@code RUN --mount=type=secret} sees while it runs, and the image never holds. */
public sealed interface BuildSecret {
    /** How the Dockerfile names it. */
    String id();

    /** As the option {@code --secret} takes it. */
    String option();

    /** The content of a file. */
    record OfFile(String id, Path file) implements BuildSecret {
        @Override
        public String option() {
            return "id=" + id + ",src=" + file;
        }
    }

    /** The value of a variable of Maven's own environment. */
    record OfVariable(String id, String variable) implements BuildSecret {
        @Override
        public String option() {
            return "id=" + id + ",env=" + variable;
        }
    }
}
