package io.bootgate.watch;

import io.bootgate.timeline.BootEvent;
import io.bootgate.timeline.BootEvent.Logged;
import io.bootgate.timeline.BootEvent.MemorySampled;
import io.bootgate.timeline.BootEvent.ProbeFailed;
import io.bootgate.timeline.Timeline;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * The timeline while it grows. Of the log it keeps the first and the last 10,000 lines, of what repeats without news (memory
 * samples, failed probes in a row) the first and the latest.
 */
final class Recording {
    private static final int HEAD = 10_000;
    private static final int TAIL = 10_000;

    private record Numbered(long order, BootEvent event) {}

    private final List<Numbered> kept = new ArrayList<>();
    private final Deque<Numbered> tail = new ArrayDeque<>();
    private long order;
    private int lines;

    void add(BootEvent event) {
        order++;
        if (event instanceof Logged && ++lines > HEAD) {
            tail.addLast(new Numbered(order, event));
            if (tail.size() > TAIL) {
                tail.removeFirst();
            }
            return;
        }
        if (repeats(event)) {
            kept.remove(kept.size() - 1);
        }
        kept.add(new Numbered(order, event));
    }

    Timeline toTimeline() {
        List<Numbered> all = new ArrayList<>(kept);
        all.addAll(tail);
        all.sort(Comparator.comparingLong(Numbered::order));
        return new Timeline(all.stream().map(Numbered::event).toList());
    }

    /** Whether it is the third of the same kind in a row, so that the second tells nothing any more. */
    private boolean repeats(BootEvent event) {
        int size = kept.size();
        if (size < 2 || !(event instanceof ProbeFailed || event instanceof MemorySampled)) {
            return false;
        }
        BootEvent last = kept.get(size - 1).event();
        BootEvent before = kept.get(size - 2).event();
        if (event instanceof ProbeFailed failure) {
            return last instanceof ProbeFailed a
                    && before instanceof ProbeFailed b
                    && a.failure() == failure.failure()
                    && b.failure() == failure.failure();
        }
        return last instanceof MemorySampled && before instanceof MemorySampled;
    }
}
