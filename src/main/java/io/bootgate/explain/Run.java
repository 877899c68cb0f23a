package io.bootgate.explain;

import io.bootgate.judge.Verdict.NotReady;
import io.bootgate.judge.Verdict.Reason;
import io.bootgate.timeline.BootEvent;
import io.bootgate.timeline.BootEvent.AppFailed;
import io.bootgate.timeline.BootEvent.AppLoaded;
import io.bootgate.timeline.BootEvent.BindFailed;
import io.bootgate.timeline.BootEvent.Exited;
import io.bootgate.timeline.BootEvent.LogEnded;
import io.bootgate.timeline.BootEvent.Logged;
import io.bootgate.timeline.BootEvent.OutOfMemory;
import io.bootgate.timeline.BootEvent.ProbeFailed;
import io.bootgate.timeline.BootEvent.RequestFailed;
import io.bootgate.timeline.BootEvent.ServerBound;
import io.bootgate.timeline.BootEvent.ServerEvent;
import io.bootgate.timeline.BootEvent.ServerReloading;
import io.bootgate.timeline.BootEvent.ServerStarting;
import io.bootgate.timeline.BootEvent.ServerStopping;
import io.bootgate.timeline.BootEvent.StartRefused;
import io.bootgate.timeline.BootEvent.WorkerBooting;
import io.bootgate.timeline.BootEvent.WorkerEnded;
import io.bootgate.timeline.BootEvent.WorkerExiting;
import io.bootgate.timeline.BootEvent.WorkerFailed;
import io.bootgate.timeline.BootEvent.WorkerRecycling;
import io.bootgate.timeline.BootEvent.WorkerTimedOut;
import io.bootgate.timeline.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** One start of the program in a log, up to its end or to the end of the log, and what it shows of how it went. */
record Run(Timeline timeline) {
    private static final Pattern ACCESS =
            Pattern.compile("\"(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) \\S+ HTTP/[\\d.]+\" [1-5]\\d\\d\\b");
    private static final Pattern ANSWERED = Pattern.compile("HTTP/[\\d.]+\" [1-4]\\d\\d\\b");
    /** More than anybody starts in one container. */
    private static final int MOST_WORKERS = 40;

    /** Between two turns of a loop; what comes later is one worker that was lost, long after the start. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private static final Duration BETWEEN_STARTS = Duration.ofMinutes(10);
    private static final Duration A_MOMENT = Duration.ofMillis(1500);
    private static final Set<Integer> ASKED_TO_END = Set.of(0, 130, 143);

    /** The runs that a log shows, the oldest first; never empty. */
    static List<Run> in(Timeline whole) {
        List<Run> runs = new ArrayList<>();
        List<BootEvent> events = whole.events();
        int from = 0;
        int lastWords = -1;
        boolean ended = false;
        for (int i = 0; i < events.size(); i++) {
            BootEvent event = events.get(i);
            if (event instanceof ServerStarting && ended) {
                runs.add(new Run(new Timeline(events.subList(from, lastWords + 1))));
                from = lastWords + 1;
                ended = false;
            }
            if (!(event instanceof Logged)) {
                lastWords = i;
            }
            ended |= event instanceof Exited
                    || event instanceof ServerStopping
                    || event instanceof LogEnded
                    || (event instanceof BindFailed bind && bind.last());
        }
        runs.add(new Run(new Timeline(events.subList(from, events.size()))));
        return runs;
    }

    /** Why it did not serve, as far as server or platform said so; empty if neither did. */
    Optional<NotReady> failure() {
        return reason().map(reason -> new NotReady(timeline.end(), reason, List.of()));
    }

    private Optional<Reason> reason() {
        Optional<Exited> exited = timeline.last(Exited.class);
        boolean stopped = wasAskedToStop();
        if (timeline.has(OutOfMemory.class) || exited.map(Exited::outOfMemory).orElse(false)) {
            return Optional.of(Reason.OUT_OF_MEMORY);
        }
        if (timeline.has(StartRefused.class)) {
            return Optional.of(Reason.START_REFUSED);
        }
        if (exited.isPresent() && !(ASKED_TO_END.contains(exited.get().exitCode()) && (stopped || isUp()))) {
            return Optional.of(Reason.EXITED);
        }
        if (timeline.all(ServerStopping.class)
                .anyMatch(stopping -> stopping.reason().isPresent())) {
            return Optional.of(Reason.SERVER_GAVE_UP);
        }
        if (timeline.has(AppFailed.class) || isCutOffWhileItsStartFails()) {
            return Optional.of(Reason.APP_FAILED);
        }
        if (timeline.has(BindFailed.class) && !timeline.has(ServerBound.class)) {
            return Optional.of(Reason.BIND_FAILED);
        }
        if (timeline.has(WorkerTimedOut.class)) {
            return Optional.of(Reason.WORKER_TIMED_OUT);
        }
        if (timeline.has(WorkerFailed.class) || new Run(beforeTheStop()).losesWorkers()) {
            return Optional.of(Reason.WORKERS_DYING);
        }
        if (timeline.has(LogEnded.class)) {
            return Optional.of(Reason.EXITED);
        }
        return timeline.has(ProbeFailed.class) ? Optional.of(Reason.TIMED_OUT) : Optional.empty();
    }

