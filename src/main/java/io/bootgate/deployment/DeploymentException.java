package io.bootgate.deployment;

/** A descriptor that cannot be read; the message says where and what was expected. */
public final class DeploymentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DeploymentException(String message) {
        super(message);
    }

    /** {@code file:line:column: text}, which terminals and IDEs make a link of. */
    public DeploymentException(String file, int line, int column, String text) {
        super("%s:%d:%d: %s".formatted(file, line, column, text));
    }
}
