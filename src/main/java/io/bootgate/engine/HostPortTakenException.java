package io.bootgate.engine;

/**
 * Another program of the host took the port that the engine had picked, before the container was started. Another container
 * gets another port.
 */
public final class HostPortTakenException extends EngineException {
    private static final long serialVersionUID = 1L;

    public HostPortTakenException(String message) {
        super(message);
    }
}