    /** Uvicorn logs the traceback of a startup that failed, and after it that it failed: that line may be missing. */
    private boolean isCutOffWhileItsStartFails() {
        boolean waits = false;
        boolean raised = false;
        for (Logged line : timeline.all(Logged.class).toList()) {
            String text = line.text();
            if (text.contains("Waiting for application startup.")) {
                waits = true;
                raised = false;
            } else if (text.contains("Application startup complete")) {
                waits = false;
            } else if (waits && text.contains("Traceback (most recent call last):")) {
                raised = true;
            }
        }
        return waits && raised;
    }

    /** Whether somebody stopped it: a signal told by the server, or its farewell without a reason. */
    private boolean wasAskedToStop() {
        return timeline.all(ServerStopping.class)
                        .anyMatch(stopping -> stopping.reason().isEmpty())
                || timeline.all(Logged.class).anyMatch(line -> line.text().endsWith("[INFO] Shutting down: Master"));
    }

    /** What goes with a stop that somebody asked for is nobody's loss; where the log has no signal, all of it may. */
    private Timeline beforeTheStop() {
        List<BootEvent> events = timeline.events();
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) instanceof ServerStopping stopping
                    && stopping.reason().isEmpty()) {
                return new Timeline(events.subList(0, i));
            }
        }
        return wasAskedToStop() ? new Timeline(List.of()) : timeline;
    }

    private boolean losesWorkers() {
        Set<Integer> lost = new HashSet<>();
        timeline.all(ServerEvent.class).forEach(event -> {
            if (event instanceof WorkerExiting exiting) {
                lost.add(exiting.pid());
            } else if (event instanceof WorkerEnded ended && !ended.signal().equals(Optional.of("SIGTERM"))) {
                lost.add(ended.pid());
            } else if (event instanceof ServerReloading) {
                lost.clear();
            }
        });
        timeline.all(WorkerRecycling.class).forEach(recycling -> lost.remove(recycling.pid()));
        return (!lost.isEmpty() || replacesWorkers()) && !timeline.has(ServerReloading.class);
    }

    /** Up to 20.1 Gunicorn logs no end of a worker that died, only the start of the next one, a while later. */
    private boolean replacesWorkers() {
        List<WorkerBooting> boots = timeline.all(WorkerBooting.class).toList();
        long pauses = 0;
        Optional<WorkerBooting> before = Optional.empty();
        boolean started = false;
        for (ServerEvent event : timeline.all(ServerEvent.class).toList()) {
            started |= event instanceof ServerStarting;
            if (event instanceof WorkerBooting boot) {
                Duration pause = before.map(last -> boot.at().minus(last.at())).orElse(Duration.ZERO);
                // Days between two starts are a machine that was started again, not a loop.
                boolean again = started && pause.compareTo(BETWEEN_STARTS) > 0;
                pauses += pause.compareTo(A_MOMENT) > 0 && !again ? 1 : 0;
                before = Optional.of(boot);
                started = false;
            }
        }
        boolean wanted = timeline.has(WorkerRecycling.class)
                || timeline.all(Logged.class).anyMatch(line -> line.text().contains("Handling signal: ttin"));
        return (pauses > 1 || comeTooLate(ofTheLastStart()) || boots.size() > MOST_WORKERS) && !wanted && !served();
    }

    private List<WorkerBooting> ofTheLastStart() {
        List<WorkerBooting> boots = new ArrayList<>();
        timeline.all(ServerEvent.class).forEach(event -> {
            if (event instanceof ServerStarting) {
                boots.clear();
            } else if (event instanceof WorkerBooting boot) {
                boots.add(boot);
            }
        });
        return boots;
    }

    /** A master makes its first workers at once, each 0.1 s after the other at most. */
    private static boolean comeTooLate(List<WorkerBooting> boots) {
        if (boots.size() < 4) {
            return false;
        }
        boolean exact = boots.stream().anyMatch(boot -> boot.at().toMillis() % 1000 != 0);
        Duration span = boots.get(boots.size() - 1).at().minus(boots.get(0).at());
        for (int i = 1; i < boots.size(); i++) {
            if (boots.get(i).at().minus(boots.get(i - 1).at()).compareTo(LONGEST_PAUSE) > 0) {
                return false;
            }
        }
        Duration most =
                exact ? Duration.ofMillis(300 + 150L * boots.size()) : Duration.ofMillis(1000 + 100L * boots.size());
        return span.compareTo(most) >= 0;
    }

    /** Whether a server came up, as far as its own lines tell. */
    boolean isUp() {
        return timeline.has(ServerStarting.class)
                || timeline.has(ServerBound.class)
                || timeline.has(WorkerBooting.class)
                || timeline.has(AppLoaded.class);
    }

    /** Whether requests failed, and none is known to have been answered well. */
    boolean failsToAnswer() {
        return timeline.has(RequestFailed.class)
                && timeline.all(Logged.class)
                        .noneMatch(line -> ANSWERED.matcher(line.text()).find());
    }

    /** Whether it served: the app was loaded, or requests were answered. */
    boolean served() {
        return timeline.has(AppLoaded.class)
                || timeline.all(Logged.class)
                        .anyMatch(line -> ACCESS.matcher(line.text()).find());
    }
}
