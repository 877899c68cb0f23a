package io.bootgate.server;

import io.bootgate.timeline.BootEvent.AppLoaded;
import io.bootgate.timeline.BootEvent.Logged;
import io.bootgate.timeline.BootEvent.RequestFailed;
import io.bootgate.timeline.BootEvent.ServerBound;
import io.bootgate.timeline.BootEvent.ServerEvent;
import io.bootgate.timeline.BootEvent.ServerStarting;
import io.bootgate.timeline.BootEvent.WorkerBooting;
import io.bootgate.timeline.Stream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hypercorn. Each worker says where it serves, once it has loaded and started the app; nobody logs a worker's end. */
final class HypercornLog implements LogReader {
    private static final Pattern OWN_FORMAT = Pattern.compile(
            "\\[\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d [+-]\\d{4}] \\[(?<pid>\\d+)] \\[(?<level>[A-Z]+)] (?<message>.*)");
    private static final Pattern INTRODUCTION = Pattern.compile("Running on .+ \\(CTRL \\+ C to quit\\)");

    private final List<Wording> wordings = List.of(
            Wording.of("Running on (\\S+)(?: \\(QUIC\\))? \\(CTRL \\+ C to quit\\)", this::running),
            Wording.of("Error in ASGI Framework", (entry, words) -> List.of(new RequestFailed(entry.at(), ""))));

    private final LogFormat format;
    private final Set<Integer> workers = new HashSet<>();
    private boolean started;

    /** A reader; {@code streams} are where its own format is believed: it writes to standard error. */
    HypercornLog(Set<Stream> streams) {
        format = new LogFormat(
                "hypercorn", OWN_FORMAT, List.of("Running on ", "Error in ASGI Framework"), INTRODUCTION, streams);
    }

    @Override
    public List<ServerEvent> read(Logged line) {
        return format.read(line).map(entry -> Wording.meaning(wordings, entry)).orElse(List.of());
    }

    private List<ServerEvent> running(LogEntry entry, Matcher words) {
        List<ServerEvent> events = new ArrayList<>();
        if (!started) {
            events.add(new ServerStarting(entry.at(), "hypercorn", "", OptionalInt.empty()));
        }
        started = true;
        if (entry.pid().isPresent() && workers.add(entry.pid().getAsInt())) {
            events.add(new WorkerBooting(entry.at(), entry.pid().getAsInt()));
            events.add(new AppLoaded(entry.at(), entry.pid()));
        }
        events.add(new ServerBound(entry.at(), List.of(words.group(1)), OptionalInt.empty()));
        return events;
    }
}
