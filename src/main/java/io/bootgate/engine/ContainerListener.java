package io.bootgate.engine;

import java.time.Instant;

/** Hears what the engine pushes about one container. All times are the engine's clock. */
public interface ContainerListener {
    /** The main process was started. */
    void started(Instant at);

    /**
     * One piece of a log stream, as the engine keeps it: up to 16 KiB, a whole line if it ends in a newline.
     *
     * @param at when the engine received it (Podman: to the second)
     * @param bytes the piece without the engine's time stamp
     */
    void logged(LogStream stream, Instant at, byte[] bytes);

    /** Both log streams ended; no {@link #logged} will follow. */
    void logEnded();

    /** The kernel killed a process of the container for memory. May be told many times for one kill. */
    void outOfMemory(Instant at);

    /** The main process ended; told at least once, by whichever of event, wait or log stream comes first. */
    void exited(Instant at, int exitCode);

    /** Memory in use now, without cache that can be dropped. */
    void memory(Instant at, long usedBytes, long limitBytes);

    /** The connection to the engine broke: nothing more will be told. */
    void lost(String why);
}
