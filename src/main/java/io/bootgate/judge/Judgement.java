package io.bootgate.judge;

import io.bootgate.judge.Verdict.NotReady;
import io.bootgate.judge.Verdict.Ready;
import io.bootgate.judge.Verdict.Reason;
import io.bootgate.judge.Workers.Worker;
import io.bootgate.timeline.BootEvent.HealthChecked;
import io.bootgate.timeline.BootEvent.ProbeAnswered;
import io.bootgate.timeline.BootEvent.ProbeFailed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The rules of readiness, applied to what is known at one instant: first what decides against, then what is missing. */
record Judgement(Seen seen, Policy policy) {

    /** How long another server may take to bind after one that is bound where nobody reaches it. */
    private static final Duration OTHER_SERVER = Duration.ofMillis(1500);

    /** A process table takes this long to be looked at after the bind line. */
    private static final Duration LOOK = Duration.ofMillis(300);

    /** Workers started this long before a process table was seen must be in it. */
    private static final Duration TABLE_LAG = Duration.ofMillis(250);

    /** A request may find nobody this long around the replacement of a worker (Gunicorn's master looks once a second). */
    private static final Duration RECYCLING = Duration.ofMillis(1500);

    Optional<Verdict> verdict() {
        Optional<NotReady> against = against();
        if (against.isPresent()) {
            return Optional.of(against.get());
        }
        List<String> missing = missing();
        if (missing.isEmpty()) {
            return Optional.of(new Ready(settledAt().orElseThrow(), warnings()));
        }
        if (seen.now().compareTo(policy.timeout()) >= 0) {
            return Optional.of(new NotReady(policy.timeout(), Reason.TIMED_OUT, missing));
        }
        return Optional.empty();
    }

    Duration wakeAt() {
        return settledAt()
                .filter(end -> end.compareTo(seen.now()) > 0 && end.compareTo(policy.timeout()) < 0)
                .orElse(policy.timeout());
    }

    // ---- decisive evidence

    private Optional<NotReady> against() {
        if (seen.refused().isPresent()) {
            return not(seen.refused().get().at(), Reason.START_REFUSED);
        }
        if (seen.appFailed().isPresent()) {
            return not(seen.appFailed().get().at(), Reason.APP_FAILED);
        }
        if (seen.stopping().flatMap(stop -> stop.reason()).isPresent()) {
            return not(seen.stopping().get().at(), Reason.SERVER_GAVE_UP);
        }
        if (seen.bindFailed().isPresent()) {
            return not(seen.bindFailed().get().at(), Reason.BIND_FAILED);
        }
        Optional<NotReady> workers = againstWorkers();
        if (workers.isPresent()) {
            return workers;
        }
        if (seen.exited().isPresent()) {
            boolean memory =
                    seen.exited().get().outOfMemory() && seen.exited().get().exitCode() == 137;
            return not(seen.exited().get().at(), memory ? Reason.OUT_OF_MEMORY : Reason.EXITED);
        }
        return againstBind().or(this::againstAnswers).or(this::againstHealth);
    }

    private Optional<NotReady> againstWorkers() {
        Optional<Duration> answered = firstServed();
        Optional<Duration> timeout = seen.workers()
                .timeouts()
                .filter(at -> answered.map(first -> at.compareTo(first) < 0).orElse(true))
                .min(Duration::compareTo);
        if (timeout.isPresent()) {
            return not(timeout.get(), Reason.WORKER_TIMED_OUT);
        }
        List<Worker> dead = seen.workers().dead();
        int unseen = deathsWithoutWords();
        Optional<Worker> fatal = seen.workers()
                .failedAndEnded()
                .filter(worker -> answered.map(
                                first -> worker.failed().orElseThrow().compareTo(first) < 0)
                        .orElse(true))
                .findFirst();
        if (fatal.isPresent()) {
            return not(fatal.get().ended().orElseThrow(), Reason.SERVER_GAVE_UP);
        }
        boolean killedForMemory = seen.outOfMemory().isPresent()
                && (dead.stream().anyMatch(Worker::killed) || unseen > 0)
                && answered.isEmpty();
        if (killedForMemory || dead.size() + unseen >= 2) {
            Duration at = unseen > 0 || dead.isEmpty()
                    ? seen.now()
                    : dead.get(killedForMemory ? 0 : 1).ended().orElseThrow();
            boolean memory = seen.outOfMemory().isPresent()
                    && (unseen > 0 || dead.stream().anyMatch(Worker::killed));
            return not(at, memory ? Reason.OUT_OF_MEMORY : Reason.WORKERS_DYING);
        }
        return Optional.empty();
    }

