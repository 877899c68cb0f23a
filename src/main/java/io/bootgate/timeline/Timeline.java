package io.bootgate.timeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything seen while one container booted, in the order in which it was told. An immutable copy: the watch appends to a
 * list of its own and hands it over when it is done.
 */
public record Timeline(List<BootEvent> events) {

    public Timeline {
        events = List.copyOf(events);
    }

    public static Timeline of(BootEvent... events) {
        return new Timeline(List.of(events));
    }

    public <E extends BootEvent> Stream<E> all(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast);
    }

    public <E extends BootEvent> Optional<E> first(Class<E> type) {
        return all(type).findFirst();
    }

    public <E extends BootEvent> Optional<E> last(Class<E> type) {
        return all(type).reduce((earlier, later) -> later);
    }

    public boolean has(Class<? extends BootEvent> type) {
        return events.stream().anyMatch(type::isInstance);
    }

    /** What was settled before the start; {@link Boot#unknown} for a timeline that came from a log alone. */
    public Boot boot() {
        return first(BootEvent.Created.class).map(BootEvent.Created::boot).orElseGet(() -> Boot.unknown("unknown"));
    }

    /** The log, both streams, in order of arrival. */
    public List<BootEvent.Logged> log() {
        return all(BootEvent.Logged.class).toList();
    }

    /** The latest time on it, zero if it is empty. */
    public Duration end() {
        return events.stream().map(BootEvent::at).max(Duration::compareTo).orElse(Duration.ZERO);
    }

    /** A copy with one more event at the end; for tests and for building timelines by hand. */
    public Timeline with(BootEvent event) {
        List<BootEvent> longer = new ArrayList<>(events);
        longer.add(event);
        return new Timeline(longer);
    }
}
