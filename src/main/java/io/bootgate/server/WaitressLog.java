package io.bootgate.server;

import io.bootgate.timeline.BootEvent.AppLoaded;
import io.bootgate.timeline.BootEvent.Logged;
import io.bootgate.timeline.BootEvent.RequestFailed;
import io.bootgate.timeline.BootEvent.ServerBound;
import io.bootgate.timeline.BootEvent.ServerEvent;
import io.bootgate.timeline.BootEvent.ServerStarting;
import io.bootgate.timeline.Stream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Waitress: one process, which loads the app before it serves. Started by {@code serve()} it is mostly silent. */
final class WaitressLog implements LogReader {
    private static final Pattern OWN_FORMAT =
            Pattern.compile("(?<pid>)(?<level>DEBUG|INFO|WARNING|ERROR|CRITICAL):waitress:(?<message>.*)");
    private static final Pattern INTRODUCTION = Pattern.compile("Serving on (?:https?://|unix:)\\S+");

    private final List<Wording> wordings = List.of(
            Wording.of("Serving on (\\S+)", this::serving),
            Wording.of(
                    "Exception while serving (.*)",
                    (entry, words) -> List.of(new RequestFailed(entry.at(), words.group(1)))));

    private final LogFormat format;
    private boolean started;

    /** A reader; {@code streams} are where its own format is believed: it writes to standard error. */
    WaitressLog(Set<Stream> streams) {
        format = new LogFormat(
                "waitress", OWN_FORMAT, List.of("Serving on ", "Exception while serving "), INTRODUCTION, streams);
    }

    @Override
    public List<ServerEvent> read(Logged line) {
        return format.read(line).map(entry -> Wording.meaning(wordings, entry)).orElse(List.of());
    }

    private List<ServerEvent> serving(LogEntry entry, Matcher words) {
        List<ServerEvent> events = new ArrayList<>();
        if (!started) {
            events.add(new ServerStarting(entry.at(), "waitress", "", OptionalInt.empty()));
            events.add(new AppLoaded(entry.at(), OptionalInt.empty()));
        }
        started = true;
        events.add(new ServerBound(entry.at(), List.of(words.group(1)), OptionalInt.empty()));
        return events;
    }
}
