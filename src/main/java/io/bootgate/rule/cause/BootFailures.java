package io.bootgate.rule.cause;

import io.bootgate.judge.Verdict;
import io.bootgate.judge.Verdict.Reason;
import io.bootgate.timeline.BootEvent;
import io.bootgate.timeline.BootEvent.Logged;
import io.bootgate.timeline.BootEvent.ServerStarting;
import io.bootgate.timeline.Timeline;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells the exceptions that ended a boot from those that were logged and survived, that a request met, and that only followed
 * from another. An exception that nobody caught comes up through the server or the interpreter; one that was caught and
 * logged begins in the frame that caught it.
 */
final class BootFailures {
    private static final Set<Reason> MAY_BE_AN_EXCEPTION = Set.of(
            Reason.EXITED,
            Reason.SERVER_GAVE_UP,
            Reason.WORKERS_DYING,
            Reason.APP_FAILED,
            Reason.HTTP_ERROR,
            Reason.TIMED_OUT);
    /** The service gave up, by itself. */
    static final Set<Reason> ENDED =
            Set.of(Reason.EXITED, Reason.SERVER_GAVE_UP, Reason.WORKERS_DYING, Reason.APP_FAILED);

    private static final Set<String> CONSEQUENCES =
            Set.of("HaltServer", "SystemExit", "KeyboardInterrupt", "GreenletExit", "CancelledError");
    private static final Pattern ROOT = Pattern.compile(
            "/(?:gunicorn|uvicorn|hypercorn|waitress|granian|daphne|click|celery|gevent|eventlet)/"
                    + "|/flask/(?:cli|__main__)\\.py|/starlette/routing\\.py|/bin/[^/]+$|runpy|^<string>|manage\\.py$"
                    + "|/asyncio/(?:runners|base_events)\\.py|/django/core/management/|/multiprocessing/|__main__\\.py$");
    private static final Pattern ANNOUNCES_END =
            Pattern.compile("Exception in worker process|While importing|Exception in thread django-main-thread"
                    + "|Unhandled exception in main loop|class uri|Failed to read config file|importing your module");
    private static final Pattern ANNOUNCES_NO_END = Pattern.compile(
            "Exception ignored|Exception in thread (?!django-main-thread)|Error handling request|Exception on |Exception in ASGI"
                    + "|Exception while serving |Error in ASGI Framework|Internal Server Error|Exception in callback|never retrieved");
    private static final Pattern ANNOUNCES_A_REQUEST = Pattern.compile(
            "Error handling request|Exception on |Exception in ASGI|Exception while serving |Error in ASGI Framework");
    private static final Set<String> REQUEST_FUNCTIONS = Set.of(
            "handle_request",
            "full_dispatch_request",
            "run_asgi",
            "dispatch_request",
            "get_response",
            "process_request");
    private static final Pattern SERVERS_OWN = Pattern.compile(
            "^\\[\\d{4}-\\d\\d-\\d\\d .*\\] \\[\\d+\\] \\[\\w+\\]|^unable to load app|^\\*\\*\\* |^(?:INFO|ERROR):  +|^\\[pid|^spawned uWSGI");
    // "Giving up" and the like after the exception; more than that and the program went on.
    private static final int LAST_WORDS = 3;

    private BootFailures() {}

    /** The exceptions that ended the boot, the first of the last boot first. */
    static List<Traceback> in(Tracebacks tracebacks, List<Line> lines, Timeline timeline, Verdict.NotReady verdict) {
        if (!MAY_BE_AN_EXCEPTION.contains(verdict.reason())) {
            return List.of();
        }
        List<Long> starts = starts(timeline);
        List<Traceback> uncaught =
                tracebacks.all().stream().filter(BootFailures::isUncaught).toList();
        for (int i = starts.size() - 1; i >= 0; i--) {
            long from = starts.get(i);
            long to = i + 1 < starts.size() ? starts.get(i + 1) : Long.MAX_VALUE;
            List<Traceback> ofThisStart = uncaught.stream()
                    .filter(t -> number(t) >= from && number(t) < to)
                    .toList();
            if (!ofThisStart.isEmpty()) {
                return named(ofThisStart, tracebacks);
            }
        }
        return ENDED.contains(verdict.reason())
                ? lastWords(tracebacks, lines, starts.get(starts.size() - 1))
                : List.of();
    }

