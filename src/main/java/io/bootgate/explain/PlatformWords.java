package io.bootgate.explain;

import io.bootgate.timeline.BootEvent;
import io.bootgate.timeline.BootEvent.AppFailed;
import io.bootgate.timeline.BootEvent.Exited;
import io.bootgate.timeline.BootEvent.LogEnded;
import io.bootgate.timeline.BootEvent.OutOfMemory;
import io.bootgate.timeline.BootEvent.ProbeFailed;
import io.bootgate.timeline.BootEvent.ProbeFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What platforms say of the container in their own words, between the lines of the program or after them. {@link LogEnded} is the
 * end of a container whose exit code is not told.
 */
final class PlatformWords {
    private static final int SEGV = 11;
    private static final Map<String, Integer> SIGNALS =
            Map.of("SIGILL", 4, "SIGABRT", 6, "SIGBUS", 7, "SIGKILL", 9, "SIGSEGV", SEGV, "SIGTERM", 15, "SIGINT", 2);

    private record Words(Pattern pattern, BiFunction<Matcher, Duration, BootEvent> meaning) {}

    /** Whole lines, so that what an app tells of its own children is not taken for the container. */
    private static final List<Words> ALL = List.of(
            // Compose
            exit("^(?:container \\S+ )?exited with code (\\d+)$"),
            // Heroku, Cloud Foundry
            exit("^Process exited with status (\\d+)$"),
            exit("^(?:APP/\\S+: )?Exit(?:ed with)? status (\\d+)$"),
            killed("^App instance exited with guid .*\\(out of memory\\)"),
            exit("^App instance exited with guid .*[Ee]xited with status (\\d+)"),
            killed("^(?:Error R15 \\(Memory quota vastly exceeded\\)|Process running mem=.*R15)"),
            silent("^Error R10 \\(Boot timeout\\)"),
            silent("^Timed out after \\S+: health check never passed\\."),
            // Azure App Service
            exit("^.*\\bContainer \\S+ .*\\bexit(?:ed with)? ?code:? (\\d+)"),
            ended("^(?:ERROR +- +)?Container \\S+ for site \\S+ has exited, failing site start"),
            silent("^(?:ERROR +- +)?Container \\S+ didn't respond to HTTP pings on port: (\\d+)"),
            silent("^(?:ERROR +- +)?Container \\S+ for site \\S+ did not start within expected time limit"),
            // supervisord
            exit("^(?:\\d{4}-\\d\\d-\\d\\d \\S+ )?(?:INFO|WARN) exited: \\S+ \\(exit status (\\d+); not expected\\)"),
            signalled("^(?:\\d{4}-\\d\\d-\\d\\d \\S+ )?(?:INFO|WARN) exited: \\S+ \\(terminated by (SIG\\w+)[;)]"),
            ended("^(?:\\d{4}-\\d\\d-\\d\\d \\S+ )?INFO gave up: \\S+ entered FATAL state"),
            // docker ps, docker-compose ps
            exit("\\s{2,}Exited \\(([1-9]\\d*)\\) .* ago\\b"),
            exit("\\s{2,}Exit ([1-9]\\d*)(?:\\s|$)"),
            ended("\\s{2,}Restarting \\([1-9]\\d*\\) .* ago\\b"),
            // kubectl get pods, kubectl get events
            ended("^\\S+ +\\d+/\\d+ +(?:CrashLoopBackOff|Error|RunContainerError) "),
            killed("^\\S+ +\\d+/\\d+ +OOMKilled "),
            ended("\\bBack-off restarting failed container\\b"),
            // CI: GitHub Actions, Azure Pipelines, GitLab, Jenkins
            exit("^##\\[error\\](?:Process completed with exit code |Bash exited with code ')([1-9]\\d*)"),
            exit(
                    "^(?:ERROR: )?Job failed(?: \\(system failure\\))?: (?:command terminated with )?exit (?:code|status) ([1-9]\\d*)"),
            exit("^ERROR: script returned exit code ([1-9]\\d*)$"),
            // Render, Railway, Fly
            exit("^==> Exited with status ([1-9]\\d*)"),
            silent("^\\[?WARN(?:ING)?\\]? The app is not listening on the expected address"),
            killed("^==> (?:Ran o|O)ut of memory \\(used over "),
            silent("^==> (?:Port scan timeout reached, no open|No open) (?:HTTP )?ports? (?:were )?detected"),
            exit("^ ?(?:INFO )?Main child exited normally with code: ([1-9]\\d*)"),
            killed("^(?:\\[ *[\\d.]+\\] )?Out of memory: Killed process \\d+ \\((?:python|gunicorn|uvicorn|uwsgi)"),
            // uWSGI
            failed(
                    "^(?:\\*\\*\\* )?no app loaded\\. GAME OVER|^--- no python application found, check your startup logs for errors ---"),
            // systemd
            exit("^\\S+: Main process exited, code=exited, status=(\\d+)/"),
            signal("^\\S+: Main process exited, code=(?:killed|dumped), status=(\\d+)/"),
            killed(
                    "^\\S+: (?:A process of this unit has been killed by the OOM killer\\.|Failed with result 'oom-kill'\\.)"),
            // kubectl describe
            exit("^ +Exit Code: +(\\d+)$"),
            killed("^ +Reason: +OOMKilled$"),
            ended("^ +Reason: +CrashLoopBackOff$"),
            silent("^.*\\b(?:Liveness|Readiness|Startup) probe failed: "),
            // Azure Container Instances
            ended("^Container '\\S+' is in state 'Terminated'"),
            ended("^\\(count: (?:[2-9]|\\d\\d+)\\) \\(last timestamp: .*\\) Started container"),
            // Cloud Run, ECS
            exit("^Container called exit\\((\\d+)\\)\\.$"),
            killed("^(?:Memory limit of .* exceeded with|OutOfMemoryError: Container killed due to memory usage)"),
            silent("^.{0,80}\\bThe user-provided container failed to start and listen on the port"),
            silent("^.{0,80}\\bContainer failed to start\\. Failed to start and then listen on the port"),
            ended("^Essential container in task exited$"));

