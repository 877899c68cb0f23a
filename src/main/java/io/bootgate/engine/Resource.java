package io.bootgate.engine;

/** A network or a volume of the gate's own, by its name. {@link #close()} removes it; idempotent, and never throws. */
public interface Resource extends AutoCloseable {
    String name();

    @Override
    void close();
}
