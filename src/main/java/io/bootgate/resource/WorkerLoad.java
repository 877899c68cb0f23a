package io.bootgate.resource;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How many workers share the container's processors and memory.
 *
 * @param server {@code gunicorn}, {@code uvicorn}, ...
 * @param workers worker processes that run at the same time
 * @param counted whether command or configuration compute their number from the number of processors
 * @param milliCpus the CPU limit in thousandths of a CPU, empty if there is none
 * @param machineCpus what a process counts that asks for the number of processors; 0 if unknown
 * @param peakBytes memory of all of them together, empty if unknown
 * @param memoryLimit empty if there is none
 */
public record WorkerLoad(
        String server,
        int workers,
        boolean counted,
        OptionalLong milliCpus,
        int machineCpus,
        OptionalLong peakBytes,
        OptionalLong memoryLimit) {
    /** Gunicorn's own advice is two to four per processor. */
    private static final int MOST_PER_CPU = 4;

    private static final int PER_CPU = 2;

    /** More workers than the CPU limit can feed, told with the numbers; empty if the number is sane, or there is no limit. */
    public Optional<String> tooManyForCpu() {
        return inShort()
                .map(told -> told
                        + (isByMachine()
                                ? ": the number of workers is computed from the %sCPUs of the machine (cpu_count sees them all), not from the limit"
                                        .formatted(machineCpus > 0 ? machineCpus + " " : "")
                                : "")
                        + "." + memory() + " " + remedy());
    }

    /** {@code 9 workers share 1 CPU}, where that is too many. */
    public Optional<String> inShort() {
        return milliCpus.isPresent() && workers > 2 && (isByMachine() || workers > MOST_PER_CPU * cpus() + 1)
                ? Optional.of("%d workers share %s".formatted(workers, Amount.cpus(milliCpus.getAsLong())))
                : Optional.empty();
    }

    private boolean isByMachine() {
        return counted && (machineCpus == 0 || machineCpus > cpus()) && workers > PER_CPU * cpus() + 1;
    }

    /** How many workers fit into the limit as large as these were measured; empty if all do, or it is not known. */
    public OptionalInt fitting() {
        if (workers < 2 || peakBytes.isEmpty() || memoryLimit.isEmpty()) {
            return OptionalInt.empty();
        }
        long fitting = memoryLimit.getAsLong() * 9 / 10 * workers / Math.max(1, peakBytes.getAsLong());
        return fitting >= 1 && fitting < workers ? OptionalInt.of((int) fitting) : OptionalInt.empty();
    }

    /** {@code 12 workers, about 30 MiB each}; empty for one. */
    public Optional<String> each() {
        return workers < 2 || peakBytes.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "%d workers, about %s each".formatted(workers, Amount.memory(peakBytes.getAsLong() / workers)));
    }

    /** How to start as many as the CPU limit can feed. */
    public String remedy() {
        return remedy(PER_CPU * cpus() + 1);
    }

    /** How to start no more than these. */
    public String remedy(int most) {
        return switch (server) {
            case "gunicorn" ->
                "Set --workers %1$d (or WEB_CONCURRENCY=%1$d, unless the command or gunicorn.conf.py sets workers)."
                        .formatted(most);
            case "uvicorn" -> "Set --workers %1$d (or WEB_CONCURRENCY=%1$d).".formatted(most);
            case "uwsgi" -> "Set --processes %d.".formatted(most);
            default -> "Set --workers %d.".formatted(most);
        };
    }

    private String memory() {
        if (peakBytes.isEmpty()) {
            return "";
        }
        String all = " %d × %s = %s"
                .formatted(
                        workers, Amount.memory(peakBytes.getAsLong() / workers), Amount.memory(peakBytes.getAsLong()));
        return all + (memoryLimit.isPresent() ? " of " + Amount.memory(memoryLimit.getAsLong()) : "") + " of memory.";
    }

    private int cpus() {
        return (int) Math.max(1, (milliCpus.orElse(1000) + 999) / 1000);
    }
}
