package io.bootgate.server;

import io.bootgate.timeline.BootEvent.Logged;
import io.bootgate.timeline.BootEvent.ServerEvent;
import io.bootgate.timeline.Stream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Feeds a reader with lines, each one millisecond after the one before. */
final class Lines {
    private Lines() {}

    static List<ServerEvent> read(LogReader reader, Stream stream, String text) {
        List<ServerEvent> events = new ArrayList<>();
        long number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            events.addAll(reader.read(new Logged(Duration.ofMillis(number), number, stream, line)));
        }
        return events;
    }

    static List<ServerEvent> stderr(Server server, String text) {
        return read(server.reader(), Stream.STDERR, text);
    }

    static Duration line(int number) {
        return Duration.ofMillis(number);
    }
}
