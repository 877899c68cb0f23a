package io.bootgate.watch;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Joins the pieces of one log stream to lines: engines cut lines at 16 KiB, and the last one may lack its newline. Bytes that
 * are not UTF-8 become U+FFFD.
 */
public final class LineAssembler {

    /** A line without an end is handed over in parts of this size, so that it can't fill the memory. */
    private static final int LONGEST = 1 << 20;

    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

    /** The lines that this piece completes. */
    public List<String> add(byte[] piece) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < piece.length; i++) {
            if (piece[i] == '\n') {
                pending.write(piece, start, i - start);
                lines.add(take());
                start = i + 1;
            }
        }
        pending.write(piece, start, piece.length - start);
        if (pending.size() >= LONGEST) {
            lines.add(take());
        }
        return lines;
    }

    /** What is left when the stream has ended. */
    public Optional<String> end() {
        return pending.size() == 0 ? Optional.empty() : Optional.of(take());
    }

    private String take() {
        String line = pending.toString(StandardCharsets.UTF_8);
        pending.reset();
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }
}
