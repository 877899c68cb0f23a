package io.bootgate.watch;

import io.bootgate.timeline.BootEvent;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/** What begins when the watched container has been started, and what is seen there. */
public interface Besides {
    /** Nothing. */
    Besides NOTHING = (published, told) -> {};

    /**
     * Begins, on threads of its own.
     *
     * @param published where the watched container's ports are reached
     */
    void begin(Map<Integer, InetSocketAddress> published, Told told);

    /** Takes what was seen just now, from any thread. */
    interface Told {
        void tell(Function<Duration, BootEvent> event);
    }
}
