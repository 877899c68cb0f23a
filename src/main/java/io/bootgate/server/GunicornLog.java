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
import io.bootgate.timeline.BootEvent.WorkerClassTold;
import io.bootgate.timeline.BootEvent.WorkerEnded;
import io.bootgate.timeline.BootEvent.WorkerExiting;
import io.bootgate.timeline.BootEvent.WorkerFailed;
import io.bootgate.timeline.BootEvent.WorkerRecycling;
import io.bootgate.timeline.BootEvent.WorkerTimedOut;
import io.bootgate.timeline.Stream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gunicorn 19.9 and later. Its master logs binding and the workers' ends, each worker its own beginning and exit; every version
 * words them a little differently, see {@code docs/servers.md}.
 *
 * <p>It is over 200 lines because it is one table of wordings and the memory that these need of earlier lines.
 */
final class GunicornLog implements LogReader {
    private static final Pattern OWN_FORMAT = Pattern.compile(
            "\\[\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d [+-]\\d{4}] \\[(?<pid>\\d+)] \\[(?<level>[A-Z]+)] (?<message>.*)");
    private static final List<String> OPENINGS = List.of(
            "Starting gunicorn ",
            "Listening at: ",
            "Using worker: ",
            "Booting worker with pid: ",
            "Exception in worker process",
            "Worker exiting (pid: ",
            "Worker (pid:",
            "Worker with pid ",
            "WORKER TIMEOUT (pid:",
            "Autorestarting worker after current request.",
            "Worker reloading: ",
            "Maximum request limit of ",
            "Handling signal: ",
            "Connection in use: ",
            "Invalid address: ",
            "connection to ",
            "Retrying in ",
            "Can't connect to ",
            "Unhandled exception in main loop",
            "Reason: ",
            "Application startup ",
            "ASGI server listening on ",
            "ASGI lifespan startup failed",
            "Error handling ",
            "Error in ASGI application",
            "Exception in ASGI application");
    private static final Pattern INTRODUCTION = Pattern.compile("Starting gunicorn [0-9][\\w.+]*");
    private static final Pattern HALTED = Pattern.compile("gunicorn\\.errors\\.HaltServer: <HaltServer '(.*)' \\d+>");
    private static final Pattern NAMED_PID = Pattern.compile(".*pid: (\\d+)\\)?");
    private static final Pattern TUPLE = Pattern.compile("\\('([^']*)', (\\d+).*\\)");
    private static final Pattern NO_APP =
            Pattern.compile("(?:Failed to (?:find|parse) |Application object must |Function reference |TypeError: ).*");
    private static final String APP_FAILED = "App failed to load.";

    private final List<Wording> wordings = List.of(
            master("Listening at: (\\S+?)(?: \\((\\d+)\\))?", this::bound),
            master("Using worker: (\\S+)", (entry, words) -> List.of(new WorkerClassTold(entry.at(), words.group(1)))),
            worker("Booting worker with pid: (\\d+)", this::booting),
            worker("Exception in worker process", this::failed),
            worker("Worker exiting \\(pid: (\\d+)\\)", this::exiting),
            master("Worker \\(pid:(\\d+)\\) exited with code (\\d+)\\.?", this::exited),
            master(
                    "Worker \\(pid:(\\d+)\\) was sent (SIG\\w+|(?:code|signal) (\\d+))!(?: Perhaps out of memory\\?)?",
                    this::killed),
            master("Worker with pid (\\d+) was terminated due to (signal (\\d+))", this::killed),
            master(
                    "WORKER TIMEOUT \\(pid:(\\d+)\\)",
                    (entry, words) -> List.of(new WorkerTimedOut(entry.at(), number(words, 1)))),
            worker("Autorestarting worker after current request\\.", this::recycling),
            worker("Worker reloading: .* modified", this::recycling),
            worker("Maximum request limit of \\d+ exceeded\\. Terminating process\\.", this::recycling),
            master("Handling signal: (\\w+)", this::signal),
            master(
                    "Connection in use: (.*)",
                    (entry, words) -> bindFailed(entry.at(), words.group(1), "Connection in use")),
            master(
                    "Invalid address: (.*)",
                    (entry, words) -> bindFailed(entry.at(), words.group(1), "Invalid address")),
            master("connection to (.+) failed: (.*)", this::connectionFailed),
            master("Retrying in \\d+ seconds?\\.", this::retrying),
            master("Can't connect to (.*)", this::gaveUpBinding),
            master("Unhandled exception in main loop", (entry, words) -> gaveUp(entry.at(), entry.message())),
            master("Reason: (.*)", (entry, words) -> gaveUp(entry.at(), words.group(1))),
            worker("Application startup complete\\.|ASGI server listening on .*", this::loaded),
            worker("Application startup failed\\. Exiting\\.|ASGI lifespan startup failed: .*", this::startupFailed),
            worker("Error handling (?:HTTP/2 )?request ?(.*)", this::requestFailed),
            worker("(?:Error|Exception) in ASGI application()", this::requestFailed));