    /**
     * Deaths that no log line told: workers that were started by the log and are not in the process table (Gunicorn 19.9 and
     * 20.0 do not log a killed worker), or, where nothing at all is logged, children of the master that are gone.
     */
    private int deathsWithoutWords() {
        Processes processes = seen.processes();
        Optional<Integer> alive = processes.workers(seen.server()).map(pids -> pids.size());
        if (alive.isEmpty()) {
            return 0;
        }
        if (seen.workers().byPid().isEmpty()) {
            // A silent server that recycles after each request loses one worker for each answer, rightly.
            int lost =
                    processes.vanished(seen.server()) - seen.probes().answers().size();
            return lost >= 2 ? lost : 0;
        }
        Duration before = processes.latest().orElseThrow().at().minus(TABLE_LAG);
        long missing = seen.workers().bootedBefore(before)
                - alive.get()
                - seen.workers().ended();
        return (int) Math.max(0, missing);
    }

    private Optional<NotReady> againstBind() {
        if (seen.bound().isEmpty()) {
            return againstSockets();
        }
        if (bindsReachable() || seen.processes().hasProxy()) {
            return Optional.empty();
        }
        Duration bound = seen.bound().get();
        Binds binds = Binds.of(seen.addresses());
        OptionalInt expected = seen.boot().expectedPort();
        Reason reason = binds.reachablePorts().isEmpty() ? Reason.UNREACHABLE : Reason.WRONG_PORT;
        // Nobody else can bind the port that the server holds on loopback.
        boolean settled = reason == Reason.UNREACHABLE
                && expected.isPresent()
                && binds.loopbackPorts().contains(expected.getAsInt());
        boolean looked = seen.processes()
                .latest()
                .map(table -> table.at().compareTo(bound) >= 0)
                .orElse(false);
        if ((settled && looked) || seen.processes().hasOnly(seen.server(), bound)) {
            return not(bound, reason);
        }
        Duration wait = settled ? LOOK : OTHER_SERVER;
        return seen.now().compareTo(bound.plus(wait)) >= 0 && !servedByOther()
                ? not(bound.plus(wait), reason)
                : Optional.empty();
    }

    /** Without a bind line only one table of sockets is final: the expected port is held on loopback. */
    private Optional<NotReady> againstSockets() {
        OptionalInt expected = seen.boot().expectedPort();
        return seen.sockets()
                .filter(table -> expected.isPresent() && firstServed().isEmpty())
                .filter(table -> table.sockets().stream()
                        .anyMatch(socket -> socket.listening()
                                && socket.port() == expected.getAsInt()
                                && Binds.isLoopback(socket.address())))
                .filter(table -> table.sockets().stream()
                        .noneMatch(socket -> socket.listening()
                                && socket.port() == expected.getAsInt()
                                && !Binds.isLoopback(socket.address())))
                .flatMap(table -> not(table.at(), Reason.UNREACHABLE));
    }

    private Optional<NotReady> againstAnswers() {
        List<ProbeAnswered> wrong = wrongAnswersSinceServed();
        if (wrong.size() < 3) {
            return Optional.empty();
        }
        Duration span = seen.now().minus(wrong.get(0).at());
        int status = wrong.get(wrong.size() - 1).status();
        return span.compareTo(patience(status)) >= 0
                ? not(wrong.get(0).at().plus(patience(status)), Reason.HTTP_ERROR)
                : Optional.empty();
    }

