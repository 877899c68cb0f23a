package io.bootgate.source.python;

/**
 * A way of writing that older versions of Python do not know.
 *
 * @param name as a reader knows it: {@code match statement}
 * @param minor of the first Python 3 that knows it: 10
 */
public record Feature(String name, int minor, Position position) {}
