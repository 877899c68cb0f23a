package io.bootgate.judge;

import io.bootgate.judge.Deaths.Death;
import io.bootgate.judge.Verdict.NotReady;
import io.bootgate.judge.Verdict.Ready;
import io.bootgate.judge.Verdict.Reason;
import io.bootgate.judge.Workers.Worker;
import io.bootgate.timeline.BootEvent.HealthChecked;
import io.bootgate.timeline.BootEvent.ProbeAnswered;
import io.bootgate.timeline.BootEvent.ProbeFailed;
import io.bootgate.timeline.BootEvent.Socket;
import io.bootgate.timeline.BootEvent.SocketsSeen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The rules of readiness, applied to what is known at one instant: first what decides against, then what is missing. */
record Judgement(Seen seen, Policy policy) {

    /** How long another server may take to bind after one that is bound where nobody reaches it. */
    private static final Duration OTHER_SERVER = Duration.ofMillis(1500);

    /** The same, where a script started it and may go on after it. */
    private static final Duration SCRIPT = Duration.ofSeconds(3);

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
        return againstBind()
                .or(this::againstAnswers)
                .or(this::againstHealth)
                .or(() -> deployed().against(goodSince()).flatMap(decision -> not(decision.at(), decision.reason())));
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
        Deaths deaths = Deaths.of(seen);
        Optional<Worker> fatal = seen.workers()
                .failedAndEnded()
                .filter(worker -> answered.map(
                                first -> worker.failed().orElseThrow().compareTo(first) < 0)
                        .orElse(true))
                .findFirst();
        if (fatal.isPresent()) {
            return not(fatal.get().ended().orElseThrow(), Reason.SERVER_GAVE_UP);
        }
        boolean memory = seen.outOfMemory().isPresent() && deaths.anyKilled();
        boolean atFirst = memory && answered.isEmpty();
        if (atFirst || deaths.count() >= 2) {
            Duration at = deaths.list().get(atFirst ? 0 : 1).at();
            return not(at, memory ? Reason.OUT_OF_MEMORY : Reason.WORKERS_DYING);
        }
        return Optional.empty();
    }

    private Optional<NotReady> againstBind() {
        if (seen.boot().group().sharedNetwork() && !policy.http()) {
            return Optional.empty(); // Those beside reach its loopback, and nobody else is asked for.
        }
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
        if (!isListening(binds, bound)) {
            return Optional.empty();
        }
        // Nobody else can bind the port that the server holds on loopback, unless it is to end first.
        boolean held = reason == Reason.UNREACHABLE
                && expected.isPresent()
                && binds.loopbackPorts().contains(expected.getAsInt());
        boolean shell = seen.processes().hasShellAround(seen.server());
        if (!shell && (held || seen.processes().hasOnly(seen.server(), bound))) {
            return not(bound, reason);
        }
        Duration wait = bound.plus(shell ? SCRIPT : OTHER_SERVER);
        return seen.now().compareTo(wait) >= 0 && !servedByOther() ? not(wait, reason) : Optional.empty();
    }

    /** Whether the sockets bear out the bind line, which the app could have printed; where they can't be seen, it is believed. */
    private boolean isListening(Binds binds, Duration bound) {
        Optional<SocketsSeen> table =
                seen.sockets().filter(seenThen -> seenThen.at().compareTo(bound) >= 0);
        if (table.isEmpty()) {
            return seen.now().compareTo(bound.plus(OTHER_SERVER)) >= 0;
        }
        return (binds.loopbackPorts().isEmpty() && binds.reachablePorts().isEmpty())
                || table.get().sockets().stream()
                        .filter(Socket::listening)
                        .map(Socket::port)
                        .anyMatch(port -> binds.loopbackPorts().contains(port)
                                || binds.reachablePorts().contains(port));
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
        missing.addAll(deployed().missing());
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
        for (Death death : Deaths.of(seen).list()) {
            warnings.add("A worker died %d ms after the start and was replaced; the service held after that."
                    .formatted(death.at().toMillis()));
        }
        warnings.addAll(deployed().warnings());
        return warnings;
    }

    // ---- readiness

    /** When everything will have held for the settle window, if nothing comes between. */
    private Optional<Duration> settledAt() {
        return goodSince().map(since -> {
            Duration end = since.plus(policy.settle());
            // It heals only if the next worker outlives the one that died.
            return Deaths.of(seen)
                    .last()
                    .map(death -> death.at().plus(death.lifetime()).plus(policy.settle()))
                    .filter(outlived -> outlived.compareTo(end) > 0)
                    .orElse(end);
        });
    }

    /** Since when it serves without a break. */
    private Optional<Duration> goodSince() {
        Optional<Duration> lastDeath = Deaths.of(seen).last().map(Death::at);
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
            return seen.started().isPresent() && !isBindRefused() && listensWhereExpected();
        }
        if (seen.bound().isPresent()) {
            return bindsReachable() || seen.processes().hasProxy();
        }
        if (isBindRefused()) {
            return false; // Who answers on its port is another program.
        }
        boolean named = seen.probes().answers().stream()
                .anyMatch(answer -> isServed(answer) && ServerHeader.isOwn(seen.server(), answer.server()));
        if (seen.server().equals("unknown")) {
            return firstServed().isPresent();
        }
        return named || seen.processes().hasServer(seen.server());
    }

    private boolean isBindRefused() {
        return seen.refusedBind() && seen.bound().isEmpty();
    }

    /** Where no HTTP is asked for, and the table of sockets could be read. */
    private boolean listensWhereExpected() {
        OptionalInt expected = seen.boot().expectedPort();
        return policy.http()
                || expected.isEmpty()
                || seen.sockets()
                        .map(table -> table.sockets().stream()
                                .anyMatch(socket -> socket.listening() && socket.port() == expected.getAsInt()))
                        .orElse(true);
    }

    private DeployedTogether deployed() {
        return new DeployedTogether(seen);
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
