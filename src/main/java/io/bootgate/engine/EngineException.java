package io.bootgate.engine;

/** The engine cannot be found, reached or used. The message says what failed, where, and what to do. */
public class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EngineException(String message) {
        super(message);
    }

    public EngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
