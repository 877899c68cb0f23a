package io.bootgate.engine;

/**
 * The machine that an engine's containers run on.
 *
 * @param cpus what a process sees, whatever its container's limit is; 0 if the engine does not say
 * @param memoryBytes 0 if the engine does not say
 */
public record Machine(int cpus, long memoryBytes) {
    public static final Machine UNKNOWN = new Machine(0, 0);
}
