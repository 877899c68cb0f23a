package io.bootgate.source.python;

import java.util.Optional;

/**
 * A parameter of a function.
 *
 * @param stars 1 for {@code *args}, 2 for {@code **kwargs}, else 0
 */
public record Parameter(String name, int stars, Optional<Expression> annotation, Optional<Expression> value) {}
