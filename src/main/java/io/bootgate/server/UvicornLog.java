package io.bootgate.server;

import io.bootgate.timeline.BootEvent.AppFailed;
import io.bootgate.timeline.BootEvent.AppLoaded;
import io.bootgate.timeline.BootEvent.BindFailed;
import io.bootgate.timeline.BootEvent.Logged;
import io.bootgate.timeline.BootEvent.RequestFailed;
import io.bootgate.timeline.BootEvent.ServerBound;
import io.bootgate.timeline.BootEvent.ServerEvent;
import io.bootgate.timeline.BootEvent.ServerReloading;
import io.bootgate.timeline.BootEvent.ServerStarting;
import io.bootgate.timeline.BootEvent.ServerStopping;
import io.bootgate.timeline.BootEvent.WorkerBooting;
import io.bootgate.timeline.BootEvent.WorkerEnded;
import io.bootgate.timeline.BootEvent.WorkerExiting;
import io.bootgate.timeline.BootEvent.WorkerRecycling;
import io.bootgate.timeline.Stream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Uvicorn without Gunicorn, one process or a parent with children ({@code --workers}, {@code --reload}). A process loads the app
 * before it logs its first line, so "Started server process" already proves the import.
 */
final class UvicornLog implements LogReader {
    private static final Pattern OWN_FORMAT =
            Pattern.compile("(?<pid>)(?<level>TRACE|DEBUG|INFO|WARNING|ERROR|CRITICAL): +(?<message>.*)");
    private static final Pattern INTRODUCTION = Pattern.compile(
            "Started (?:server|parent) process \\[\\d+]|Started reloader process \\[\\d+] using \\w+|Uvicorn running on .+ \\(Press CTRL\\+C to quit\\)");
    private static final Pattern BIND_ADDRESS =
            Pattern.compile("error while attempting to bind on address \\('([^']*)', (\\d+).*\\): (.*)");
    private static final Pattern CHILD_BROKE = Pattern.compile("Process SpawnProcess-\\d+:");
    private static final List<String> OPENINGS = List.of(
            "Started server process [",
            "Started parent process [",
            "Started reloader process [",
            "Stopping parent process [",
            "Stopping reloader process [",
            "Finished server process [",
            "Terminated child process [",
            "Child process [",
            "Uvicorn running on ",
            "Application startup ",
            "Error loading ASGI app",
            "Exception in ASGI application",
            "Maximum request limit of ",
            "Received SIG",
            "Shutting down",
            "[Errno ");

    private final List<Wording> wordings = List.of(
            Wording.of("Started server process \\[(\\d+)]", this::processStarted),
            Wording.of("Started (?:parent|reloader) process \\[(\\d+)](?: using \\w+)?", this::parentStarted),
            Wording.of("Application startup complete\\.", this::loaded),
            Wording.of("Application startup failed\\. Exiting\\.|Error loading ASGI app.*", this::appFailed),
            Wording.of("Uvicorn running on (.+) \\(Press CTRL\\+C to quit\\)", this::bound),
            Wording.of("\\[Errno -?\\d+] (.*)", this::bindFailed),
            Wording.of("Exception in ASGI application", (entry, words) -> List.of(new RequestFailed(entry.at(), ""))),
            Wording.of("Finished server process \\[(\\d+)]", this::finished),
            Wording.of("Terminated child process \\[(\\d+)]", this::terminated),
            Wording.of("Child process \\[(\\d+)] died", this::died),
            Wording.of("Child process \\[(\\d+)] failed to start.*", this::failedToStart),
            Wording.of("Received SIGHUP, .*", (entry, words) -> List.of(new ServerReloading(entry.at()))),
            Wording.of("Received SIG\\w+, exiting\\.|Stopping (?:parent|reloader) process .*", this::stopping),
            Wording.of("Shutting down", this::shuttingDown),
            Wording.of("Maximum request limit of \\d+ exceeded\\. Terminating process\\.", this::requestLimit));

    private final LogFormat format;
    /** Whether a parent lets children serve: known from its own line, or from a bind line that comes before any process. */
    private boolean children;

    private boolean bound;
    private boolean stopping;
    private boolean loaded;
    private OptionalInt pid = OptionalInt.empty();
    private final Deque<Integer> loading = new ArrayDeque<>();

