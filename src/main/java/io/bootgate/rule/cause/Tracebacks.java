package io.bootgate.rule.cause;

import io.bootgate.timeline.Stream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Every Python exception that a log shows, in the order in which they ended. */
record Tracebacks(List<Traceback> all) {

    Tracebacks {
        all = List.copyOf(all);
    }

    /** A traceback never changes the stream, so each is read on its own. */
    static Tracebacks in(List<Line> lines) {
        List<Traceback> all = new ArrayList<>();
        for (Stream stream : Stream.values()) {
            all.addAll(TracebackReader.read(
                    lines.stream().filter(l -> l.logged().stream() == stream).toList()));
        }
        all.sort(Comparator.comparingLong(t -> t.last().logged().number()));
        return new Tracebacks(all);
    }
}
