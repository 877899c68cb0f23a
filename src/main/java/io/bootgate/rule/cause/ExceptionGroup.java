package io.bootgate.rule.cause;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the drawn tree ({@code +-+---- 1 ----}) that Python prints for an exception group. */
final class ExceptionGroup {
    private static final Pattern FIRST_MEMBER = Pattern.compile("^\\+-\\+-");
    private static final Pattern NEXT_MEMBER = Pattern.compile("^\\+-{4,}");

    private ExceptionGroup() {}

    /**
     * The group with its members, recursively.
     *
     * @param block lines of the group, its own gutter ({@code |} or {@code +}) at {@code column}
     */
    static Optional<Traceback> read(List<Line> block, int column, String announcement) {
        List<Line> own = new ArrayList<>();
        List<List<Line>> members = new ArrayList<>();
        for (Line line : block) {
            int gutter = gutter(line.text());
            if (members.isEmpty()
                    && gutter == column
                    && FIRST_MEMBER.matcher(line.text().substring(gutter)).find()) {
                members.add(new ArrayList<>());
            } else if (members.isEmpty()) {
                own.add(new Line(afterGutter(line.text(), gutter), line.stamped(), line.logged()));
            } else if (gutter == column + 2
                    && NEXT_MEMBER.matcher(line.text().substring(gutter)).find()) {
                members.add(new ArrayList<>());
            } else {
                members.get(members.size() - 1).add(line);
            }
        }
        List<Traceback> inner = members.stream()
                .flatMap(member -> read(member, column + 2, announcement).stream())
                .toList();
        List<Traceback> read = TracebackReader.read(own);
        if (read.isEmpty()) {
            return inner.isEmpty() ? Optional.empty() : Optional.of(inner.get(0));
        }
        Traceback group = read.get(read.size() - 1);
        return Optional.of(new Traceback(
                group.frames(),
                group.type(),
                group.message(),
                group.origin(),
                group.raisedFrom(),
                inner,
                announcement,
                group.lines(),
                group.last(),
                group.pid()));
    }

    private static int gutter(String text) {
        int at = 0;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    private static String afterGutter(String text, int gutter) {
        String rest = text.length() > gutter ? text.substring(gutter + 1) : "";
        // Not again the header of a group.
        String plain = rest.replace("Exception Group " + Transcript.TRACEBACK, Transcript.TRACEBACK);
        return plain.startsWith(" ") ? plain.substring(1) : plain;
    }
}
