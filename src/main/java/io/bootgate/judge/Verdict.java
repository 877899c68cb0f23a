package io.bootgate.judge;

import java.time.Duration;
import java.util.List;

/** How a boot was judged. */
public sealed interface Verdict {

    /** When the decisive thing happened, on the timeline's clock. */
    Duration at();

    default boolean isReady() {
        return this instanceof Ready;
    }

    /**
     * The service serves.
     *
     * @param warnings what was odd but healed, one sentence each
     */
    record Ready(Duration at, List<String> warnings) implements Verdict {
        public Ready {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * The service does not serve.
     *
     * @param reason which rule decided
     * @param missing what was still missing for READY, one sentence each
     */
    record NotReady(Duration at, Reason reason, List<String> missing) implements Verdict {
        public NotReady {
            missing = List.copyOf(missing);
        }
    }

    /** The decisive evidence behind NOT_READY. */
    enum Reason {
        /** The engine could not start the main process. */
        START_REFUSED,
        /** The container ended. */
        EXITED,
        /** The server said that it gives up. */
        SERVER_GAVE_UP,
        /** Workers die in a loop. */
        WORKERS_DYING,
        /** A worker was killed by its master for taking too long before it ever answered. */
        WORKER_TIMED_OUT,
        /** Workers were killed for memory. */
        OUT_OF_MEMORY,
        /** The server can't bind its address and has given up. */
        BIND_FAILED,
        /** Bound to an address that cannot be reached from outside the container. */
        UNREACHABLE,
        /** Bound to another port than the one that must be served. */
        WRONG_PORT,
        /** The app could not be loaded, and the server stays up without it. */
        APP_FAILED,
        /** Every answer is an error of the server, for good. */
        HTTP_ERROR,
        /** The image's HEALTHCHECK fails for good. */
        UNHEALTHY,
        /** A container that it is deployed with does not come up. */
        NEIGHBOUR_LOST,
        /** A probe of its platform fails: it would be killed, or get no traffic. */
        PROBE_FAILED,
        /** The deadline came. */
        TIMED_OUT
    }
}
