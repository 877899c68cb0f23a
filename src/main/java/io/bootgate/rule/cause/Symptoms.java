package io.bootgate.rule.cause;

import io.bootgate.judge.Verdict;
import io.bootgate.timeline.Boot;
import io.bootgate.timeline.Timeline;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What every cause rule looks at: the timeline of a failed boot and why the judge turned it down. */
public final class Symptoms {
    private static final Pattern PYTHON = Pattern.compile("/lib(?:64)?/python3\\.(\\d{1,2})/");

    private final Timeline timeline;
    private final Verdict.NotReady verdict;
    private final List<Line> lines;
    private final Tracebacks tracebacks;
    private final List<Traceback> failures;

    public Symptoms(Timeline timeline, Verdict.NotReady verdict) {
        this.timeline = timeline;
        this.verdict = verdict;
        this.lines = Transcript.of(timeline);
        this.tracebacks = Tracebacks.in(lines);
        this.failures = BootFailures.in(tracebacks, lines, timeline, verdict);
    }

    public Timeline timeline() {
        return timeline;
    }

    public Verdict.NotReady verdict() {
        return verdict;
    }

    public Boot boot() {
        return timeline.boot();
    }

    /** Whether the service gave up by itself, as against: was found not to serve. */
    boolean hasEnded() {
        return BootFailures.ENDED.contains(verdict.reason());
    }

    /** The log without prefixes, colours and JSON, both streams in order of arrival. */
    List<Line> lines() {
        return lines;
    }

    /** Every Python exception that the log shows. */
    Tracebacks tracebacks() {
        return tracebacks;
    }

    /** The exceptions that ended the boot, the first of the last boot first; a handled one is not among them. */
    List<Traceback> failures() {
        return failures;
    }

    /** Whether an exception ended the boot, as far as the log shows. */
    public boolean showsFailure() {
        return !failures.isEmpty();
    }

    /** Each exception of each chain in {@link #failures()}, the innermost of the first failure first. */
    List<Raised> raised() {
        return failures.stream()
                .flatMap(whole -> whole.chain().stream().map(exception -> new Raised(exception, whole)))
                .toList();
    }

    /** The exceptions that requests met. */
    List<Raised> raisedByRequests() {
        return BootFailures.ofRequests(tracebacks).stream()
                .map(whole -> new Raised(whole, whole))
                .toList();
    }

    /** Minor version of the Python 3 in the image, where a path in the log tells it. */
    OptionalInt python() {
        return lines.stream()
                .map(line -> PYTHON.matcher(line.text()))
                .filter(Matcher::find)
                .mapToInt(matcher -> Integer.parseInt(matcher.group(1)))
                .findFirst();
    }

    /** The first line in which the pattern is found. */
    Optional<Match> first(Pattern pattern) {
        return lines.stream().flatMap(line -> Match.of(pattern, line).stream()).findFirst();
    }

    /** The last line in which the pattern is found. */
    Optional<Match> last(Pattern pattern) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            Optional<Match> match = Match.of(pattern, lines.get(i));
            if (match.isPresent()) {
                return match;
            }
        }
        return Optional.empty();
    }

    /** A line in which a pattern was found. */
    record Match(Line line, Matcher matcher) {
        static Optional<Match> of(Pattern pattern, Line line) {
            Matcher matcher = pattern.matcher(line.text());
            return matcher.find() ? Optional.of(new Match(line, matcher)) : Optional.empty();
        }

        /** A group of the pattern, an empty string if it took no part. */
        String group(int number) {
            String text = matcher.group(number);
            return text == null ? "" : text;
        }
    }
}
