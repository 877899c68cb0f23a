package io.bootgate.source.python;

/**
 * Why a text is no Python 3.
 *
 * @param message without the place, as CPython says it where it has words of its own
 */
public record SyntaxProblem(Position position, String message) {}