    /** Rows of tables of containers, and what a supervisor says of its other programs: not of the service for certain. */
    private static final Pattern OF_OTHERS = Pattern.compile(
            "\\s{2,}(?:Exited|Exit|Restarting) \\(?\\d+|^\\S+ +\\d+/\\d+ +[A-Z]"
                    + "|exited: (?!\\S*(?:gunicorn|uvicorn|uwsgi|hypercorn|daphne|web|app|api|backend|server)\\S* )\\S+ \\(");

    private PlatformWords() {}

    /** Whether the words may be about another container or program beside the service: they count only if it is not up. */
    static boolean isPerhapsOfAnother(String text) {
        return OF_OTHERS.matcher(text).find();
    }

    static List<BootEvent> read(String text, Duration at) {
        for (Words words : ALL) {
            Matcher matcher = words.pattern().matcher(text);
            if (matcher.find()) {
                return List.of(words.meaning().apply(matcher, at));
            }
        }
        return List.of();
    }

    private static Words exit(String regex) {
        return new Words(Pattern.compile(regex), (words, at) -> new Exited(at, number(words), false));
    }

    private static Words signal(String regex) {
        return new Words(Pattern.compile(regex), (words, at) -> new Exited(at, 128 + number(words), false));
    }

    private static Words signalled(String regex) {
        return new Words(
                Pattern.compile(regex),
                (words, at) -> new Exited(at, 128 + SIGNALS.getOrDefault(words.group(1), SEGV), false));
    }

    /** What a server says of itself that can't serve. */
    private static Words failed(String regex) {
        return new Words(
                Pattern.compile(regex),
                (words, at) -> new AppFailed(at, words.group().strip()));
    }

    private static Words killed(String regex) {
        return new Words(Pattern.compile(regex), (words, at) -> new OutOfMemory(at));
    }

    private static Words ended(String regex) {
        return new Words(Pattern.compile(regex), (words, at) -> new LogEnded(at));
    }

    private static Words silent(String regex) {
        return new Words(
                Pattern.compile(regex),
                (words, at) -> new ProbeFailed(
                        at,
                        words.groupCount() == 1 ? number(words) : 0,
                        ProbeFailure.REFUSED,
                        words.group().strip()));
    }

    private static int number(Matcher words) {
        String digits = words.group(1);
        return digits.length() > 6 ? 255 : Integer.parseInt(digits);
    }
}
