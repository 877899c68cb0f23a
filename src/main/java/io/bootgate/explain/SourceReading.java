package io.bootgate.explain;

import io.bootgate.server.LogReader;
import io.bootgate.server.Server;
import io.bootgate.timeline.BootEvent;
import io.bootgate.timeline.BootEvent.Logged;
import io.bootgate.timeline.BootEvent.ServerEvent;
import io.bootgate.timeline.Stream;
import io.bootgate.timeline.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Turns the lines of one source into the timeline of what they tell. */
final class SourceReading {
    private final LogReader server = Server.UNKNOWN.reader();
    private final GunicornWords gunicorn = new GunicornWords();
    private final UnaryOperator<String> mask;
    private final long mirror;
    private final List<BootEvent> events = new ArrayList<>();
    private final List<BootEvent> perhaps = new ArrayList<>();
    private Optional<Instant> start = Optional.empty();
    private Duration now = Duration.ZERO;

    private SourceReading(UnaryOperator<String> mask, long mirror) {
        this.mask = mask;
        this.mirror = mirror;
    }

    static Reading of(List<SourceLine> lines, UnaryOperator<String> mask) {
        boolean newestFirst = ReadingOrder.isNewestFirst(lines);
        long mirror = newestFirst
                ? lines.get(0).number() + lines.get(lines.size() - 1).number()
                : 0;
        SourceReading reading = new SourceReading(mask, mirror);
        (newestFirst ? ReadingOrder.reversed(lines) : lines).forEach(reading::read);
        return new Reading(new Timeline(reading.all()), number -> newestFirst ? mirror - number : number);
    }

    private void read(SourceLine line) {
        LogTime.of(line).ifPresent(this::tick);
        long number = mirror == 0 ? line.number() : mirror - line.number();
        List<BootEvent> told = PlatformWords.read(line.text(), now);
        Logged logged = new Logged(now, number, Stream.STDERR, mask.apply(line.text()));
        if (line.platform() && told.isEmpty()) {
            return;
        }
        events.add(logged);
        if (told.isEmpty()) {
            events.addAll(told(logged));
        } else if (PlatformWords.isPerhapsOfAnother(line.text())) {
            perhaps.addAll(told);
        } else {
            events.addAll(told);
        }
    }

    private List<BootEvent> all() {
        boolean up = events.stream().anyMatch(ServerEvent.class::isInstance);
        List<BootEvent> all = new ArrayList<>(events);
        all.addAll(up ? List.of() : perhaps);
        return all;
    }

    private void tick(Instant time) {
        if (start.isEmpty()) {
            start = Optional.of(time);
        }
        Duration since = Duration.between(start.get(), time);
        now = since.compareTo(now) > 0 ? since : now;
    }

    /** Logs from elsewhere have lost which stream a line came from, and servers write to both. */
    private List<ServerEvent> told(Logged logged) {
        String text = gunicorn.inOwnFormat(logged.text());
        List<ServerEvent> told = server.read(new Logged(logged.at(), logged.number(), Stream.STDERR, text));
        return told.isEmpty() ? server.read(new Logged(logged.at(), logged.number(), Stream.STDOUT, text)) : told;
    }
}
