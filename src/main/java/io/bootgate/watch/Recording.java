package io.bootgate.watch;

import io.bootgate.timeline.BootEvent;
import io.bootgate.timeline.BootEvent.Logged;
import io.bootgate.timeline.BootEvent.MemorySampled;
import io.bootgate.timeline.BootEvent.ProbeFailed;
import io.bootgate.timeline.Stream;
import io.bootgate.timeline.Timeline;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The timeline while it grows. Of each stream of the log it keeps the first and the last 10,000 lines, and not more than 4 MiB of
 * text of either: a flood on one stream hides nothing on the other. Of what repeats without news (memory samples, failed probes
 * in a row) it keeps the first and the latest.
 */
final class Recording {
    private static final int MOST_LINES = 10_000;
    private static final int MOST_CHARACTERS = 4 << 20;

    private record Numbered(long order, BootEvent event) {}

    private final List<Numbered> kept = new ArrayList<>();
    private final Map<Stream, Lines> lines =
            new EnumMap<>(Map.of(Stream.STDOUT, new Lines(), Stream.STDERR, new Lines()));
    private long order;

    /** What is kept of one stream. */
    private static final class Lines {
        private final List<Numbered> head = new ArrayList<>();
        private final Deque<Numbered> tail = new ArrayDeque<>();
        private int charactersOfHead;
        private int charactersOfTail;

        void add(Numbered numbered) {
            int length = length(numbered);
            if (tail.isEmpty() && head.size() < MOST_LINES && charactersOfHead + length <= MOST_CHARACTERS) {
                head.add(numbered);
                charactersOfHead += length;
                return;
            }
            tail.addLast(numbered);
            charactersOfTail += length;
            while (tail.size() > MOST_LINES || charactersOfTail > MOST_CHARACTERS) {
                charactersOfTail -= length(tail.removeFirst());
            }
        }

        private static int length(Numbered numbered) {
            return ((Logged) numbered.event()).text().length();
        }
    }

    void add(BootEvent event) {
        order++;
        if (event instanceof Logged line) {
            Objects.requireNonNull(lines.get(line.stream())).add(new Numbered(order, line));
            return;
        }
        if (repeats(event)) {
            kept.remove(kept.size() - 1);
        }
        kept.add(new Numbered(order, event));
    }

    Timeline toTimeline() {
        List<Numbered> all = new ArrayList<>(kept);
        lines.values().forEach(each -> {
            all.addAll(each.head);
            all.addAll(each.tail);
        });
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
