package io.bootgate.server;

import io.bootgate.timeline.BootEvent.Logged;
import io.bootgate.timeline.BootEvent.ServerBound;
import io.bootgate.timeline.BootEvent.ServerEvent;
import io.bootgate.timeline.BootEvent.ServerStarting;
import java.util.List;

/** Listens as every server at once, until one of them introduces itself; from then on as that one alone. */
final class FirstBanner implements LogReader {
    private List<LogReader> readers;

    /** Readers in the order in which they are asked. */
    FirstBanner(List<LogReader> readers) {
        this.readers = List.copyOf(readers);
    }

    @Override
    public List<ServerEvent> read(Logged line) {
        List<ServerEvent> events = List.of();
        for (LogReader reader : readers) {
            List<ServerEvent> told = reader.read(line);
            if (told.stream().anyMatch(event -> event instanceof ServerStarting || event instanceof ServerBound)) {
                readers = List.of(reader);
                return told;
            }
            // Before that, what one of them says is said: a quiet server may tell of nothing but its workers' deaths.
            if (events.isEmpty()) {
                events = told;
            }
        }
        return events;
    }
}
