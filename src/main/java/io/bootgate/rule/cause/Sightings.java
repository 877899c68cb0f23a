package io.bootgate.rule.cause;

import io.bootgate.judge.ServerHeader;
import io.bootgate.judge.Verdict.Reason;
import io.bootgate.rule.Evidence;
import io.bootgate.timeline.BootEvent;
import io.bootgate.timeline.BootEvent.AppFailed;
import io.bootgate.timeline.BootEvent.AppLoaded;
import io.bootgate.timeline.BootEvent.BindFailed;
import io.bootgate.timeline.BootEvent.Exited;
import io.bootgate.timeline.BootEvent.Logged;
import io.bootgate.timeline.BootEvent.ProbeAnswered;
import io.bootgate.timeline.BootEvent.ProbeFailed;
import io.bootgate.timeline.BootEvent.ProcessesSeen;
import io.bootgate.timeline.BootEvent.RunningProcess;
import io.bootgate.timeline.BootEvent.ServerBound;
import io.bootgate.timeline.BootEvent.ServerStarting;
import io.bootgate.timeline.BootEvent.Socket;
import io.bootgate.timeline.BootEvent.SocketsSeen;
import io.bootgate.timeline.BootEvent.WorkerBooting;
import io.bootgate.timeline.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What several rules ask of a timeline, and how they say what was seen. */
final class Sightings {
    static final Pattern WORDS_OF_A_SERVER = Pattern.compile(
            "^[Uu]sage: (?:gunicorn|uvicorn|hypercorn|waitress|uwsgi)|^gunicorn: error: |^Invalid value for \\w+: "
                    + "|File \".*/(?:gunicorn|uvicorn|hypercorn|waitress)/");

    private Sightings() {}

    /** The line of the log that told a server's event: the server writes it right before. */
    static Evidence told(Timeline timeline, BootEvent event) {
        int index = timeline.events().indexOf(event);
        for (int i = index; i >= 0; i--) {
            if (timeline.events().get(i) instanceof Logged line) {
                return evidence(line);
            }
        }
        return new Evidence("engine", 0, event.at(), event.getClass().getSimpleName());
    }

    static Evidence evidence(Logged line) {
        return new Evidence(
                line.stream().name().toLowerCase(Locale.ROOT),
                line.number(),
                line.at(),
                line.text().strip());
    }

    static Evidence engine(Duration at, String text) {
        return new Evidence("engine", 0, at, text);
    }

    static Evidence ended(Exited exited) {
        return engine(
                exited.at(),
                "The container ended with exit code %d%s%s."
                        .formatted(
                                exited.exitCode(),
                                after(exited.at()),
                                exited.outOfMemory() ? ", killed for memory" : ""));
    }

    static Optional<Exited> exit(Symptoms symptoms) {
        return symptoms.timeline().last(Exited.class);
    }

    /** Whether the server's own log lines were seen. */
    static boolean serverSpoke(Symptoms symptoms) {
        Timeline timeline = symptoms.timeline();
        return timeline.has(ServerStarting.class)
                || timeline.has(ServerBound.class)
                || timeline.has(WorkerBooting.class)
                || timeline.has(BindFailed.class)
                || timeline.has(AppLoaded.class)
                || timeline.has(AppFailed.class);
    }

    /** Whether the server's program ran at all, as far as anything shows. */
    static boolean serverRan(Symptoms symptoms) {
        return serverSpoke(symptoms)
                || symptoms.first(WORDS_OF_A_SERVER).isPresent()
                || symptoms.timeline()
                        .all(ProcessesSeen.class)
                        .anyMatch(table -> !servers(table).isEmpty());
    }

    /** Rows of the table that are a server by their command, not a shell or script that is about to start one. */
    static List<RunningProcess> servers(ProcessesSeen table) {
        return table.processes().stream()
                .filter(process -> isServer(process.command()))
                .toList();
    }

    private static boolean isServer(String command) {
        CommandLine line = CommandLine.split(command);
        if (line.isShell() || line.program().endsWith(".sh")) {
            return false;
        }
        return line.words().stream().limit(4).anyMatch(CommandLine::isServer) || command.contains(" runserver");
    }

    static Optional<ProbeAnswered> answered(Symptoms symptoms) {
        return symptoms.timeline().last(ProbeAnswered.class);
    }

    /** Listeners of the newest table that shows any; empty if none was ever seen. */
    static List<Socket> listeners(Symptoms symptoms) {
        List<Socket> listeners = new ArrayList<>();
        symptoms.timeline().all(SocketsSeen.class).forEach(table -> {
            List<Socket> now = table.sockets().stream()
                    .filter(Socket::listening)
                    .filter(socket -> !socket.address().equals("127.0.0.11")) // the engine's own name server
                    .toList();
            if (!now.isEmpty()) {
                listeners.clear();
                listeners.addAll(now);
            }
        });
        return listeners;
    }

    /** Whether the sockets were looked at after a bind line, so that they tell whether it is true. */
    static boolean isBindSeenThrough(Symptoms symptoms) {
        Optional<ServerBound> bound = symptoms.timeline().last(ServerBound.class);
        return bound.isPresent()
                && symptoms.timeline()
                        .last(SocketsSeen.class)
                        .map(table -> table.at().compareTo(bound.get().at()) > 0)
                        .orElse(false);
    }

