package io.bootgate.gate;

import io.bootgate.deployment.DeployedContainer;
import io.bootgate.deployment.Probe;
import io.bootgate.timeline.Group.PlatformProbe;
import io.bootgate.watch.PlatformProber.Asked;
import io.bootgate.watch.PlatformProber.Question;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The probes of a container's platform, as questions that the gate asks. A health check of Compose is none: it ends nothing. */
final class PlatformQuestions {
    private static final List<String> KINDS = List.of("startup", "liveness", "readiness");

    private PlatformQuestions() {}

    static List<Asked> asked(DeployedContainer container) {
        return probes(container)
                .map(known ->
                        new Asked(known.kind(), known.question(), known.probe().timeout()))
                .toList();
    }

    static List<PlatformProbe> told(DeployedContainer container) {
        return probes(container)
                .map(known -> new PlatformProbe(
                        known.kind(),
                        words(known.question()),
                        port(known.question()),
                        known.probe().initialDelay(),
                        known.probe().period(),
                        known.probe().timeout(),
                        known.probe().failures()))
                .toList();
    }

    private record Known(String kind, Probe probe, Question question) {}

    private static Stream<Known> probes(DeployedContainer container) {
        return KINDS.stream()
                .flatMap(kind -> Optional.ofNullable(container.probes().get(kind))
                        .flatMap(probe -> question(probe.check()).map(question -> new Known(kind, probe, question)))
                        .stream());
    }

    private static Optional<Question> question(Probe.Check check) {
        if (check instanceof Probe.Http http && http.port().isPresent()) {
            String path = http.path().startsWith("/") ? http.path() : "/" + http.path();
            return Optional.of(new Question.Http(
                    path, http.port().getAsInt(), http.scheme().equalsIgnoreCase("https"), http.headers()));
        }
        if (check instanceof Probe.Tcp tcp && tcp.port().isPresent()) {
            return Optional.of(new Question.Tcp(tcp.port().getAsInt()));
        }
        return check instanceof Probe.Exec exec && !exec.command().isEmpty()
                ? Optional.of(new Question.Exec(exec.command()))
                : Optional.empty();
    }

    private static String words(Question question) {
        if (question instanceof Question.Http http) {
            return "GET %s on port %d%s".formatted(http.path(), http.port(), http.tls() ? " with TLS" : "");
        }
        return question instanceof Question.Tcp tcp
                ? "a connection to port " + tcp.port()
                : String.join(" ", ((Question.Exec) question).command());
    }

    private static int port(Question question) {
        return question instanceof Question.Http http
                ? http.port()
                : question instanceof Question.Tcp tcp ? tcp.port() : 0;
    }
}