    private final LogFormat format;
    private final Set<Integer> masters = new HashSet<>();
    /** Workers that are there as far as their lines tell, oldest first, and whether they are leaving as they should. */
    private final Map<Integer, Boolean> workers = new LinkedHashMap<>();

    private final Set<Integer> ended = new LinkedHashSet<>();
    private boolean bootsAreLogged;
    private boolean askedToStop;
    private int toLetGo;
    private String gaveUpWith = "";
    private boolean appFailed;
    private String bindReason = "";
    private String lastBareLine = "";
    private String lastWords = "";

    /** A reader; {@code streams} are where its own format is believed: it writes to standard error. */
    GunicornLog(Set<Stream> streams) {
        format = new LogFormat("gunicorn", OWN_FORMAT, OPENINGS, INTRODUCTION, streams);
    }

    @Override
    public List<ServerEvent> read(Logged line) {
        Optional<LogEntry> entry = format.read(line);
        if (entry.isPresent()) {
            return read(entry.get());
        }
        return line.stream() == Stream.STDERR ? bare(line) : List.of();
    }

    private List<ServerEvent> read(LogEntry entry) {
        if (INTRODUCTION.matcher(entry.message()).matches()) {
            return starting(entry);
        }
        return Wording.meaning(wordings, entry);
    }

    /** A line that the master or a worker printed past the logging: only believed when the events around it agree. */
    private List<ServerEvent> bare(Logged line) {
        String text = LogFormat.plain(line.text());
        if (text.isEmpty()) {
            return List.of();
        }
        Matcher halted = HALTED.matcher(text);
        if (halted.matches() && (!ended.isEmpty() || bootsAreLogged)) {
            return gaveUp(line.at(), halted.group(1));
        }
        if (NO_APP.matcher(text).matches() || !NO_APP.matcher(lastBareLine).matches()) {
            lastBareLine = text.length() > 500 ? text.substring(0, 500) : text;
        }
        return List.of();
    }

    private List<ServerEvent> starting(LogEntry entry) {
        OptionalInt pid = entry.pid();
        if (pid.isPresent() && workers.containsKey(pid.getAsInt())) {
            return List.of();
        }
        // After SIGUSR2 a second master starts beside the first; the same pid once more is a container started again.
        boolean again = pid.isEmpty() || masters.contains(pid.getAsInt());
        if (again) {
            workers.clear();
            ended.clear();
            bootsAreLogged = false;
        }
        askedToStop = false;
        appFailed = false;
        toLetGo = 0;
        gaveUpWith = "";
        bindReason = "";
        pid.ifPresent(masters::add);
        String version = entry.message().substring("Starting gunicorn ".length());
        return List.of(new ServerStarting(entry.at(), "gunicorn", version, pid));
    }

    private List<ServerEvent> bound(LogEntry entry, Matcher words) {
        OptionalInt pid = words.group(2) == null ? OptionalInt.empty() : OptionalInt.of(number(words, 2));
        boolean ofAnother = pid.isPresent() && entry.pid().isPresent() && !pid.equals(entry.pid());
        // Only a reload that moved to another address is told without the pid.
        if (ofAnother || (pid.isEmpty() && !bootsAreLogged)) {
            return List.of();
        }
        pid.ifPresent(masters::add);
        List<String> addresses = List.of(words.group(1).split(","));
        return List.of(new ServerBound(entry.at(), addresses, pid.isPresent() ? pid : entry.pid()));
    }

