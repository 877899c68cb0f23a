package io.bootgate.watch;

import io.bootgate.timeline.BootEvent.ProbeAnswered;
import io.bootgate.timeline.BootEvent.ProbeFailed;
import io.bootgate.timeline.BootEvent.ProbeFailure;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;

/**
 * Asks the published ports again and again, one request at a time: often while nobody answers, seldom once somebody serves.
 */
final class Prober implements Runnable {
    private final Map<Integer, InetSocketAddress> published;
    private final ProbePlan plan;
    /** The second request comes that long before the settle window ends. */
    private static final Duration SHORTLY = Duration.ofMillis(100);

    private final Duration settle;
    private final Duration deadline;
    private final IntPredicate accepted;
    private final EngineTime clock;
    private final Signals signals;
    private final Semaphore wake = new Semaphore(0);
    private volatile boolean over;

    private volatile List<Integer> ports;
    private volatile boolean tls;
    private volatile boolean schemeKnown;
    private volatile boolean sparing;
    private volatile long pendingSince;
    private volatile Duration slowest = Duration.ZERO;
    private int closedInARow;

    Prober(
            Map<Integer, InetSocketAddress> published,
            ProbePlan plan,
            Duration settle,
            Duration deadline,
            IntPredicate accepted,
            EngineTime clock,
            Signals signals) {
        this.published = published;
        this.plan = plan;
        this.settle = settle;
        this.deadline = deadline;
        this.accepted = accepted;
        this.clock = clock;
        this.signals = signals;
        ports = List.copyOf(published.keySet());
        tls = plan.scheme().equals("https");
        schemeKnown = !plan.scheme().equals("auto");
    }

    /** From now on only these of the published ports are asked. */
    void aim(List<Integer> onlyThese, boolean withTls) {
        List<Integer> known =
                onlyThese.stream().filter(published::containsKey).sorted().toList();
        if (!known.isEmpty()) {
            ports = known;
        }
        if (!schemeKnown) {
            tls = withTls;
            schemeKnown = true;
        }
    }

    /**
     * Asks only at the ends of a settle window: where nothing is logged, a worker that leaves after a request can be told from one
     * that dies only if requests are few.
     */
    void beSparing(boolean sparing) {
        boolean wasSparing = this.sparing;
        this.sparing = sparing;
        if (wasSparing && !sparing) {
            wake.release();
        }
    }

    /** Whether a request has been waiting for clearly longer than any answer took: it may never come. */
    boolean isStuck() {
        long since = pendingSince;
        return since != 0
                && System.nanoTime() - since > slowest.multipliedBy(2).toNanos() + TimeUnit.MILLISECONDS.toNanos(500);
    }

    void stop() {
        over = true;
        wake.release();
    }

    @Override
    public void run() {
        try {
            while (!over) {
                boolean served = false;
                for (int port : ports) {
                    served |= ask(port);
                }
                if (wake.tryAcquire(pause(served).toMillis(), TimeUnit.MILLISECONDS)) {
                    wake.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean ask(int port) {
        InetSocketAddress address = published.get(port);
        if (address == null || over) {
            return false;
        }
        pendingSince = System.nanoTime();
        HttpProbe.Outcome outcome = new HttpProbe(plan, patience()).ask(address, tls);
        pendingSince = 0;
        if (over) {
            return false;
        }
        if (outcome instanceof HttpProbe.Outcome.Answered answer) {
            schemeKnown = true;
            if (answer.took().compareTo(slowest) > 0) {
                slowest = answer.took();
            }
            signals.happened(
                    clock.now(), at -> new ProbeAnswered(at, port, answer.status(), answer.server(), answer.took()));
            return accepted.test(answer.status());
        }
        HttpProbe.Outcome.Failed failure = (HttpProbe.Outcome.Failed) outcome;
        signals.happened(clock.now(), at -> new ProbeFailed(at, port, failure.failure(), failure.message()));
        guessScheme(failure.failure());
        return false;
    }

    /** A server that speaks TLS closes on plain HTTP, or answers with something that is not HTTP. */
    private void guessScheme(ProbeFailure failure) {
        closedInARow = failure == ProbeFailure.CLOSED ? closedInARow + 1 : 0;
        if (!schemeKnown && (failure == ProbeFailure.NOT_HTTP || closedInARow >= 30)) {
            tls = !tls;
            closedInARow = 0;
        }
    }

    /** The plan's limit for one request, but not past the deadline: what hangs then is to be told as hanging. */
    private Duration patience() {
        Duration left = deadline.minus(clock.sinceStart()).minusMillis(300);
        Duration shortest = Duration.ofMillis(500);
        Duration patience = left.compareTo(plan.timeout()) < 0 ? left : plan.timeout();
        return patience.compareTo(shortest) < 0 ? shortest : patience;
    }

    private Duration pause(boolean served) {
        if (served) {
            return sparing && settle.compareTo(SHORTLY) > 0
                    ? settle.minus(SHORTLY)
                    : Duration.ofMillis(Math.min(700, Math.max(20, settle.toMillis() / 3)));
        }
        long since = clock.sinceStart().toSeconds();
        return Duration.ofMillis(since < 3 ? 10 : since < 10 ? 25 : 50);
    }
}
