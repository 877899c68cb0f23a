package io.bootgate.timeline;

import java.time.Duration;
import java.util.List;

/**
 * What a container is deployed with, by its descriptor.
 *
 * @param sharedNetwork whether the neighbours have its address and its ports
 * @param neighbours the containers that are booted beside it
 * @param mounts what is mounted into it
 * @param probes what its platform asks it
 */
public record Group(
        boolean sharedNetwork, List<Neighbour> neighbours, List<Mounted> mounts, List<PlatformProbe> probes) {
    /** Nothing: a container by itself. */
    public static final Group NONE = new Group(false, List.of(), List.of(), List.of());

    public Group {
        neighbours = List.copyOf(neighbours);
        mounts = List.copyOf(mounts);
        probes = List.copyOf(probes);
    }

    /**
     * Another container.
     *
     * @param ports that it has by descriptor or image
     * @param awaited whether it must hold too for this one to count as ready
     */
    public record Neighbour(String name, String image, List<Integer> ports, boolean awaited) {
        public Neighbour {
            ports = List.copyOf(ports);
        }
    }

    /**
     * A volume at a path.
     *
     * @param kind the descriptor's word for it
     */
    public record Mounted(String path, String kind) {}

    /**
     * A question that the platform asks again and again.
     *
     * @param kind {@code liveness}, {@code readiness}, {@code startup}
     * @param asked in words: {@code GET http://:8000/health}
     * @param port the container's port that is asked, 0 if none is
     */
    public record PlatformProbe(
            String kind,
            String asked,
            int port,
            Duration initialDelay,
            Duration period,
            Duration timeout,
            int failureThreshold) {

        /** Whether the platform kills a container that fails it. */
        public boolean kills() {
            return kind.equals("liveness") || kind.equals("startup");
        }

        /** How long after the start it must have passed once. */
        public Duration deadline() {
            return initialDelay.plus(period.multipliedBy(failureThreshold));
        }
    }
}