    /** A reader; {@code streams} are where its own format is believed: it writes to standard error. */
    UvicornLog(Set<Stream> streams) {
        format = new LogFormat("uvicorn", OWN_FORMAT, OPENINGS, INTRODUCTION, streams);
    }

    @Override
    public List<ServerEvent> read(Logged line) {
        return format.read(line).map(entry -> Wording.meaning(wordings, entry)).orElseGet(() -> bare(line));
    }

    /** Python's own line when a child breaks off; older parents neither say so nor start another one. */
    private List<ServerEvent> bare(Logged line) {
        boolean childBroke = children
                && line.stream() == Stream.STDERR
                && CHILD_BROKE.matcher(LogFormat.plain(line.text())).matches();
        return childBroke
                ? List.of(new AppFailed(line.at(), "A child process broke off while it loaded the app"))
                : List.of();
    }

    private List<ServerEvent> processStarted(LogEntry entry, Matcher words) {
        int started = Integer.parseInt(words.group(1));
        if (children || bound) {
            children = true;
            loading.add(started);
            return List.of(new WorkerBooting(entry.at(), started));
        }
        pid = OptionalInt.of(started);
        return List.of(new ServerStarting(entry.at(), "uvicorn", "", pid));
    }

    private List<ServerEvent> parentStarted(LogEntry entry, Matcher words) {
        children = true;
        pid = OptionalInt.of(Integer.parseInt(words.group(1)));
        return List.of(new ServerStarting(entry.at(), "uvicorn", "", pid));
    }

    private List<ServerEvent> loaded(LogEntry entry, Matcher words) {
        loaded = true;
        Integer child = loading.poll();
        return List.of(new AppLoaded(entry.at(), child == null ? pid : OptionalInt.of(child)));
    }

    private List<ServerEvent> bound(LogEntry entry, Matcher words) {
        List<ServerEvent> events = new ArrayList<>();
        boolean single = pid.isPresent() && !children;
        if (single && !loaded) {
            events.addAll(loaded(entry, words));
        }
        bound = true;
        String where = words.group(1);
        String address = where.startsWith("unix socket ") ? "unix:" + where.substring("unix socket ".length()) : where;
        events.add(new ServerBound(entry.at(), List.of(address), pid));
        return events;
    }

    private List<ServerEvent> bindFailed(LogEntry entry, Matcher words) {
        if (!entry.level().equals("ERROR")) {
            return List.of();
        }
        Matcher known = BIND_ADDRESS.matcher(words.group(1));
        return known.matches()
                ? List.of(new BindFailed(entry.at(), hostAndPort(known.group(1), known.group(2)), known.group(3), true))
                : List.of(new BindFailed(entry.at(), "", words.group(1), true));
    }

    private List<ServerEvent> appFailed(LogEntry entry, Matcher words) {
        return List.of(new AppFailed(entry.at(), entry.message()));
    }

    private List<ServerEvent> finished(LogEntry entry, Matcher words) {
        return children ? List.of(new WorkerExiting(entry.at(), Integer.parseInt(words.group(1)))) : List.of();
    }

    private List<ServerEvent> terminated(LogEntry entry, Matcher words) {
        return List.of(new WorkerRecycling(entry.at(), Integer.parseInt(words.group(1))));
    }

    private List<ServerEvent> died(LogEntry entry, Matcher words) {
        int child = Integer.parseInt(words.group(1));
        loading.remove(child);
        return List.of(new WorkerEnded(entry.at(), child, OptionalInt.empty(), Optional.empty()));
    }

    private List<ServerEvent> failedToStart(LogEntry entry, Matcher words) {
        List<ServerEvent> events = new ArrayList<>(died(entry, words));
        stopping = true;
        events.add(new ServerStopping(entry.at(), Optional.of(entry.message())));
        return events;
    }

    private List<ServerEvent> requestLimit(LogEntry entry, Matcher words) {
        if (children) {
            return List.of();
        }
        stopping = true;
        return List.of(new ServerStopping(entry.at(), Optional.of(entry.message())));
    }

    /** A child that shuts down is not the server. */
    private List<ServerEvent> shuttingDown(LogEntry entry, Matcher words) {
        return children ? List.of() : stopping(entry, words);
    }

    private List<ServerEvent> stopping(LogEntry entry, Matcher words) {
        boolean again = stopping;
        stopping = true;
        return again ? List.of() : List.of(new ServerStopping(entry.at(), Optional.empty()));
    }

    private static String hostAndPort(String host, String port) {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
