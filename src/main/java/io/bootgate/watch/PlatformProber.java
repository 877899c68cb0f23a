package io.bootgate.watch;

import io.bootgate.engine.Container;
import io.bootgate.engine.Container.ExecOutcome;
import io.bootgate.engine.EngineException;
import io.bootgate.timeline.BootEvent.PlatformProbed;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Asks as the platform would, but at the gate's own pace: the first pass counts, and what fails although the service is up. */
public final class PlatformProber implements Runnable, AutoCloseable {
    private static final Duration PACE = Duration.ofMillis(250);
    /** A machine that builds is busier than one that serves: what is a little late here is not late there. */
    private static final Duration BUSY = Duration.ofSeconds(1);

    private static final int MOST_REDIRECTS = 10;
    private static final int NOT_EXECUTABLE = 126;
    private static final int NOT_FOUND = 127;

    private final Container container;
    private final List<Asked> asked;
    private final Map<Integer, InetSocketAddress> published;
    private final Besides.Told told;
    private final CountDownLatch over = new CountDownLatch(1);

    /** One question, by its kind. */
    public record Asked(String kind, Question question, Duration timeout) {}

    /** What is asked. */
    public sealed interface Question {
        /** A request; passes with 200 to 399. */
        record Http(String path, int port, boolean tls, Map<String, String> headers) implements Question {}

        /** A connection. */
        record Tcp(int port) implements Question {}

        /** A command in the container; passes with 0. */
        record Exec(List<String> command) implements Question {}
    }

    private record Outcome(boolean passed, String words, boolean forGood) {}

    /** Asks the container's published ports, and the container itself, and tells what came of it. */
    public PlatformProber(
            Container container, List<Asked> asked, Map<Integer, InetSocketAddress> published, Besides.Told told) {
        this.container = container;
        this.asked = List.copyOf(asked);
        this.published = Map.copyOf(published);
        this.told = told;
    }

    @Override
    public void run() {
        Map<String, Boolean> passed = new HashMap<>();
        try {
            while (!over.await(pace(passed).toMillis(), TimeUnit.MILLISECONDS)) {
                for (Asked each : asked) {
                    // A startup probe comes first: before it has passed, nothing else is asked.
                    boolean waits = !each.kind().equals("startup")
                            && asked.stream().anyMatch(other -> other.kind().equals("startup"))
                            && !passed.getOrDefault("startup", false);
                    if (!waits && !(each.kind().equals("startup") && passed.getOrDefault("startup", false))) {
                        ask(each, passed);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (EngineException e) {
            // The container or the engine is gone: both are told on their own ways.
            return;
        }
    }

    /** What has passed once is asked now and then. */
    private Duration pace(Map<String, Boolean> passed) {
        boolean all = asked.stream().allMatch(each -> passed.getOrDefault(each.kind(), false));
        return all ? PACE.multipliedBy(4) : PACE;
    }

    private void ask(Asked each, Map<String, Boolean> passed) {
        Outcome outcome = outcome(each);
        if (over.getCount() == 0) {
            return;
        }
        passed.merge(each.kind(), outcome.passed(), Boolean::logicalOr);
        told.tell(at -> new PlatformProbed(at, each.kind(), outcome.passed(), outcome.words(), outcome.forGood()));
    }

    private Outcome outcome(Asked each) {
        Duration patience = each.timeout().multipliedBy(2).plus(BUSY);
        if (each.question() instanceof Question.Exec exec) {
            // A process must be started for it.
            Duration longer = patience.plus(BUSY.multipliedBy(2));
            return ran(container.exec(exec.command(), longer), longer);
        }
        if (each.question() instanceof Question.Tcp tcp) {
            return connected(tcp.port());
        }
        return answered((Question.Http) each.question(), patience);
    }

    private static Outcome ran(ExecOutcome outcome, Duration timeout) {
        if (outcome.timedOut()) {
            return new Outcome(false, "no end within %d s".formatted(timeout.toSeconds()), false);
        }
        int code = outcome.exitCode();
        String said = outcome.output()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("");
        return new Outcome(
                code == 0,
                "exit code %d%s".formatted(code, said.isEmpty() ? "" : ", " + said),
                code == NOT_EXECUTABLE || code == NOT_FOUND);
    }

    /** By the table of sockets: an engine's port proxy accepts connections with nobody behind it. */
    private Outcome connected(int port) {
        ExecOutcome table = container.exec(List.of("cat", "/proc/net/tcp", "/proc/net/tcp6"), Duration.ofSeconds(5));
        if (table.exitCode() != 0 && SocketTable.parse(table.output()).isEmpty()) {
            return new Outcome(true, "cannot be told: the image has no cat", false);
        }
        boolean open = SocketTable.parse(table.output()).stream()
                .anyMatch(socket -> socket.listening()
                        && socket.port() == port
                        && !socket.address().startsWith("127.")
                        && !socket.address().equals("::1"));
        return new Outcome(open, open ? "a connection is accepted" : "connection refused", false);
    }

    private Outcome answered(Question.Http http, Duration timeout) {
        InetSocketAddress address = published.get(http.port());
        if (address == null) {
            return new Outcome(true, "cannot be told: port %d is not reached from here".formatted(http.port()), false);
        }
        String path = http.path();
        boolean tls = http.tls();
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpProbe.Outcome outcome = new HttpProbe(plan(http, path, timeout), timeout).ask(address, tls);
            if (outcome instanceof HttpProbe.Outcome.Failed failure) {
                return new Outcome(
                        false, failure.message() + (redirects > 0 ? " after a redirect to " + path : ""), false);
            }
            HttpProbe.Outcome.Answered answer = (HttpProbe.Outcome.Answered) outcome;
            Optional<Redirect> redirect = Redirect.of(answer.status(), answer.location(), host(http), tls);
            if (redirect.isEmpty()) {
                int status = answer.status();
                boolean good = status >= 200 && status < 400;
                // "Not yet" is what 503 and its like say.
                return new Outcome(
                        good, "status " + status + (redirects > 0 ? " after a redirect to " + path : ""), status < 500);
            }
            path = redirect.get().path();
            tls = redirect.get().tls();
        }
        return new Outcome(false, "more than %d redirects".formatted(MOST_REDIRECTS), true);
    }

    private ProbePlan plan(Question.Http http, String path, Duration timeout) {
        Map<String, String> headers = new HashMap<>(http.headers());
        if (headers.keySet().stream().noneMatch(name -> name.equalsIgnoreCase("Host"))) {
            headers.put("Host", host(http));
        }
        return new ProbePlan(path, headers, timeout, http.tls() ? "https" : "http");
    }

    /** The platform asks the container by its address, and that is what the service sees. */
    private String host(Question.Http http) {
        return container.address().orElse("10.0.2.100") + ":" + http.port();
    }

    @Override
    public void close() {
        over.countDown();
    }
}
