package io.bootgate.server;

import io.bootgate.timeline.BootEvent.AppFailed;
import io.bootgate.timeline.BootEvent.AppLoaded;
import io.bootgate.timeline.BootEvent.BindFailed;
import io.bootgate.timeline.BootEvent.Logged;
import io.bootgate.timeline.BootEvent.RequestFailed;
import io.bootgate.timeline.BootEvent.ServerBound;
import io.bootgate.timeline.BootEvent.ServerEvent;
import io.bootgate.timeline.BootEvent.ServerStarting;
import io.bootgate.timeline.BootEvent.ServerStopping;
import io.bootgate.timeline.BootEvent.WorkerBooting;
import io.bootgate.timeline.BootEvent.WorkerEnded;
import io.bootgate.timeline.BootEvent.WorkerFailed;
import io.bootgate.timeline.BootEvent.WorkerRecycling;
import io.bootgate.timeline.BootEvent.WorkerTimedOut;
import io.bootgate.timeline.Stream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * uWSGI. It binds before it loads the app, and goes on without the app when that fails, unless told not to. Its lines have no
 * prefix: they count on the stream on which it introduced itself, from then on.
 */
final class UwsgiLog implements LogReader {
    private static final Pattern STARTING =
            Pattern.compile("\\*\\*\\* Starting uWSGI (\\S+) \\(\\d+bit\\) on \\[.*] \\*\\*\\*");
    private static final Pattern DATE = Pattern.compile("\\w{3} \\w{3} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d \\d{4} - ");

    private final List<Wording> wordings = List.of(
            Wording.of("uWSGI http bound on (\\S+) fd \\d+", this::bound),
            // An address that uWSGI chose by itself is only for its own HTTP router.
            Wording.of("uwsgi socket \\d+ bound to (?:TCP|UNIX) address (\\S+) fd \\d+", this::bound),
            Wording.of("bind\\(\\): (.+) \\[core/\\w+\\.c line \\d+]", this::bindFailed),
            Wording.of(
                    "spawned uWSGI worker \\d+ (?:\\(and the only\\) )?\\(pid: (\\d+), cores: \\d+\\)", this::spawned),
            Wording.of("Respawned uWSGI worker \\d+ \\(new pid: (\\d+)\\)", this::spawned),
            Wording.of("WSGI app \\d+ \\(mountpoint='.*'\\) ready in \\d+ seconds .*pid: (\\d+).*", this::loaded),
            Wording.of("unable to load app \\d+ .*", this::unableToLoad),
            Wording.of("\\*\\*\\* no app loaded\\. (GAME OVER|going in full dynamic mode) \\*\\*\\*", this::noApp),
            Wording.of("(?:OOOPS|OOPS) ! failed loading app in worker \\d+ \\(pid (\\d+)\\).*", this::workerFailed),
            Wording.of("!!! uWSGI process (\\d+) got Segmentation Fault !!!", this::segmentationFault),
            Wording.of("DAMN ! worker \\d+ \\(pid: (\\d+)\\) died, killed by signal (\\d+) .*", this::killed),
            Wording.of("DAMN ! worker \\d+ \\(pid: (\\d+)\\) died .*", this::died),
            Wording.of(".*HARAKIRI ON WORKER \\d+ \\(pid: (\\d+), .*", this::timedOut),
            Wording.of("\\.\\.\\.The work of process (\\d+) is done\\. Seeya!", this::recycling),
            Wording.of(
                    "(?:worker \\d+ killed successfully|\\.*[Gg]racefully killing worker \\d+) \\(pid: (\\d+)\\).*",
                    this::recycling),
            Wording.of(
                    "SIG\\w+(?:/SIG\\w+)* received\\.\\.\\.killing workers\\.\\.\\.|goodbye to uWSGI\\.",
                    this::stopping),
            Wording.of("--- no python application found, check your startup logs for errors ---", this::requestFailed));

    private Optional<Stream> stream = Optional.empty();
    private Optional<String> unableToLoad = Optional.empty();
    private final Set<Integer> crashed = new HashSet<>();
    private boolean stopping;

