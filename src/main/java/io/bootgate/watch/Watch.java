package io.bootgate.watch;

import io.bootgate.engine.Container;
import io.bootgate.engine.Container.StartOutcome;
import io.bootgate.engine.ContainerEngine;
import io.bootgate.engine.EngineException;
import io.bootgate.engine.LogStream;
import io.bootgate.engine.Usage;
import io.bootgate.judge.Binds;
import io.bootgate.judge.BootState;
import io.bootgate.judge.Policy;
import io.bootgate.judge.Verdict;
import io.bootgate.judge.Verdict.Ready;
import io.bootgate.server.LogReader;
import io.bootgate.timeline.Boot;
import io.bootgate.timeline.BootEvent;
import io.bootgate.timeline.BootEvent.Created;
import io.bootgate.timeline.BootEvent.Exited;
import io.bootgate.timeline.BootEvent.HealthChecked;
import io.bootgate.timeline.BootEvent.LogEnded;
import io.bootgate.timeline.BootEvent.Logged;
import io.bootgate.timeline.BootEvent.ProbeAnswered;
import io.bootgate.timeline.BootEvent.ProbeFailed;
import io.bootgate.timeline.BootEvent.ProbeFailure;
import io.bootgate.timeline.BootEvent.ProcessesSeen;
import io.bootgate.timeline.BootEvent.ResourcesUsed;
import io.bootgate.timeline.BootEvent.ServerBound;
import io.bootgate.timeline.BootEvent.SocketsSeen;
import io.bootgate.timeline.BootEvent.StartRefused;
import io.bootgate.timeline.BootEvent.Started;
import io.bootgate.timeline.BootEvent.Ticked;
import io.bootgate.timeline.BootEvent.WorkerBooting;
import io.bootgate.timeline.Stream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/**
 * Starts one container and watches it until the judge has decided. All that is seen goes through one loop: on the timeline,
 * to the server's reader, to the judge.
 */
public final class Watch {
    private static final Duration STEP = Duration.ofMillis(25);
    private static final Duration QUIET = Duration.ofMillis(250);
    private static final Duration LONGEST_DRAIN = Duration.ofMillis(600);
    /** After an exit the log has an end, which comes late where a lot is to be read; it is only given up if nothing moves any more. */
    private static final Duration QUIET_AFTER_EXIT = Duration.ofSeconds(15);

    private static final Duration BEHIND = Duration.ofMillis(500);
    private static final int LONGEST_LINE = 64 * 1024;

    private final Container container;
    private final Boot boot;
    private final Policy policy;
    private final ProbePlan plan;
    private final LogReader reader;
    private final UnaryOperator<String> mask;
    private final Writer log;

    private final EngineTime clock;
    private final Signals signals = new Signals();
    private final Recording recording = new Recording();
    private final Map<LogStream, LineAssembler> assemblers =
            new EnumMap<>(Map.of(LogStream.STDOUT, new LineAssembler(), LogStream.STDERR, new LineAssembler()));

    private BootState state;
    private long lines;
    private Duration lastPiece = Duration.ZERO;
    private Duration lastPieceRead = Duration.ZERO;
    private boolean logEnded;
    private boolean exited;
    private boolean answered;
    private boolean served;
    private Duration lastServed = Duration.ZERO;
    private boolean healthy;
    private boolean bound;
    private boolean probeHung;
    private boolean newProcesses = true;
    private boolean alone;
    private Duration lookAgainAt = Duration.ZERO;
    private int looksAtSockets;
    /** Whether the sockets were looked at since the bind line. */
    private boolean boundSeenThrough;

    /** By the newest socket table, loopback aside. */
    private List<Integer> openPorts = List.of();

    private final Set<String> addresses = new TreeSet<>();
    private List<Integer> boundPorts = List.of();
    private boolean boundWithTls;
    /** What is to be told when it is ready, if it is watched beyond. */
    private Optional<Runnable> beyond = Optional.empty();

    /**
     * A watch over one container that is not started yet.
     *
     * @param mask applied to every text that comes from the container before it is kept
     * @param log gets the whole log, masked; flushed but not closed
     */
    public Watch(
            ContainerEngine engine,
            Container container,
            Boot boot,
            Policy policy,
            ProbePlan plan,
            LogReader reader,
            UnaryOperator<String> mask,
            Writer log) {
        this.container = container;
        this.boot = boot;
        this.policy = policy;
        this.plan = plan;
        this.reader = reader;
        this.mask = mask;
        this.log = log;
        clock = new EngineTime(engine.now());
        state = BootState.initial(policy);
    }

