package io.bootgate.timeline;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One thing seen while a container booted. {@link #at()} counts from the engine's own start event of the container, by the
 * engine's clock; what happened before the start is at zero.
 *
 * <p>Three kinds: what the engine told or was asked ({@link Created} to {@link LogEnded}), what the gate looked at
 * ({@link ProcessesSeen} to {@link PlatformProbed}), and what a server's own log lines mean ({@link ServerEvent}).
 * {@link Ticked} is time passing.
 */
public sealed interface BootEvent {
    /** Time since the container was started. */
    Duration at();

    /** The container exists and is about to be started. Always the first event. */
    record Created(Duration at, Boot boot) implements BootEvent {}

    /**
     * Which engine boots the container, told right after {@link Created}. It matters for what an engine never tells: Podman
     * has no event for a kill for memory.
     *
     * @param name {@code Docker Engine}, {@code Podman}
     */
    record EngineSeen(Duration at, String name, String version) implements BootEvent {}

    /**
     * The gate looked, before the start, at a file of the image that the command line names as program or script.
     *
     * @param path absolute path in the image
     * @param exists whether it is there as a regular file; if not, the rest is empty and false
     * @param firstLine without line end, at most 256 characters; starts with the ELF magic number (0x7f and {@code ELF}) for a native program
     * @param crlf whether the first line ends in CR LF
     */
    record ScriptSeen(Duration at, String path, boolean exists, String firstLine, boolean crlf) implements BootEvent {}

    /**
     * The gate saw, before the start, that the command or a file that it names computes something from the number of processors,
     * which is the machine's whatever the container's limit is.
     *
     * @param where path in the image, or the word of the command
     */
    record ProcessorsCounted(Duration at, String where) implements BootEvent {}

    /** The engine started the main process. {@code instant} is the engine's clock; all later times count from it. */
    record Started(Duration at, Instant instant) implements BootEvent {}

    /**
     * The engine could not start the main process.
     *
     * @param exitCode the engine's (126, 127, 128), 0 where it gives none (Podman)
     * @param message the engine's own text, e.g. {@code exec: "gunicorn": executable file not found in $PATH}
     */
    record StartRefused(Duration at, int exitCode, String message) implements BootEvent {}

    /**
     * The main process ended.
     *
     * @param outOfMemory the engine's OOMKilled: true as well when only a child was killed for memory
     */
    record Exited(Duration at, int exitCode, boolean outOfMemory) implements BootEvent {}

    /** The kernel killed a process of the container for memory, told by the engine's event or the cgroup's counter. */
    record OutOfMemory(Duration at) implements BootEvent {}

    /**
     * One whole line of the log.
     *
     * @param number 1 for the first line of the container, counted over both streams in order of arrival
     * @param text without line end, UTF-8 repaired, at most 64 KiB
     */
    record Logged(Duration at, long number, Stream stream, String text) implements BootEvent {}

    /** Both log streams ended; nothing more will be logged. */
    record LogEnded(Duration at) implements BootEvent {}

    /** The container's processes, main process first where the engine lists it first. Pids are the engine host's. */
    record ProcessesSeen(Duration at, List<RunningProcess> processes) implements BootEvent {
        public ProcessesSeen {
            processes = List.copyOf(processes);
        }
    }

    /** One row of the process table. */
    record RunningProcess(int pid, int parent, String command) {}

    /** The container's TCP sockets: listeners and connections to them. */
    record SocketsSeen(Duration at, List<Socket> sockets) implements BootEvent {
        public SocketsSeen {
            sockets = List.copyOf(sockets);
        }
    }

    /**
     * One row of the container's TCP table.
     *
     * @param address local address in text form, {@code 0.0.0.0}, {@code ::}, {@code 127.0.0.1}, ...
     * @param listening whether it is a listener, else a connection
     * @param accepted for a connection: whether a process took it (a connection that waits in the backlog has no owner)
     */
    record Socket(String address, int port, boolean listening, boolean accepted) {}

    /**
     * Memory of the whole container.
     *
     * @param usedBytes memory in use without the page cache that can be dropped
     * @param limitBytes the container's limit, or the machine's memory if it has none
     */
    record MemorySampled(Duration at, long usedBytes, long limitBytes) implements BootEvent {}

    /**
     * What the whole container has used since its start, by the kernel's own count where it can be read. Told when there is a
     * verdict.
     *
     * @param peakMemoryBytes the most memory at one time, without page cache that could have been dropped; empty if unknown
     * @param cpu processor time of all processes, empty if unknown
     * @param throttled how long processes were kept from running by the CPU limit, empty if unknown
     */
    record ResourcesUsed(
            Duration at, OptionalLong peakMemoryBytes, Optional<Duration> cpu, Optional<Duration> throttled)
            implements BootEvent {}

    /**
     * A request to the published port was answered with HTTP.
     *
     * @param port the container's port
     * @param server value of the Server header, several joined by a comma, empty string if none
     * @param took from the first byte of the request to the status line
     */
    record ProbeAnswered(Duration at, int port, int status, String server, Duration took) implements BootEvent {}

    /** A request to the published port was not answered. */
    record ProbeFailed(Duration at, int port, ProbeFailure failure, String message) implements BootEvent {}

    /** How a probe failed. */
    enum ProbeFailure {
        /** Nobody accepts connections. */
        REFUSED,
        /** The connection was accepted (by the engine's port proxy, perhaps) and closed without an answer. */
        CLOSED,
        /** The connection was accepted and no answer came within the probe's time limit. */
        TIMED_OUT,
        /** Something answered that is not HTTP. */
        NOT_HTTP
    }

    /** The gate ran the image's HEALTHCHECK. */
    record HealthChecked(Duration at, boolean passed, int exitCode, String output) implements BootEvent {}

    /**
     * What the image's Python can import, asked after the boot. Of two distributions of a name the one that is found first.
     *
     * @param python its version: {@code 3.11.2}
     */
    record DistributionsSeen(Duration at, String python, List<Distribution> distributions) implements BootEvent {
        public DistributionsSeen {
            distributions = List.copyOf(distributions);
        }
    }

    /**
     * One distribution, by its own metadata.
     *
     * @param imports the top-level modules that it brings
     * @param requires what it asks for, in the words of its metadata: {@code Werkzeug>=2.2.2}
     */
    record Distribution(String name, String version, List<String> imports, List<String> requires) {
        public Distribution {
            imports = List.copyOf(imports);
            requires = List.copyOf(requires);
        }
    }

    /**
     * A mount hides what the image has at its path.
     *
     * @param path of the mount
     * @param kind the descriptor's word for the volume
     * @param files of the image that are not in the volume, with their path below it; not all of many
     */
    record FilesHidden(Duration at, String path, String kind, List<String> files) implements BootEvent {
        public FilesHidden {
            files = List.copyOf(files);
        }
    }

    /** A container beside this one runs, and has held for the settle window. */
    record NeighbourSettled(Duration at, String name) implements BootEvent {}

    /**
     * A container beside this one ended, or never came up.
     *
     * @param exitCode -1 if it was never started
     * @param lost whether its platform can't bring it back, and this container is not deployed without it
     */
    record NeighbourEnded(Duration at, String name, int exitCode, boolean lost) implements BootEvent {}

    /**
     * The gate asked what the platform asks.
     *
     * @param kind {@code liveness}, {@code readiness}, {@code startup}
     * @param outcome in words: {@code status 404}
     * @param forGood whether no waiting will make it pass
     */
    record PlatformProbed(Duration at, String kind, boolean passed, String outcome, boolean forGood)
            implements BootEvent {}

    /** Time passed and nothing else happened. */
    record Ticked(Duration at) implements BootEvent {}

    /** What lines of the server's log mean. Written to the timeline right after the line that told it. */
    sealed interface ServerEvent extends BootEvent {}

    /** The server said its name. {@code version} is an empty string where it does not say one. */
    record ServerStarting(Duration at, String server, String version, OptionalInt masterPid) implements ServerEvent {}

    /** Name of the worker class, where the server says one: {@code sync}, {@code gthread}, {@code uvicorn.workers.UvicornWorker}. */
    record WorkerClassTold(Duration at, String workerClass) implements ServerEvent {}

    /**
     * The server said where it is bound.
     *
     * @param addresses as URLs: {@code http://0.0.0.0:8000}, {@code https://[::]:8443}, {@code unix:/tmp/app.sock}
     * @param masterPid pid within the container, where the line names it
     */
    record ServerBound(Duration at, List<String> addresses, OptionalInt masterPid) implements ServerEvent {
        public ServerBound {
            addresses = List.copyOf(addresses);
        }
    }

    /** An attempt to bind failed; the server may try again. {@code last} says that it has given up. */
    record BindFailed(Duration at, String address, String reason, boolean last) implements ServerEvent {}

    /** A worker process was made; it has not loaded the app yet. Pid within the container. */
    record WorkerBooting(Duration at, int pid) implements ServerEvent {}

    /** The server said in its own words that the app is loaded (Uvicorn's startup complete, uWSGI's WSGI app ready). */
    record AppLoaded(Duration at, OptionalInt pid) implements ServerEvent {}

    /** A worker leaves as it should: max_requests, reload, stop. Its end, whichever way it is logged, is no death. */
    record WorkerRecycling(Duration at, int pid) implements ServerEvent {}

    /** The server reloads its workers (SIGHUP): every worker alive now leaves as it should. */
    record ServerReloading(Duration at) implements ServerEvent {}

    /** The worker's own last words ("Worker exiting"): its Python code ran to the end, it was not killed. */
    record WorkerExiting(Duration at, int pid) implements ServerEvent {}

    /**
     * The master reaped a worker and logged how it ended.
     *
     * @param exitCode empty if it was ended by a signal
     * @param signal name like {@code SIGKILL}, empty if it exited
     */
    record WorkerEnded(Duration at, int pid, OptionalInt exitCode, Optional<String> signal) implements ServerEvent {}

    /** The master kills a worker that was silent for longer than its time limit. */
    record WorkerTimedOut(Duration at, int pid) implements ServerEvent {}

    /** A worker failed with an exception while loading the app or starting; the traceback follows in the log. */
    record WorkerFailed(Duration at, int pid) implements ServerEvent {}

    /**
     * The server said that it can't load the app and stays up, or is about to end, without it (uWSGI's full dynamic mode,
     * Uvicorn's "Application startup failed").
     */
    record AppFailed(Duration at, String reason) implements ServerEvent {}

    /** The server failed to answer a request with an exception; the traceback follows in the log. */
    record RequestFailed(Duration at, String request) implements ServerEvent {}

    /** The server stops. {@code reason} is its own ("Worker failed to boot."), empty when it was asked to. */
    record ServerStopping(Duration at, Optional<String> reason) implements ServerEvent {}
}