    @Override
    public List<ServerEvent> read(Logged line) {
        String text = LogFormat.plain(line.text());
        if (text.length() > 4096) {
            return List.of();
        }
        Matcher date = DATE.matcher(text);
        String message = date.lookingAt() ? text.substring(date.end()) : text;
        Matcher starting = STARTING.matcher(message);
        if (starting.matches()) {
            stream = Optional.of(line.stream());
            unableToLoad = Optional.empty();
            stopping = false;
            return List.of(new ServerStarting(line.at(), "uwsgi", starting.group(1), OptionalInt.empty()));
        }
        if (!stream.equals(Optional.of(line.stream()))) {
            return List.of();
        }
        return Wording.meaning(
                wordings, new LogEntry(line.at(), line.stream(), OptionalInt.empty(), "", message, true));
    }

    private List<ServerEvent> bound(LogEntry entry, Matcher words) {
        String address = words.group(1);
        String url = address.startsWith("/") || address.startsWith("@")
                ? "unix:" + address
                : "http://" + (address.startsWith(":") ? "0.0.0.0" : "") + address;
        return List.of(new ServerBound(entry.at(), List.of(url), OptionalInt.empty()));
    }

    private List<ServerEvent> bindFailed(LogEntry entry, Matcher words) {
        return List.of(new BindFailed(entry.at(), "", words.group(1), true));
    }

    private List<ServerEvent> spawned(LogEntry entry, Matcher words) {
        return List.of(new WorkerBooting(entry.at(), pid(words)));
    }

    private List<ServerEvent> loaded(LogEntry entry, Matcher words) {
        return List.of(new AppLoaded(entry.at(), OptionalInt.of(pid(words))));
    }

    private List<ServerEvent> unableToLoad(LogEntry entry, Matcher words) {
        unableToLoad = Optional.of(entry.message());
        return List.of();
    }

    /** Without a failed attempt to load one, none was asked for: uWSGI serves files, or is configured later. */
    private List<ServerEvent> noApp(LogEntry entry, Matcher words) {
        List<ServerEvent> events = new ArrayList<>();
        unableToLoad.ifPresent(reason -> events.add(new AppFailed(entry.at(), reason)));
        if (words.group(1).equals("GAME OVER")) {
            events.add(new ServerStopping(entry.at(), Optional.of("no app loaded. GAME OVER")));
        }
        return events;
    }

    private List<ServerEvent> workerFailed(LogEntry entry, Matcher words) {
        return List.of(new WorkerFailed(entry.at(), pid(words)));
    }

    private List<ServerEvent> killed(LogEntry entry, Matcher words) {
        String signal = Signals.name(Integer.parseInt(words.group(2)));
        return List.of(new WorkerEnded(entry.at(), pid(words), OptionalInt.empty(), Optional.of(signal)));
    }

    /** uWSGI catches the signal, prints where it was, and ends the worker with an exit code that it keeps to itself. */
    private List<ServerEvent> segmentationFault(LogEntry entry, Matcher words) {
        crashed.add(pid(words));
        return List.of();
    }

    private List<ServerEvent> died(LogEntry entry, Matcher words) {
        Optional<String> signal = crashed.remove(pid(words)) ? Optional.of("SIGSEGV") : Optional.empty();
        return List.of(new WorkerEnded(entry.at(), pid(words), OptionalInt.empty(), signal));
    }

    private List<ServerEvent> timedOut(LogEntry entry, Matcher words) {
        return List.of(new WorkerTimedOut(entry.at(), pid(words)));
    }

    private List<ServerEvent> recycling(LogEntry entry, Matcher words) {
        return List.of(new WorkerRecycling(entry.at(), pid(words)));
    }

    private List<ServerEvent> stopping(LogEntry entry, Matcher words) {
        boolean again = stopping;
        stopping = true;
        return again ? List.of() : List.of(new ServerStopping(entry.at(), Optional.empty()));
    }

    private List<ServerEvent> requestFailed(LogEntry entry, Matcher words) {
        return List.of(new RequestFailed(entry.at(), ""));
    }

    private static int pid(Matcher words) {
        return Integer.parseInt(words.group(1));
    }
}