    /**
     * Starts the container and watches until there is a verdict. The container is left as it is.
     *
     * @param before what was seen before the start, told right after the creation
     * @throws EngineException if the engine is lost, or the watch is interrupted
     */
    public Watched run(List<BootEvent> before) {
        return run(before, Besides.NOTHING);
    }

    /**
     * The same for a container that is not let go when it is ready: it is watched until it ends.
     *
     * @param whenReady told once
     */
    public Watched runToTheEnd(List<BootEvent> before, Runnable whenReady) {
        beyond = Optional.of(whenReady);
        return run(before);
    }

    /** The same with what else begins then. */
    public Watched run(List<BootEvent> before, Besides besides) {
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "bootgate-watch");
            thread.setDaemon(true);
            return thread;
        });
        Optional<Prober> prober = Optional.empty();
        try {
            see(new Created(Duration.ZERO, boot));
            before.forEach(this::see);
            container.listen(signals);
            StartOutcome outcome = container.start();
            if (outcome instanceof StartOutcome.Refused refused) {
                see(new StartRefused(Duration.ZERO, refused.exitCode(), refused.message()));
                return watched(state.verdict().orElseThrow(), Duration.ZERO, OptionalInt.empty());
            }
            Instant start = ((StartOutcome.Started) outcome).startedAt();
            clock.startedAt(start);
            see(new Started(Duration.ZERO, start));
            Map<Integer, InetSocketAddress> published = container.publishedPorts();
            besides.begin(published, event -> signals.happened(clock.now(), event));
            Looker looker = new Looker(container, threads, clock, signals);
            if (policy.http()) {
                prober = Optional.of(new Prober(
                        published, plan, policy.settle(), policy.timeout(), policy::accepts, clock, signals));
                threads.execute(prober.get());
            }
            return loop(prober, looker, published.keySet().stream().toList());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("Interrupted while %s was booting.".formatted(boot.image()), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            prober.ifPresent(Prober::stop);
            signals.close();
            threads.shutdownNow();
        }
    }

    private Watched loop(Optional<Prober> prober, Looker looker, List<Integer> published)
            throws InterruptedException, IOException {
        while (true) {
            Duration wait = shorter(STEP, state.wakeAt().orElse(STEP).minus(clock.sinceStart()));
            handle(signals.take(wait));
            prober.ifPresent(asking -> {
                if (bound) {
                    asking.aim(boundPorts, boundWithTls);
                }
                asking.beSparing(!bound);
            });
            OptionalInt unpublished = unpublished(published);
            if (unpublished.isPresent()) {
                Duration now = clock.sinceStart();
                return watched(
                        new Verdict.NotReady(now, Verdict.Reason.WRONG_PORT, List.of("the port is not published")),
                        now,
                        unpublished);
            }
            Ticked tick = new Ticked(clock.sinceStart());
            state = state.after(tick);
            Optional<Verdict> verdict = state.verdict();
            if (verdict.isPresent() && verdict.get().isReady() && beyond.isPresent()) {
                beyond.get().run();
                beyond = Optional.empty();
                goOn();
                continue;
            }
            if (verdict.isPresent() && !mustWait(verdict.get(), prober)) {
                recording.add(tick);
                prober.ifPresent(Prober::stop);
                return conclude(verdict.get());
            }
            look(looker);
        }
    }

    /** From now on only what decides against it ends the watch. */
    private void goOn() {
        Policy endless = new Policy(
                Duration.ofDays(1), Duration.ofDays(1), policy.lowestStatus(), policy.highestStatus(), policy.http());
        state = BootState.initial(endless);
        recording.toTimeline().events().forEach(event -> state = state.after(event));
    }

    /** READY is not said while lines are unread, or while a request hangs that may prove it wrong. */
    private boolean mustWait(Verdict verdict, Optional<Prober> prober) {
        return verdict instanceof Ready
                && clock.sinceStart().compareTo(policy.timeout()) < 0
                && (!signals.isEmpty()
                        || isLogBehind(verdict)
                        || isAskedOnce(verdict)
                        || prober.map(Prober::isStuck).orElse(false));
    }

    /**
     * Whether lines of some time ago still come in: the engine hands a flood over more slowly than it is written. One that never
     * ends is not waited for: processes and answers are seen without it.
     */
    private boolean isLogBehind(Verdict verdict) {
        Duration now = clock.sinceStart();
        return now.minus(verdict.at()).compareTo(policy.settle()) < 0
                && now.minus(lastPieceRead).compareTo(QUIET) < 0
                && lastPieceRead.minus(lastPiece).compareTo(BEHIND) > 0;
    }

    /** Whether nothing but its first answer was heard of it in the settle window. */
    private boolean isAskedOnce(Verdict verdict) {
        return policy.http()
                && policy.settle().compareTo(QUIET) >= 0
                && lastServed.compareTo(verdict.at()
                                .minus(policy.settle().multipliedBy(9).dividedBy(10)))
                        < 0;
    }

    private Watched conclude(Verdict verdict) throws InterruptedException, IOException {
        boolean drains = verdict instanceof Verdict.NotReady no && no.reason() != Verdict.Reason.TIMED_OUT;
        if (drains) {
            drain();
        }
        for (LogStream stream : LogStream.values()) {
            Optional<String> rest = assembler(stream).end();
            if (rest.isPresent()) {
                line(stream, lastPiece, rest.get());
            }
        }
        log.flush();
        Duration said = clock.sinceStart();
        Usage used = container.usage();
        see(new ResourcesUsed(said, used.peakMemoryBytes(), used.cpu(), used.throttled()));
        return watched(verdict, said, OptionalInt.empty());
    }

    private void drain() throws InterruptedException, IOException {
        Duration began = clock.sinceStart();
        Duration heard = began;
        while (!(logEnded && exited)) {
            Duration now = clock.sinceStart();
            Duration quiet = exited ? QUIET_AFTER_EXIT : QUIET;
            boolean tooLong = !exited && now.minus(began).compareTo(LONGEST_DRAIN) >= 0;
            if (tooLong || now.minus(heard).compareTo(quiet) >= 0) {
                return;
            }
            List<Signal> more = signals.take(shorter(quiet.minus(now.minus(heard)), STEP));
            if (more.stream().anyMatch(signal -> !(signal instanceof Signal.Happened))) {
                heard = clock.sinceStart();
            }
            handle(more);
        }
    }

    // ---- what was told

    private void handle(List<Signal> batch) throws IOException {
        for (Signal signal : batch) {
            if (signal instanceof Signal.Piece piece) {
                lastPiece = clock.since(piece.instant());
                lastPieceRead = clock.sinceStart();
                for (String text : assembler(piece.stream()).add(piece.bytes().array())) {
                    line(piece.stream(), lastPiece, text);
                }
            } else if (signal instanceof Signal.Happened happened) {
                see(happened.event().apply(clock.since(happened.instant())));
            } else if (signal instanceof Signal.LogEnd) {
                logEnded = true;
                see(new LogEnded(clock.sinceStart()));
            } else if (signal instanceof Signal.End end) {
                ended(end);
            } else if (signal instanceof Signal.Lost lost) {
                throw new EngineException(
                        "The container engine was lost while %s was booting: %s. Start it again and repeat the build."
                                .formatted(boot.image(), lost.why()));
            }
        }
    }

    private void ended(Signal.End end) {
        if (!exited) {
            exited = true;
            Container.State last = container.state();
            Instant finished = last.finishedAt().filter(at -> !last.running()).orElse(end.instant());
            int code = last.running() ? end.exitCode() : last.exitCode();
            see(new Exited(clock.since(finished), code, last.outOfMemory()));
        }
    }

    private void line(LogStream stream, Duration at, String text) throws IOException {
        String masked = mask.apply(text);
        log.write(masked);
        log.write('\n');
        lines++;
        Stream kept = stream == LogStream.STDOUT ? Stream.STDOUT : Stream.STDERR;
        String bounded = masked.length() > LONGEST_LINE ? masked.substring(0, LONGEST_LINE) : masked;
        Logged logged = new Logged(at, lines, kept, bounded);
        see(logged);
        reader.read(logged).forEach(this::see);
    }

    private void see(BootEvent event) {
        BootEvent masked = Masking.of(event, mask);
        recording.add(masked);
        state = state.after(masked);
        if (event instanceof ProbeAnswered answer) {
            answered = true;
            newProcesses |= !served;
            if (policy.accepts(answer.status())) {
                served = true;
                lastServed = answer.at();
            }
        } else if (event instanceof ProbeFailed failure) {
            probeHung |= failure.failure() == ProbeFailure.TIMED_OUT;
        } else if (event instanceof ServerBound binding) {
            newProcesses = true;
            bound = true;
            boundSeenThrough = false;
            addresses.addAll(binding.addresses());
            boundPorts = List.copyOf(Binds.of(addresses).reachablePorts());
            boundWithTls |= binding.addresses().stream().anyMatch(address -> address.startsWith("https:"));
        } else if (event instanceof WorkerBooting) {
            newProcesses = true;
            lookAgainAt = clock.sinceStart().plusMillis(300);
        } else if (event instanceof HealthChecked checked) {
            healthy = checked.passed();
        } else if (event instanceof ProcessesSeen table) {
            alone = table.processes().stream()
                            .filter(process -> !process.command().contains("<defunct>"))
                            .count()
                    == 1;
        } else if (event instanceof SocketsSeen table) {
            looksAtSockets++;
            boundSeenThrough = bound;
            openPorts = table.sockets().stream()
                    .filter(socket -> socket.listening() && !Binds.isLoopback(socket.address()))
                    .map(BootEvent.Socket::port)
                    .distinct()
                    .toList();
        }
    }

    // ---- what to look at

    /** A Gunicorn that listens has workers, unless they die as soon as they are born: only frequent looks catch one. */
    private boolean isMasterAlone() {
        return alone && !served && boot.server().equals("gunicorn") && (bound || !openPorts.isEmpty());
    }

    private void look(Looker looker) {
        Duration now = clock.sinceStart();
        boolean early = now.compareTo(Duration.ofMillis(150)) < 0 && !bound;
        if (exited || early) {
            return;
        }
        if (now.compareTo(lookAgainAt) >= 0) {
            lookAgainAt = policy.timeout();
            newProcesses = true;
        }
        if (looker.processes(Duration.ofMillis(isMasterAlone() ? 100 : newProcesses ? 150 : bound ? 1000 : 400))) {
            newProcesses = false;
        }
        boolean nearTheEnd = policy.timeout().minus(now).compareTo(Duration.ofMillis(800)) < 0;
        boolean expected = boot.expectedPort().isPresent()
                ? boundPorts.contains(boot.expectedPort().getAsInt())
                : !boundPorts.isEmpty();
        boolean elsewhere = bound && !expected;
        boolean unheard = !bound && now.compareTo(Duration.ofMillis(1200)) > 0;
        if (!served && (elsewhere || unheard || probeHung || nearTheEnd)) {
            boolean news = (elsewhere && !boundSeenThrough) || (nearTheEnd && looksAtSockets == 0);
            looker.sockets(news ? Duration.ZERO : Duration.ofMillis(1500));
        }
        if (!boot.healthcheck().isEmpty() && !healthy && (served || !policy.http())) {
            looker.health(boot.healthcheck(), Duration.ofMillis(500));
        }
    }

    /** The port that is served where nobody can ask, if which port it is was left to the server. */
    private OptionalInt unpublished(List<Integer> published) {
        if (boot.expectedPort().isPresent() || answered || !policy.http()) {
            return OptionalInt.empty();
        }
        List<Integer> ports = bound ? boundPorts : looksAtSockets > 1 ? openPorts : List.of();
        return ports.isEmpty() || ports.stream().anyMatch(published::contains)
                ? OptionalInt.empty()
                : OptionalInt.of(ports.get(0));
    }

    private LineAssembler assembler(LogStream stream) {
        LineAssembler assembler = assemblers.get(stream);
        if (assembler == null) {
            throw new IllegalStateException("no assembler for " + stream);
        }
        return assembler;
    }

    private Watched watched(Verdict verdict, Duration said, OptionalInt unpublished) {
        return new Watched(recording.toTimeline(), verdict, said, unpublished);
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
