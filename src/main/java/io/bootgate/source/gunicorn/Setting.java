package io.bootgate.source.gunicorn;

import io.bootgate.source.python.Expression;
import java.util.Optional;

/**
 * One setting of Gunicorn's and where it comes from.
 *
 * @param name as in the configuration file: {@code worker_class}
 * @param text the value where it can be told; what is computed has none
 * @param expression of the configuration file
 * @param line in the configuration file; 0 elsewhere
 */
public record Setting(String name, Source source, Optional<String> text, Optional<Expression> expression, int line) {

    /** Where a setting comes from; a later one wins over an earlier one. */
    public enum Source {
        ENVIRONMENT,
        FILE,
        CMD_ARGS,
        COMMAND_LINE
    }
}