    /** How long answers must be wrong to be wrong for good. */
    private Duration patience(int status) {
        if (status == 502 || status == 503 || status == 504) {
            return policy.timeout(); // "Not yet" is what these say; a service that warms up may say it for long.
        }
        if (seen.requestsFailed() >= 2) {
            return Duration.ofSeconds(3); // The server's own log says that the app throws.
        }
        return Duration.ofSeconds(status >= 500 ? 6 : 10);
    }

    private Optional<NotReady> againstHealth() {
        Optional<HealthChecked> first = seen.health().firstFailure();
        Optional<HealthChecked> last = seen.health().last();
        if (first.isEmpty() || last.isEmpty() || last.get().passed()) {
            return Optional.empty();
        }
        // The test itself can't be run: no waiting will put curl into the image.
        if (last.get().exitCode() == 126 || last.get().exitCode() == 127) {
            return not(first.get().at(), Reason.UNHEALTHY);
        }
        boolean forGood = seen.health().failures() >= 3
                && last.get().at().minus(first.get().at()).compareTo(Duration.ofSeconds(15)) >= 0;
        return forGood ? not(last.get().at(), Reason.UNHEALTHY) : Optional.empty();
    }

    // ---- what is missing

    private List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (seen.started().isEmpty()) {
            missing.add("the container was not started");
        }
        if (policy.http() && firstServed().isEmpty()) {
            missing.add(noAnswer());
        } else if (policy.http() && goodSince().isEmpty()) {
            missing.add("HTTP was answered, but not steadily");
        }
        if (!isServerUp()) {
            missing.add(noServer());
        }
        if (!seen.boot().healthcheck().isEmpty()
                && !seen.health().last().map(HealthChecked::passed).orElse(false)) {
            missing.add(
                    seen.health().last().isPresent()
                            ? "the image's HEALTHCHECK does not pass"
                            : "the image's HEALTHCHECK was not answered yet");
        }
        Optional<Duration> settled = settledAt();
        if (missing.isEmpty() && (settled.isEmpty() || seen.now().compareTo(settled.get()) < 0)) {
            missing.add("it did not hold for the settle window of %d ms yet"
                    .formatted(policy.settle().toMillis()));
        }
        return missing;
    }

    private String noAnswer() {
        Optional<ProbeAnswered> answer = seen.probes().lastAnswer();
        if (answer.isPresent() && !policy.accepts(answer.get().status())) {
            return "HTTP was answered with %d on port %d"
                    .formatted(answer.get().status(), answer.get().port());
        }
        if (answer.isPresent()) {
            return "HTTP was answered by another program (%s)"
                    .formatted(answer.get().server());
        }
        return seen.probes().failures().isEmpty()
                ? "HTTP was not answered"
                : "HTTP was not answered: " + seen.probes().failures().last().message();
    }

    private String noServer() {
        return seen.bound().isPresent()
                ? "the server is bound to %s only".formatted(String.join(", ", seen.addresses()))
                : "no server was seen (%s)".formatted(seen.server());
    }

    private List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        for (Worker dead : seen.workers().dead()) {
            warnings.add("A worker died %d ms after the start and was replaced; the service held after that."
                    .formatted(dead.ended().orElseThrow().toMillis()));
        }
        return warnings;
    }

    // ---- readiness

    /** When everything will have held for the settle window, if nothing comes between. */
    private Optional<Duration> settledAt() {
        return goodSince().map(since -> {
            Duration end = since.plus(policy.settle());
            List<Worker> dead = seen.workers().dead();
            if (dead.isEmpty()) {
                return end;
            }
            // It heals only if the next worker outlives the one that died.
            Worker last = dead.get(dead.size() - 1);
            Duration outlived = last.ended().orElseThrow().plus(last.lifetime()).plus(policy.settle());
            return end.compareTo(outlived) > 0 ? end : outlived;
        });
    }

    /** Since when it serves without a break. */
    private Optional<Duration> goodSince() {
        Optional<Duration> lastDeath = seen.workers().dead().stream()
                .flatMap(worker -> worker.ended().stream())
                .max(Duration::compareTo);
        if (!policy.http()) {
            Optional<Duration> up = isServerNone()
                    ? seen.started()
                    : seen.bound().or(() -> seen.processes().latest().map(table -> table.at()));
            return isServerUp()
                    ? up.map(at -> lastDeath.filter(d -> d.compareTo(at) > 0).orElse(at))
                    : Optional.empty();
        }
        Optional<Duration> broken = lastBreak();
        return seen.probes().answers().stream()
                .filter(this::isServed)
                .map(ProbeAnswered::at)
                .filter(at -> broken.map(end -> at.compareTo(end) > 0).orElse(true))
                .filter(at -> lastDeath.map(end -> at.compareTo(end) > 0).orElse(true))
                .findFirst();
    }

    /** When a probe last went wrong although one was served before. */
    private Optional<Duration> lastBreak() {
        Optional<Duration> first = firstServed();
        Optional<Duration> wrong = seen.probes().answers().stream()
                .filter(answer -> !isServed(answer))
                .map(ProbeAnswered::at)
                .max(Duration::compareTo);
        Optional<Duration> failed = seen.probes().failures().stream()
                .map(ProbeFailed::at)
                .filter(at -> !seen.workers().recyclesNear(at, RECYCLING))
                .max(Duration::compareTo);
        return java.util.stream.Stream.concat(wrong.stream(), failed.stream())
                .filter(at -> first.map(start -> at.compareTo(start) >= 0).orElse(false))
                .max(Duration::compareTo);
    }

    private Optional<Duration> firstServed() {
        return seen.probes().answers().stream()
                .filter(this::isServed)
                .map(ProbeAnswered::at)
                .findFirst();
    }

    private List<ProbeAnswered> wrongAnswersSinceServed() {
        Optional<Duration> served = seen.probes().answers().stream()
                .filter(this::isServed)
                .map(ProbeAnswered::at)
                .max(Duration::compareTo);
        return seen.probes().answers().stream()
                .filter(answer -> !policy.accepts(answer.status()))
                .filter(answer ->
                        served.map(last -> answer.at().compareTo(last) > 0).orElse(true))
                .toList();
    }

    private boolean isServed(ProbeAnswered answer) {
        return policy.accepts(answer.status())
                && isExpectedPort(answer.port())
                && !ServerHeader.isForeign(seen.server(), answer.server());
    }

    private boolean servedByOther() {
        return seen.probes().answers().stream()
                .anyMatch(answer -> policy.accepts(answer.status()) && isExpectedPort(answer.port()));
    }

    private boolean isExpectedPort(int port) {
        if (seen.boot().expectedPort().isPresent()) {
            return seen.boot().expectedPort().getAsInt() == port;
        }
        Binds binds = Binds.of(seen.addresses());
        return binds.reachablePorts().isEmpty() || binds.reachablePorts().contains(port);
    }

    /** The master is up: by its bind line, or, where logging is silent, by its processes behind an answer. */
    private boolean isServerUp() {
        if (isServerNone()) {
            return seen.started().isPresent();
        }
        if (seen.bound().isPresent()) {
            return bindsReachable() || seen.processes().hasProxy();
        }
        boolean named = seen.probes().answers().stream()
                .anyMatch(answer -> isServed(answer) && ServerHeader.isOwn(seen.server(), answer.server()));
        if (seen.server().equals("unknown")) {
            return firstServed().isPresent();
        }
        return named || seen.processes().hasServer(seen.server());
    }

    private boolean isServerNone() {
        return seen.server().equals("none");
    }

    private boolean bindsReachable() {
        Binds binds = Binds.of(seen.addresses());
        return seen.boot().expectedPort().isPresent()
                ? binds.reachablePorts().contains(seen.boot().expectedPort().getAsInt())
                : !binds.reachablePorts().isEmpty();
    }

    private Optional<NotReady> not(Duration at, Reason reason) {
        return Optional.of(new NotReady(at, reason, missing()));
    }
}
