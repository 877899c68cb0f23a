package io.bootgate.rule.cause;

import io.bootgate.rule.Evidence;
import io.bootgate.rule.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A Python exception as the log shows it. A chained exception is one traceback: the last one printed, with the ones printed
 * above it as its {@link #origin()}.
 *
 * @param frames outermost first; empty where the log has only the exception's own line
 * @param type as printed: {@code KeyError}, {@code decouple.UndefinedValueError}; empty string if the log ends before it
 * @param message several lines are joined by {@code \n}
 * @param origin what was raised before it: its cause, or what was being handled when it was raised
 * @param raisedFrom whether the origin is its cause by {@code raise ... from}, not only its context
 * @param members exceptions of an exception group
 * @param announcement what the log said right before it: {@code [7] [ERROR] Exception in worker process}
 * @param lines of the log that show this exception, without those of origin and members
 * @param last the line with type and message, or the last one there is
 * @param pid of the process that logged it, where the announcement names it
 */
record Traceback(
        List<Frame> frames,
        String type,
        String message,
        Optional<Traceback> origin,
        boolean raisedFrom,
        List<Traceback> members,
        String announcement,
        List<Line> lines,
        Line last,
        OptionalInt pid) {

    Traceback {
        frames = List.copyOf(frames);
        members = List.copyOf(members);
        lines = List.copyOf(lines);
    }

    /** Every exception of the chain, the innermost first; members of a group before the group. */
    List<Traceback> chain() {
        List<Traceback> chain = new ArrayList<>();
        origin.ifPresent(earlier -> chain.addAll(earlier.chain()));
        members.forEach(member -> chain.addAll(member.chain()));
        chain.add(this);
        return chain;
    }

    /** Whether it is the first thing that a log without a beginning shows. */
    boolean isCutOff() {
        return !frames.isEmpty()
                && announcement.isEmpty()
                && !lines.isEmpty()
                && lines.stream().noneMatch(line -> line.text().contains(Transcript.TRACEBACK));
    }

    /** Type without its module: {@code UndefinedValueError}. */
    String name() {
        return type.substring(type.lastIndexOf('.') + 1);
    }

    /** Type and first line of the message, as Python prints it. */
    String summary() {
        String first = message.lines()
                .map(String::strip)
                .filter(l -> !l.isEmpty())
                .findFirst()
                .orElse("");
        return first.isEmpty() ? type : type + ": " + first;
    }

    Optional<Frame> lastFrame() {
        return frames.isEmpty() ? Optional.empty() : Optional.of(frames.get(frames.size() - 1));
    }

    /** The deepest frame in the application's own code, here or else in the rest of the chain. */
    Optional<Frame> appFrame() {
        for (int i = frames.size() - 1; i >= 0; i--) {
            if (frames.get(i).isOfTheApp()) {
                return Optional.of(frames.get(i));
            }
        }
        return Optional.empty();
    }

    /** Place of {@link #appFrame()} in the image. */
    Optional<Location> place() {
        return appFrame()
                .map(frame -> new Location(
                        Optional.empty(),
                        OptionalInt.of(frame.line()),
                        Optional.of(frame.path()),
                        frame.source().isEmpty() ? Optional.empty() : Optional.of(frame.source())));
    }

    Evidence evidence() {
        return last.evidence();
    }
}
