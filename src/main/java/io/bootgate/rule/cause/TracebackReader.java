package io.bootgate.rule.cause;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the exceptions out of the lines of one stream. Several processes may write at the same time, so several tracebacks
 * can be open at once; a line goes to the one that it continues best ({@link TracebackDraft#fit}).
 */
final class TracebackReader {
    private static final String GROUP = "Exception Group " + Transcript.TRACEBACK;
    private static final Pattern LINK =
            Pattern.compile("During handling of the above exception, another exception occurred"
                    + "|The above exception was the direct cause of the following exception");
    private static final Pattern WAITRESS =
            Pattern.compile("^There was an exception \\((\\w+)\\) importing your module");
    private static final Pattern WAITRESS_ARGUMENT = Pattern.compile("^1\\. (.+)$");
    // An open traceback that no line of so many continued has been cut off.
    private static final int PATIENCE = 80;

    private final List<Line> lines;
    private final List<TracebackDraft> open = new ArrayList<>();
    private final List<TracebackDraft> done = new ArrayList<>();
    private final Map<String, String> sources = new HashMap<>();
    private Optional<TracebackDraft> talking = Optional.empty();
    private Optional<TracebackDraft> origin = Optional.empty();
    private boolean raisedFrom;
    private String before = "";

    private TracebackReader(List<Line> lines) {
        this.lines = lines;
    }

    /** In the order in which they ended. Lines of a log that has its newest line first are read from the end. */
    static List<Traceback> read(List<Line> lines) {
        List<Line> ordered = new ArrayList<>(lines);
        if (isNewestFirst(lines)) {
            Collections.reverse(ordered);
        }
        return new TracebackReader(ordered).read();
    }

    private static boolean isNewestFirst(List<Line> lines) {
        List<String> texts =
                lines.stream().filter(l -> !l.isBlank()).map(Line::text).toList();
        int forward = 0;
        int backward = 0;
        for (int i = 0; i < texts.size(); i++) {
            if (texts.get(i).contains(Transcript.TRACEBACK)) {
                forward += i + 1 < texts.size() && TracebackDraft.isFrame(texts.get(i + 1)) ? 1 : 0;
                backward += (i > 0 && TracebackDraft.isFrame(texts.get(i - 1)))
                                || (i > 1 && TracebackDraft.isFrame(texts.get(i - 2)))
                        ? 1
                        : 0;
            }
        }
        return backward > forward;
    }

    private List<Traceback> read() {
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            if (line.isBlank()) {
                continue;
            }
            if (line.text().contains(GROUP)) {
                i = readGroup(i) - 1;
            } else {
                read(line, i);
            }
            before = line.text();
        }
        done.addAll(open);
        return done.stream()
                .filter(draft -> !draft.isOrigin())
                .map(TracebackDraft::toTraceback)
                .toList();
    }

    private void read(Line line, int index) {
        String text = line.text();
        int header = text.indexOf(Transcript.TRACEBACK);
        if (header >= 0) {
            begin(TracebackDraft.withHeader(line, text.substring(0, header), before));
        } else if (LINK.matcher(text).find()) {
            origin = done.isEmpty() ? Optional.empty() : Optional.of(done.get(done.size() - 1));
            raisedFrom = text.contains("direct cause");
            talking = Optional.empty();
        } else if (!continues(line, index) && !isMoreOfTheMessage(line)) {
            talking = Optional.empty();
            beginWithoutHeader(line, index);
        }
    }

    private void begin(TracebackDraft draft) {
        origin.ifPresent(earlier -> draft.follows(earlier, raisedFrom));
        origin = Optional.empty();
        talking = Optional.empty();
        open.add(draft);
    }

    private boolean continues(Line line, int index) {
        open.removeIf(draft -> {
            boolean cutOff = index - draft.lastIndex() > PATIENCE && draft.lastIndex() > 0;
            if (cutOff) {
                done.add(draft);
            }
            return cutOff;
        });
        // A source line belongs to the frame that has waited longest for one, anything else to whom wrote last.
        Optional<TracebackDraft> best = open.stream()
                .filter(draft -> draft.fit(line, sources) > 0)
                .max(Comparator.<TracebackDraft>comparingInt(draft -> draft.fit(line, sources))
                        .thenComparingInt(draft -> draft.awaitsSource() ? -draft.lastIndex() : draft.lastIndex()));
        best.ifPresent(draft -> {
            draft.take(line, index, sources);
            if (draft.isComplete()) {
                open.remove(draft);
                finish(draft);
            }
        });
        return best.isPresent();
    }

    private void finish(TracebackDraft draft) {
        done.add(draft);
        talking = open.isEmpty() ? Optional.of(draft) : Optional.empty();
    }

    private boolean isMoreOfTheMessage(Line line) {
        return talking.isPresent() && talking.get().takesMessage(line);
    }

    private void beginWithoutHeader(Line line, int index) {
        if (TracebackDraft.isFrame(line.text())) {
            TracebackDraft draft = TracebackDraft.cutOff(line, before);
            begin(draft);
            draft.take(line, index, sources);
            return;
        }
        Matcher waitress = WAITRESS.matcher(line.text());
        if (waitress.find()) {
            lines.subList(index, Math.min(index + 8, lines.size())).stream()
                    .map(later -> WAITRESS_ARGUMENT.matcher(later.text()))
                    .filter(Matcher::find)
                    .findFirst()
                    .ifPresent(argument ->
                            finish(TracebackDraft.bare(line, before, waitress.group(1), argument.group(1))));
            return;
        }
        TracebackDraft.bareException(line, before).ifPresent(this::finish);
    }

    /** Index of the first line after the group. */
    private int readGroup(int start) {
        String header = lines.get(start).text();
        int column = header.indexOf('+');
        String prefix = column < 0 ? "" : header.substring(0, column).stripTrailing();
        List<Line> block = new ArrayList<>();
        int end = start;
        while (end < lines.size()) {
            Line line = lines.get(end);
            String text = line.text();
            String bare = end == start || (!prefix.isEmpty() && text.startsWith(prefix))
                    ? " ".repeat(prefix.length()) + text.substring(Math.min(prefix.length(), text.length()))
                    : text;
            if (end > start
                    && !bare.isBlank()
                    && !bare.stripLeading().startsWith("|")
                    && !bare.stripLeading().startsWith("+")) {
                break;
            }
            block.add(new Line(bare, line.stamped(), line.logged()));
            end++;
        }
        String announced = prefix.isEmpty() ? before : prefix;
        ExceptionGroup.read(block, Math.max(column, 0), announced).ifPresent(group -> {
            TracebackDraft draft = TracebackDraft.read(group);
            origin.ifPresent(earlier -> draft.follows(earlier, raisedFrom));
            origin = Optional.empty();
            finish(draft);
        });
        return Math.max(end, start + 1);
    }
}
