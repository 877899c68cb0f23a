package io.bootgate.explain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Puts a log right that a viewer shows with the newest line first. */
final class ReadingOrder {
    private static final Pattern FRAME = Pattern.compile("^\\s*File \".*\", line \\d+");

    private ReadingOrder() {}

    /** The other way round. */
    static List<SourceLine> reversed(List<SourceLine> lines) {
        List<SourceLine> reversed = new ArrayList<>(lines);
        Collections.reverse(reversed);
        return reversed;
    }

    static boolean isNewestFirst(List<SourceLine> lines) {
        int forward = 0;
        int backward = 0;
        Optional<Instant> before = Optional.empty();
        for (SourceLine line : lines) {
            Optional<Instant> now = LogTime.of(line);
            if (now.isPresent() && before.isPresent()) {
                int order = now.get().compareTo(before.get());
                forward += order > 0 ? 1 : 0;
                backward += order < 0 ? 1 : 0;
            }
            before = now.isPresent() ? now : before;
        }
        if (forward == 0 && backward > 0 && beginsWithTheStart(lines)) {
            return false;
        }
        return (forward == 0 && backward == 0) ? isTracebackUpsideDown(lines) : backward > forward;
    }

    /** Whether a server is first said to start, and then to have a worker: whatever the times are. */
    private static boolean beginsWithTheStart(List<SourceLine> lines) {
        for (SourceLine line : lines) {
            if (line.text().contains("Starting gunicorn ")) {
                return true;
            }
            if (line.text().contains("Booting worker with pid")) {
                return false;
            }
        }
        return false;
    }

    /** The first frame follows its heading, and never stands before it. */
    private static boolean isTracebackUpsideDown(List<SourceLine> lines) {
        List<String> texts = lines.stream()
                .filter(line -> !line.isBlank())
                .map(SourceLine::text)
                .toList();
        int upsideDown = 0;
        int upright = 0;
        for (int i = 0; i < texts.size(); i++) {
            if (texts.get(i).strip().endsWith("Traceback (most recent call last):")) {
                upright += i + 1 < texts.size() && isFrame(texts.get(i + 1)) ? 1 : 0;
                upsideDown += i > 0 && isFrame(texts.get(i - 1)) ? 1 : 0;
                // A viewer may lose the line of code, or show it: then the frame is one further up.
                upsideDown += i > 1 && !isFrame(texts.get(i - 1)) && isFrame(texts.get(i - 2)) ? 1 : 0;
            }
        }
        return upsideDown > upright;
    }

    private static boolean isFrame(String text) {
        return FRAME.matcher(text).find();
    }
}