    private List<ServerEvent> booting(LogEntry entry, Matcher words) {
        int pid = number(words, 1);
        bootsAreLogged = true;
        workers.put(pid, false);
        ended.remove(pid);
        return List.of(new WorkerBooting(entry.at(), pid));
    }

    private List<ServerEvent> failed(LogEntry entry, Matcher words) {
        return pidOf(entry).isPresent()
                ? List.of(new WorkerFailed(entry.at(), pidOf(entry).getAsInt()))
                : List.of();
    }

    private List<ServerEvent> exiting(LogEntry entry, Matcher words) {
        int pid = number(words, 1);
        lastWords = lastBareLine;
        List<ServerEvent> events = letGo(entry.at(), pid);
        workers.replace(pid, true);
        events.add(new WorkerExiting(entry.at(), pid));
        return events;
    }

    private List<ServerEvent> letGo(Duration at, int pid) {
        List<ServerEvent> events = new ArrayList<>();
        if (toLetGo > 0 && Boolean.FALSE.equals(workers.get(pid))) {
            toLetGo--;
            events.add(new WorkerRecycling(at, pid));
        }
        return events;
    }

    private List<ServerEvent> exited(LogEntry entry, Matcher words) {
        int code = number(words, 2);
        List<ServerEvent> events =
                new ArrayList<>(ended(entry.at(), number(words, 1), OptionalInt.of(code), Optional.empty()));
        // Gunicorn's own exit code of a worker that could not find its application.
        if (code == 4 && !events.isEmpty()) {
            events.addAll(appFailed(entry.at()));
        }
        return events;
    }

    private List<ServerEvent> killed(LogEntry entry, Matcher words) {
        String signal = words.group(3) == null ? words.group(2) : Signals.name(number(words, 3));
        return ended(entry.at(), number(words, 1), OptionalInt.empty(), Optional.of(signal));
    }

    /**
     * One death is told once: 21 to 23 log it twice. As process 1 of a container, up to 23 the master also reports children
     * of the app that were left to it as if they were workers.
     */
    private List<ServerEvent> ended(Duration at, int pid, OptionalInt exitCode, Optional<String> signal) {
        boolean orphan = bootsAreLogged && !workers.containsKey(pid);
        if (orphan || !ended.add(pid)) {
            return List.of();
        }
        List<ServerEvent> events = signal.equals(Optional.of("SIGTERM")) ? letGo(at, pid) : new ArrayList<>();
        workers.remove(pid);
        events.add(new WorkerEnded(at, pid, exitCode, signal));
        return events;
    }

    private List<ServerEvent> recycling(LogEntry entry, Matcher words) {
        OptionalInt pid = pidOf(entry);
        if (pid.isEmpty()) {
            return List.of();
        }
        workers.replace(pid.getAsInt(), true);
        return List.of(new WorkerRecycling(entry.at(), pid.getAsInt()));
    }

    private List<ServerEvent> signal(LogEntry entry, Matcher words) {
        return switch (words.group(1)) {
            case "hup" -> {
                workers.replaceAll((pid, leaving) -> true);
                yield List.of(new ServerReloading(entry.at()));
            }
            // The master lets a worker go, mostly the oldest: known when that one says that it exits.
            case "ttou" -> {
                toLetGo++;
                yield List.of();
            }
            case "term", "int", "quit" -> {
                boolean again = askedToStop;
                askedToStop = true;
                yield again ? List.of() : List.of(new ServerStopping(entry.at(), Optional.empty()));
            }
            default -> List.of();
        };
    }

    private List<ServerEvent> bindFailed(Duration at, String address, String reason) {
        bindReason = reason;
        return List.of(new BindFailed(at, asUrl(address), reason, false));
    }

