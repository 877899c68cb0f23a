package io.bootgate.engine.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads the kernel's count of processes killed for memory in one container's cgroup, where the engine is on this machine:
 * nothing pushes this counter.
 */
final class MemoryKills implements AutoCloseable {
    /** The cgroup outlives its last process by the time that the clean-up process needs to start: some 50 ms at least. */
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

    private final Path counter;
    private final Runnable onKill;
    private final Runnable onLook;
    private volatile boolean over;
    private long seen;

    private MemoryKills(Path counter, Runnable onKill, Runnable onLook) {
        this.counter = counter;
        this.onKill = onKill;
        this.onLook = onLook;
    }

    /**
     * Empty where the container's processes are not of this machine, or the kernel keeps no count.
     *
     * @param onLook run at each look, for what else is worth a look while the group is there
     */
    static Optional<MemoryKills> watch(String containerId, long pid, Runnable onKill, Runnable onLook) {
        return counter(Path.of("/proc"), CGROUPS, containerId, pid).map(file -> {
            MemoryKills kills = new MemoryKills(file, onKill, onLook);
            Thread thread = new Thread(kills::run, "bootgate-memory-kills");
            thread.setDaemon(true);
            thread.start();
            return kills;
        });
    }

    /** The file that counts, found through the main process; it must name the container, or the pid is another machine's. */
    static Optional<Path> counter(Path proc, Path cgroups, String containerId, long pid) {
        List<String> memberships;
        try {
            memberships = Files.readAllLines(proc.resolve(Long.toString(pid)).resolve("cgroup"));
        } catch (IOException e) {
            return Optional.empty();
        }
        return memberships.stream()
                .filter(line -> line.contains(containerId))
                .map(line -> line.split(":", 3))
                .filter(parts -> parts.length == 3)
                .flatMap(parts -> file(cgroups, parts[1], parts[2]).stream())
                .findFirst();
    }

    private static Optional<Path> file(Path cgroups, String controllers, String path) {
        Path file = controllers.isEmpty()
                ? cgroups.resolve(path.substring(1)).resolve("memory.events")
                : cgroups.resolve("memory").resolve(path.substring(1)).resolve("memory.oom_control");
        boolean memory =
                controllers.isEmpty() || List.of(controllers.split(",", -1)).contains("memory");
        return memory && Files.isReadable(file) ? Optional.of(file) : Optional.empty();
    }

    private void run() {
        while (!over && check()) {
            onLook.run();
            LockSupport.parkNanos(INTERVAL_NANOS);
        }
    }

    /** Looks now; false when the cgroup is gone. */
    synchronized boolean check() {
        long count;
        try {
            count = count(Files.readAllLines(counter));
        } catch (IOException e) {
            return false;
        }
        if (count > seen && !over) {
            seen = count;
            onKill.run();
        }
        return true;
    }

    static long count(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("oom_kill "))
                .mapToLong(line ->
                        Long.parseLong(line.substring("oom_kill ".length()).strip()))
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() {
        over = true;
    }
}
