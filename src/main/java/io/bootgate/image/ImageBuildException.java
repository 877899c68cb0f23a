package io.bootgate.image;

/** The build can't be tried: no Dockerfile, engine lost, disk full. The message says what failed, where, and what to do. */
public final class ImageBuildException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ImageBuildException(String message) {
        super(message);
    }

    public ImageBuildException(String message, Throwable cause) {
        super(message, cause);
    }
}