    /** The log may end in the middle of one that stood there before as a whole. */
    private static List<Traceback> named(List<Traceback> failures, Tracebacks tracebacks) {
        List<Traceback> named =
                failures.stream().filter(failure -> !failure.type().isEmpty()).toList();
        if (!named.isEmpty()) {
            return named;
        }
        List<Traceback> before = tracebacks.all().stream()
                .filter(traceback ->
                        !traceback.type().isEmpty() && traceback.frames().isEmpty() && mayEndABoot(traceback))
                .toList();
        return before.isEmpty() ? failures : before;
    }

    /** Whether the server wrote this line, as against the application. */
    static boolean isOfTheServer(Line line) {
        return SERVERS_OWN.matcher(line.text()).find();
    }

    /** The exceptions that requests met. */
    static List<Traceback> ofRequests(Tracebacks tracebacks) {
        return tracebacks.all().stream().filter(BootFailures::isOfARequest).toList();
    }

    // Before the server's start there are scripts that it survived, so that log counts only where no server started.
    private static List<Long> starts(Timeline timeline) {
        List<Long> starts = new ArrayList<>();
        long number = 0;
        for (BootEvent event : timeline.events()) {
            if (event instanceof Logged logged) {
                number = logged.number();
            } else if (event instanceof ServerStarting) {
                starts.add(number);
            }
        }
        return starts.isEmpty() ? List.of(0L) : starts;
    }

    private static boolean isUncaught(Traceback traceback) {
        if (!mayEndABoot(traceback)) {
            return false;
        }
        return traceback.isCutOff()
                || ANNOUNCES_END.matcher(traceback.announcement()).find()
                || ANNOUNCES_END.matcher(traceback.last().text()).find()
                || (!traceback.frames().isEmpty()
                        && ROOT.matcher(traceback.frames().get(0).file()).find());
    }

    private static boolean mayEndABoot(Traceback traceback) {
        return !CONSEQUENCES.contains(traceback.name())
                && !ANNOUNCES_NO_END.matcher(traceback.announcement()).find()
                && !isOfARequest(traceback);
    }

    private static boolean isOfARequest(Traceback traceback) {
        return ANNOUNCES_A_REQUEST.matcher(traceback.announcement()).find()
                || traceback.frames().stream().anyMatch(f -> REQUEST_FUNCTIONS.contains(f.function()));
    }

    private static List<Traceback> lastWords(Tracebacks tracebacks, List<Line> lines, long from) {
        List<Traceback> last = new ArrayList<>();
        for (Traceback traceback : tracebacks.all()) {
            if (number(traceback) >= from && mayEndABoot(traceback) && isFollowedByNothing(traceback, lines)) {
                last.add(traceback);
            }
        }
        Collections.reverse(last);
        return last;
    }

    private static boolean isFollowedByNothing(Traceback traceback, List<Line> lines) {
        // Where a message of several lines ends cannot be seen, so only one that is known to be long counts as one.
        long end = traceback.name().equals("ValidationError")
                ? traceback.lines().stream()
                        .mapToLong(line -> line.logged().number())
                        .max()
                        .orElse(0)
                : number(traceback);
        int words = 0;
        for (Line line : lines) {
            if (line.logged().number() > end
                    && !line.isBlank()
                    && !Character.isWhitespace(line.text().charAt(0))) {
                if (isOfTheServer(line)) {
                    return true;
                }
                if (++words > LAST_WORDS) {
                    return false;
                }
            }
        }
        return true;
    }

    private static long number(Traceback traceback) {
        return traceback.last().logged().number();
    }
}