    /** From 23 on this follows "Connection in use" and "Invalid address", and stands alone for any other reason. */
    private List<ServerEvent> connectionFailed(LogEntry entry, Matcher words) {
        boolean told = bindReason.equals("Connection in use") || bindReason.equals("Invalid address");
        return told ? List.of() : bindFailed(entry.at(), words.group(1), words.group(2));
    }

    /** Up to 22 all that is said of an attempt that failed for another reason than these two. */
    private List<ServerEvent> retrying(LogEntry entry, Matcher words) {
        return bindReason.isEmpty() ? List.of(new BindFailed(entry.at(), "", "", false)) : List.of();
    }

    private List<ServerEvent> gaveUpBinding(LogEntry entry, Matcher words) {
        return List.of(new BindFailed(entry.at(), asUrl(words.group(1)), bindReason, true));
    }

    /** Told once: when several workers fail at a time, the master says it more than once. */
    private List<ServerEvent> gaveUp(Duration at, String reason) {
        if (gaveUpWith.equals(reason)) {
            return List.of();
        }
        gaveUpWith = reason;
        List<ServerEvent> events = new ArrayList<>();
        if (reason.equals(APP_FAILED)) {
            events.addAll(appFailed(at));
        }
        events.add(new ServerStopping(at, Optional.of(reason)));
        return events;
    }

    private List<ServerEvent> appFailed(Duration at) {
        if (appFailed) {
            return List.of();
        }
        appFailed = true;
        return List.of(new AppFailed(at, lastWords.isEmpty() ? APP_FAILED : lastWords));
    }

    private List<ServerEvent> loaded(LogEntry entry, Matcher words) {
        return List.of(new AppLoaded(entry.at(), pidOf(entry)));
    }

    private List<ServerEvent> startupFailed(LogEntry entry, Matcher words) {
        return List.of(new AppFailed(entry.at(), entry.message()));
    }

    private List<ServerEvent> requestFailed(LogEntry entry, Matcher words) {
        return List.of(new RequestFailed(entry.at(), words.group(1)));
    }

    /** Whether a master signed the line, or nobody did. In quiet logs the first line by a master makes it known. */
    private boolean isByMaster(LogEntry entry) {
        if (masters.isEmpty()) {
            entry.pid().ifPresent(masters::add);
        }
        return entry.pid().isEmpty() || masters.contains(entry.pid().getAsInt());
    }

    /** Whether a worker signed the line, the one that it names if it names one, or nobody did. */
    private boolean isByWorker(LogEntry entry) {
        if (entry.pid().isEmpty()) {
            return true;
        }
        int pid = entry.pid().getAsInt();
        Matcher named = NAMED_PID.matcher(entry.message());
        return !masters.contains(pid) && (!named.matches() || number(named, 1) == pid);
    }

    /** The worker that wrote the line; where lines are not signed, the latest one. */
    private OptionalInt pidOf(LogEntry entry) {
        if (entry.pid().isPresent()) {
            return entry.pid();
        }
        return workers.keySet().stream().mapToInt(pid -> pid).reduce((earlier, later) -> later);
    }

    /** {@code ('0.0.0.0', 80)} and {@code ('::', 80)} as gunicorn prints Python's tuples, or a socket's path. */
    private static String asUrl(String address) {
        Matcher tuple = TUPLE.matcher(address);
        if (!tuple.matches()) {
            return address.startsWith("/") ? "unix:" + address : address;
        }
        String host = tuple.group(1).contains(":") ? "[" + tuple.group(1) + "]" : tuple.group(1);
        return host + ":" + tuple.group(2);
    }

    private static int number(Matcher words, int group) {
        try {
            return Integer.parseInt(words.group(group));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private Wording master(String wording, BiFunction<LogEntry, Matcher, List<ServerEvent>> meaning) {
        return Wording.of(wording, (entry, words) -> isByMaster(entry) ? meaning.apply(entry, words) : List.of());
    }

    private Wording worker(String wording, BiFunction<LogEntry, Matcher, List<ServerEvent>> meaning) {
        return Wording.of(wording, (entry, words) -> isByWorker(entry) ? meaning.apply(entry, words) : List.of());
    }
}
