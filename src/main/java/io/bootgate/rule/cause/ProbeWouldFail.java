package io.bootgate.rule.cause;

import io.bootgate.judge.Verdict.Reason;
import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.timeline.BootEvent.PlatformProbed;
import io.bootgate.timeline.BootEvent.ProbeAnswered;
import io.bootgate.timeline.Group.PlatformProbe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The platform would kill the container, or send it no traffic: what it asks is answered wrongly, or too late. */
final class ProbeWouldFail implements CauseRule {
    @Override
    public CauseId id() {
        return CauseId.PROBE_WOULD_FAIL;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        return symptoms.boot().group().probes().stream()
                .flatMap(probe -> late(symptoms, probe).or(() -> failing(symptoms, probe)).stream())
                .findFirst();
    }

    private Optional<Finding> late(Symptoms symptoms, PlatformProbe probe) {
        Duration from =
                probe.kind().equals("liveness") ? passed(symptoms, "startup").orElse(Duration.ZERO) : Duration.ZERO;
        Duration deadline = from.plus(probe.deadline());
        return passed(symptoms, probe.kind())
                .filter(at -> probe.kills() && at.compareTo(deadline) > 0)
                .map(at -> certain(
                        "The %s probe (%s) first passed %s after the start, but the platform kills the container after %s: initialDelaySeconds %s + periodSeconds %s × failureThreshold %d."
                                .formatted(
                                        probe.kind(),
                                        probe.asked(),
                                        seconds(at),
                                        seconds(deadline),
                                        number(probe.initialDelay()),
                                        number(probe.period()),
                                        probe.failureThreshold()),
                        List.of(new Evidence("probe", 0, at, "%s probe passed".formatted(probe.kind()))),
                        Optional.empty(),
                        "Give the service time: %s, or add a startupProbe; or make it start faster."
                                .formatted(slower(probe, at.minus(from)))));
    }

    /** Twice the time that it took here: other machines are slower. */
    private static String slower(PlatformProbe probe, Duration took) {
        long needed = took.toSeconds() * 2 + 1;
        if (probe.kind().equals("startup")) {
            long periods = needed / Math.max(1, probe.period().toSeconds()) + 1;
            return "failureThreshold: " + periods;
        }
        return "initialDelaySeconds: " + needed;
    }

    private Optional<Finding> failing(Symptoms symptoms, PlatformProbe probe) {
        List<PlatformProbed> all = symptoms.timeline()
                .all(PlatformProbed.class)
                .filter(probed -> probed.kind().equals(probe.kind()))
                .toList();
        if (all.isEmpty() || all.get(all.size() - 1).passed() || !serves(symptoms)) {
            return Optional.empty();
        }
        PlatformProbed last = all.get(all.size() - 1);
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence(
                "probe", 0, last.at(), "%s probe, %s: %s".formatted(probe.kind(), probe.asked(), last.outcome())));
        Optional<ProbeAnswered> answer = Sightings.answered(symptoms);
        answer.map(Sightings::answer).ifPresent(evidence::add);
        String consequence = probe.kills()
                ? "the platform would kill the container after %s (initialDelaySeconds %s + periodSeconds %s × failureThreshold %d)"
                        .formatted(
                                seconds(probe.deadline()),
                                number(probe.initialDelay()),
                                number(probe.period()),
                                probe.failureThreshold())
                : "the platform would never send it traffic";
        String up = answer.map(first -> ", although the service answered on port %d after %s"
                        .formatted(first.port(), seconds(first.at())))
                .orElse("");
        return Optional.of(certain(
                "The %s probe (%s) fails%s: %s. So %s."
                        .formatted(probe.kind(), probe.asked(), up, last.outcome(), consequence),
                evidence,
                Optional.empty(),
                fix(probe, last, answer)));
    }

    private static String fix(PlatformProbe probe, PlatformProbed last, Optional<ProbeAnswered> answer) {
        Optional<Integer> other =
                answer.map(ProbeAnswered::port).filter(port -> probe.port() != 0 && port != probe.port());
        if (other.isPresent()) {
            return "Let the %s probe ask port %d, where the service answers.".formatted(probe.kind(), other.get());
        }
        String outcome = last.outcome();
        if (outcome.startsWith("status 400")) {
            return "The platform asks the container by its address, which the service refuses as a host name: allow it (Django: ALLOWED_HOSTS), or give the probe a Host header that is allowed.";
        }
        if (outcome.startsWith("status 404")) {
            return "Let the %s probe ask a path that the service has, or add that path to the service."
                    .formatted(probe.kind());
        }
        if (outcome.startsWith("status 401") || outcome.startsWith("status 403")) {
            return "Let the %s probe ask a path that needs no login.".formatted(probe.kind());
        }
        if (outcome.startsWith("no ")) {
            return "Raise timeoutSeconds of the %s probe, or let it ask what is answered faster."
                    .formatted(probe.kind());
        }
        return "Correct what the %s probe asks, or what the service answers.".formatted(probe.kind());
    }

    /** Before that it is the service that fails. */
    private static boolean serves(Symptoms symptoms) {
        return symptoms.verdict().reason() == Reason.PROBE_FAILED
                || (symptoms.verdict().reason() == Reason.TIMED_OUT
                        && Sightings.answered(symptoms)
                                .filter(answer -> answer.status() < 500)
                                .isPresent());
    }

    private static Optional<Duration> passed(Symptoms symptoms, String kind) {
        return symptoms.timeline()
                .all(PlatformProbed.class)
                .filter(probed -> probed.kind().equals(kind) && probed.passed())
                .map(PlatformProbed::at)
                .findFirst();
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }

    private static String number(Duration time) {
        return time.toMillis() % 1000 == 0
                ? Long.toString(time.toSeconds())
                : String.format(Locale.ROOT, "%.1f", time.toMillis() / 1000.0);
    }
}