    /** Whether all that answered is another program than the server, by its name in the answers. */
    static boolean isAnsweredByOthersOnly(Symptoms symptoms) {
        List<ProbeAnswered> answers =
                symptoms.timeline().all(ProbeAnswered.class).toList();
        return !answers.isEmpty()
                && answers.stream()
                        .allMatch(
                                answer -> ServerHeader.isForeign(symptoms.boot().server(), answer.server()));
    }

    static boolean isLoopback(String host) {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return bare.startsWith("127.")
                || bare.equals("::1")
                || bare.equals("localhost")
                || bare.startsWith("::ffff:127.");
    }

    /** The port that matters: the expected one, else where the server said it is bound. */
    static OptionalInt port(Symptoms symptoms) {
        if (symptoms.boot().expectedPort().isPresent()) {
            return symptoms.boot().expectedPort();
        }
        return symptoms.timeline().last(ServerBound.class).stream()
                .flatMap(bound -> bound.addresses().stream())
                .map(Address::of)
                .filter(Address::isTcp)
                .mapToInt(Address::port)
                .findFirst();
    }

    /** Whether a process took a connection from outside to this port. */
    static boolean wasAccepted(Symptoms symptoms, int port) {
        return symptoms.timeline()
                .all(SocketsSeen.class)
                .flatMap(table -> table.sockets().stream())
                .anyMatch(socket -> socket.port() == port && !socket.listening() && socket.accepted());
    }

    static Evidence probe(ProbeFailed failed) {
        String how = switch (failed.failure()) {
            case REFUSED -> "was refused";
            case CLOSED -> "was closed without an answer";
            case TIMED_OUT -> "was not answered in time";
            case NOT_HTTP -> "was answered with something that is not HTTP";
        };
        String message = failed.message().isBlank() ? "" : " (" + failed.message() + ")";
        return new Evidence(
                "probe",
                0,
                failed.at(),
                "A request to port %d %s after %s%s.".formatted(failed.port(), how, time(failed.at()), message));
    }

    static Evidence answer(ProbeAnswered answer) {
        return new Evidence(
                "probe",
                0,
                answer.at(),
                "A request to port %d was answered with %d after %s."
                        .formatted(answer.port(), answer.status(), time(answer.at())));
    }

    /** The last line of the log that says anything. */
    static Optional<Line> lastLine(Symptoms symptoms) {
        for (int i = symptoms.lines().size() - 1; i >= 0; i--) {
            if (!symptoms.lines().get(i).isBlank()) {
                return Optional.of(symptoms.lines().get(i));
            }
        }
        return Optional.empty();
    }

    /** The last line of the log as part of a sentence. */
    static String lastWords(Symptoms symptoms, String none) {
        return lastLine(symptoms)
                .map(line -> "; the last line of the log is \"" + line.text().strip() + "\"")
                .orElse(none);
    }

    /** Children of the server's main process that were in one table and not in a later one, while the server is still there. */
    static long vanishedWorkers(Symptoms symptoms) {
        Set<Integer> seen = new HashSet<>();
        Set<Integer> now = new HashSet<>();
        symptoms.timeline().all(ProcessesSeen.class).forEach(table -> {
            List<RunningProcess> servers = servers(table);
            Set<Integer> pids = servers.stream().map(RunningProcess::pid).collect(Collectors.toSet());
            Set<Integer> masters = servers.stream()
                    .filter(process -> !pids.contains(process.parent()))
                    .map(RunningProcess::pid)
                    .collect(Collectors.toSet());
            now.clear();
            servers.stream()
                    .filter(process -> masters.contains(process.parent()))
                    .forEach(process -> now.add(process.pid()));
            seen.addAll(now);
        });
        seen.removeAll(now);
        boolean gone = symptoms.timeline()
                .last(ProcessesSeen.class)
                .map(table -> servers(table).isEmpty())
                .orElse(true);
        return gone ? 0 : seen.size();
    }

    /** Whether workers die one after another, by the judge's word or by tables of a service that never answered. */
    static boolean isLoop(Symptoms symptoms) {
        return symptoms.verdict().reason() == Reason.WORKERS_DYING
                || (answered(symptoms).isEmpty() && vanishedWorkers(symptoms) > 0);
    }

    /** {@code  after 0.4 s}, nothing where a log from elsewhere tells no times. */
    static String after(Duration duration) {
        return duration.isZero() ? "" : " after " + time(duration);
    }

    /** {@code 0.4 s}, {@code 12 s}. */
    static String time(Duration duration) {
        long millis = duration.toMillis();
        return millis < 10_000
                ? String.format(Locale.ROOT, "%.1f s", millis / 1000.0)
                : String.format(Locale.ROOT, "%d s", millis / 1000);
    }

    /** {@code 96 MiB}. */
    static String size(long bytes) {
        return bytes < 1 << 20
                ? (bytes >> 10) + " KiB"
                : String.format(Locale.ROOT, "%d MiB", (bytes + (1 << 19)) >> 20);
    }
}
