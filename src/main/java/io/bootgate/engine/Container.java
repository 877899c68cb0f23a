package io.bootgate.engine;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One container of the gate's own. {@link #close()} removes it by force, with its anonymous volumes; idempotent. */
public interface Container extends AutoCloseable {

    /** The engine's full id. */
    String id();

    /**
     * Subscribes to all that the engine pushes: events, both log streams, the end, memory. Returns when the engine has
     * subscribed, so that nothing of a start that follows is lost. To be called once, before {@link #start()}.
     * The listener is called from the adapter's threads, one call at a time for the log.
     */
    void listen(ContainerListener listener);

    /**
     * Starts the main process. A process that can't be started is a value: it is the tested container's fault.
     *
     * @throws HostPortTakenException if the port that the engine picked on the host was taken meanwhile
     */
    StartOutcome start();

    /** What {@link #start()} led to. */
    sealed interface StartOutcome {
        /** The main process runs, or ran. {@code startedAt} is the engine's own time of the start. */
        record Started(Instant startedAt) implements StartOutcome {}

        /** Exit code 0 and the engine's message where the engine keeps no code (Podman). */
        record Refused(int exitCode, String message) implements StartOutcome {}
    }

    /** Where each published TCP port of the container is reached from here. Known once it is started. */
    Map<Integer, InetSocketAddress> publishedPorts();

    /** The state by the engine, asked now. */
    State state();

    /**
     * State by the engine.
     *
     * @param outOfMemory OOMKilled: true as well when only a child was killed for memory
     */
    record State(
            boolean running,
            int exitCode,
            boolean outOfMemory,
            String error,
            Optional<Instant> startedAt,
            Optional<Instant> finishedAt) {}

    /** What it has used since its start, as far as is known now; of one that ended, what was known then. */
    Usage usage();

    /** The process table, asked now; empty if the container does not run. */
    List<ProcessRow> processes();

    /** One row of the process table. Pids are the engine host's (Docker) or the container's own (Podman). */
    record ProcessRow(int pid, int parent, String command) {}

    /** Runs a command inside, as the container's user. Exit code 126 or 127 as a shell would give when it can't be run. */
    ExecOutcome exec(List<String> command, Duration timeout);

    /**
     * How a command inside ended.
     *
     * @param exitCode -1 if it timed out, or if the container does not run
     * @param output both streams, at most 64 KiB
     */
    record ExecOutcome(int exitCode, String output, boolean timedOut) {}

    /** Its address in its network; empty if it has none of its own, or does not run. */
    Optional<String> address();

    /** Puts a file into its own file system, before the start. Content in base64. */
    void putFile(String path, String content);

    /** Names of what is in a folder, files of folders with their path below it, at most {@code limit}; works before the start too. */
    List<String> list(String folder, int limit);

    /** A file's first {@code limit} bytes as text; empty if there is no such regular file. Works before the start too. */
    Optional<String> readFile(String path, int limit);

    /** Unpacks a tar archive into an existing folder. Works before the start too. */
    void unpack(String folder, byte[] tar);

    /** Every regular file below a folder, by its path within it; none if there is no such folder. Works after the end too. */
    Map<String, byte[]> files(String folder);

    @Override
    void close();
}
