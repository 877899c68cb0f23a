package io.bootgate.source.python;

/**
 * A place in a source text.
 *
 * @param line 1 for the first
 * @param column 1 for the first character of the line
 */
public record Position(int line, int column) {}
