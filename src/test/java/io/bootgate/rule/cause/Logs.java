package io.bootgate.rule.cause;

import io.bootgate.judge.Verdict;
import io.bootgate.timeline.BootEvent;
import io.bootgate.timeline.Stream;
import io.bootgate.timeline.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Timelines made of nothing but a log, for tests. */
final class Logs {
    private Logs() {}

    static Timeline timeline(String log) {
        List<BootEvent> events = new ArrayList<>();
        long number = 0;
        for (String line : log.lines().toList()) {
            number++;
            events.add(new BootEvent.Logged(Duration.ofMillis(number), number, Stream.STDERR, line));
        }
        return new Timeline(events);
    }

    static Symptoms symptoms(String log) {
        return symptoms(timeline(log), Verdict.Reason.EXITED);
    }

    static Symptoms symptoms(Timeline timeline, Verdict.Reason reason) {
        return new Symptoms(timeline, new Verdict.NotReady(timeline.end(), reason, List.of()));
    }

    static List<Traceback> tracebacks(String log) {
        return symptoms(log).tracebacks().all();
    }
}
