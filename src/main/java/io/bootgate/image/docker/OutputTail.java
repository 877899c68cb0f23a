package io.bootgate.image.docker;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Makes lines of the pieces that a step writes, hands them on, and keeps the last ones. */
final class OutputTail {
    private static final int KEPT_LINES = 200;
    private static final int LONGEST_LINE = 64 * 1024;
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;?]*[a-zA-Z]");

    private final Consumer<String> log;
    private final Deque<String> kept = new ArrayDeque<>();
    private final StringBuilder partial = new StringBuilder();

    OutputTail(Consumer<String> log) {
        this.log = log;
    }

    void write(String piece) {
        int start = 0;
        for (int end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', start)) {
            append(piece, start, end);
            flush();
            start = end + 1;
        }
        append(piece, start, piece.length());
    }

    private void append(String piece, int start, int end) {
        partial.append(piece, start, Math.min(end, start + LONGEST_LINE - Math.min(LONGEST_LINE, partial.length())));
    }

    /** Ends a line that has no newline. */
    void flush() {
        String line = COLOUR.matcher(partial).replaceAll("").stripTrailing();
        partial.setLength(0);
        // A progress bar rewrites its line: what stands there last is what a reader would see.
        line = line.substring(line.lastIndexOf('\r') + 1);
        if (!line.isEmpty()) {
            if (kept.size() == KEPT_LINES) {
                kept.removeFirst();
            }
            kept.addLast(line);
            log.accept(line);
        }
    }

    void clear() {
        flush();
        kept.clear();
    }

    List<String> lines() {
        flush();
        return List.copyOf(kept);
    }
}
