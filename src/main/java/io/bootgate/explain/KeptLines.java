package io.bootgate.explain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The first and the last lines of one source: how it began, and how it ended, of a log of any size. */
final class KeptLines {
    private static final int MOST_LINES = 8_000;
    private static final int MOST_CHARACTERS = 2 << 20;

    private final List<SourceLine> head = new ArrayList<>();
    private final Deque<SourceLine> tail = new ArrayDeque<>();
    private int charactersOfHead;
    private int charactersOfTail;

    void add(SourceLine line) {
        int length = line.text().length();
        if (tail.isEmpty() && head.size() < MOST_LINES && charactersOfHead + length <= MOST_CHARACTERS) {
            head.add(line);
            charactersOfHead += length;
            return;
        }
        tail.addLast(line);
        charactersOfTail += length;
        while (tail.size() > MOST_LINES || charactersOfTail > MOST_CHARACTERS) {
            charactersOfTail -= tail.removeFirst().text().length();
        }
    }

    List<SourceLine> all() {
        List<SourceLine> all = new ArrayList<>(head);
        all.addAll(tail);
        return all;
    }
}
