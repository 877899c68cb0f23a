package io.bootgate.server;

import io.bootgate.timeline.BootEvent.Logged;
import io.bootgate.timeline.BootEvent.ServerEvent;
import java.util.List;

/**
 * Reads one server's log, line by line. Made anew for each boot: it may remember earlier lines (a version said before, the
 * master's pid), so lines are fed in the order of the log.
 */
public interface LogReader {
    /** What this line means, usually nothing. Each event has the line's own time. */
    List<ServerEvent> read(Logged line);
}
