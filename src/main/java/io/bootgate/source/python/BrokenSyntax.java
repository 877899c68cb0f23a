package io.bootgate.source.python;

/** Ends the reading of one file; never leaves this package. */
final class BrokenSyntax extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient SyntaxProblem problem;

    BrokenSyntax(Position position, String message) {
        super(message, null, false, false);
        this.problem = new SyntaxProblem(position, message);
    }

    SyntaxProblem problem() {
        return problem;
    }
}
