package io.bootgate.engine.docker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Who made a container, as its labels tell: enough for a later run to know whether that one is still alive.
 *
 * @param machine within which pids are unique: names the host, its boot and its pid namespace
 * @param processStart tells a process from a later one that got the same pid
 */
record Session(String id, String machine, long pid, String processStart) {
    static final String ID = "io.bootgate.session";
    static final String CREATED = "io.bootgate.created";
    static final String HOST = "io.bootgate.host";
    static final String PID = "io.bootgate.pid";
    static final String PROCESS_START = "io.bootgate.process-start";

    /** Where pids tell nothing (another host, an engine shared by CI agents) a container of this age has no owner any more. */
    static final Duration LONGEST = Duration.ofHours(6);

    private static final Path PROC = Path.of("/proc");

    static Session ofThisProcess() {
        long pid = ProcessHandle.current().pid();
        return new Session(
                UUID.randomUUID().toString(), thisMachine(), pid, startOf(pid).orElse("unknown"));
    }

    Map<String, String> labels(Instant now) {
        return Map.of(
                ID, id,
                CREATED, now.toString(),
                HOST, machine,
                PID, Long.toString(pid),
                PROCESS_START, processStart);
    }

    /**
     * Whether whoever wrote these labels is gone for certain.
     *
     * @param age of the container, by the engine's clock
     */
    boolean isDead(Map<String, String> labels, Duration age) {
        if (id.equals(labels.get(ID))) {
            return false;
        }
        if (!machine.equals(labels.get(HOST))) {
            return age.compareTo(LONGEST) > 0;
        }
        try {
            long owner = Long.parseLong(labels.getOrDefault(PID, ""));
            return !startOf(owner).equals(Optional.ofNullable(labels.get(PROCESS_START)));
        } catch (NumberFormatException e) {
            return age.compareTo(LONGEST) > 0;
        }
    }

    /** Something that never changes while a process lives; empty if there is no such process. */
    static Optional<String> startOf(long pid) {
        if (Files.isDirectory(PROC.resolve("self"))) {
            try {
                // Clock ticks since the boot: a wall clock that is set does not move them. Fields count from the last
                // ')',
                // the name before it may hold blanks.
                String stat = Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"));
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
                return fields[0].equals("Z") ? Optional.empty() : Optional.of(fields[19]);
            } catch (IOException e) {
                return Optional.empty();
            }
        }
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(process ->
                        process.info().startInstant().map(Instant::toString).orElse("unknown"));
    }

    private static String thisMachine() {
        if (!Files.isDirectory(PROC.resolve("self"))) {
            return hostName();
        }
        try {
            String boot =
                    Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
            String pids = Files.readSymbolicLink(PROC.resolve("self/ns/pid")).toString();
            if (Files.exists(PROC.resolve("1/stat"))) {
                return hostName() + "/" + boot + "/" + pids;
            }
        } catch (IOException e) {
            return unlikeAnyOther();
        }
        return unlikeAnyOther();
    }

    /** Where other users' processes are hidden, or the kernel says too little, pids prove nothing: only age counts. */
    private static String unlikeAnyOther() {
        return hostName() + "/" + UUID.randomUUID();
    }

    private static String hostName() {
        try {
            Path name = PROC.resolve("sys/kernel/hostname");
            return Files.isReadable(name)
                    ? Files.readString(name).strip()
                    : InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        } catch (IOException e) {
            return "unknown";
        }
    }
}
