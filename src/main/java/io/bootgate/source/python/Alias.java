package io.bootgate.source.python;

/**
 * {@code name as bound}.
 *
 * @param name what is imported, dots and all; {@code *} for everything
 * @param bound the name that it gets here; of {@code import a.b} it is {@code a}
 */
public record Alias(Position position, String name, String bound) {}
