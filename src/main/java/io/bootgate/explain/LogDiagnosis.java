package io.bootgate.explain;

import io.bootgate.gate.GateResult;
import io.bootgate.gate.Summary;
import io.bootgate.judge.Verdict.NotReady;
import io.bootgate.judge.Verdict.Reason;
import io.bootgate.rule.Certainty;
import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.rule.Severity;
import io.bootgate.rule.cause.CauseId;
import io.bootgate.rule.cause.Diagnosis;
import io.bootgate.rule.cause.Symptoms;
import io.bootgate.timeline.BootEvent;
import io.bootgate.timeline.BootEvent.Exited;
import io.bootgate.timeline.BootEvent.Logged;
import io.bootgate.timeline.BootEvent.OutOfMemory;
import io.bootgate.timeline.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Decides which run of a log is to be explained, whether it failed at all, and why. */
final class LogDiagnosis {
    /** What these say follows from a failure that is known; of a log that may just be quiet they prove nothing. */
    private static final Set<String> NEED_A_FAILURE = Set.of(
            CauseId.UNKNOWN.name(),
            CauseId.EXITED.name(),
            CauseId.CRASH_LOOP.name(),
            CauseId.BOOT_HANG.name(),
            CauseId.HTTP_ERROR.name(),
            CauseId.HTTP_NO_ANSWER.name(),
            CauseId.UNHEALTHY.name(),
            CauseId.SERVER_NOT_STARTED.name(),
            CauseId.ENTRYPOINT_FAILED.name(),
            CauseId.LOOPBACK_BIND.name(),
            CauseId.PORT_MISMATCH.name(),
            CauseId.UNREACHABLE_BIND.name());

    private static final Pattern COMPLAINT = Pattern.compile(
            "(?i)\\b(?:error|critical|fatal|panic|exception|killed|failed|cannot|abort(?:ed|ing)?)\\b|\\bE\\d{4} ");
    private static final int MOST_COMPLAINTS = 3;

    private LogDiagnosis() {}

    static Explanation of(String name, Reading whole) {
        List<Run> runs = Run.in(whole.timeline());
        Run last = runs.get(runs.size() - 1);
        for (int i = runs.size() - 1; i >= 0; i--) {
            List<Finding> causes = causes(runs.get(i));
            if (!causes.isEmpty()) {
                return explanation(name, runs.get(i), inFile(causes, whole), List.of());
            }
            // A log that is cut off while the program starts again tells of the run before.
            if (runs.get(i).served()) {
                break;
            }
        }
        return explanation(name, last, List.of(), earlier(runs));
    }

    private static List<String> earlier(List<Run> runs) {
        for (int i = runs.size() - 2; i >= 0; i--) {
            List<Finding> causes = causes(runs.get(i));
            if (!causes.isEmpty()) {
                return List.of("An earlier start in this log failed (%s: %s), the last one came up."
                        .formatted(causes.get(0).id(), causes.get(0).detail()));
            }
        }
        return List.of();
    }

    /** Failures before none, certain before likely before unknown. */
    static int rank(Explanation explanation) {
        if (!explanation.isFailure()) {
            return 3;
        }
        Finding root = explanation.causes().get(0);
        return NEED_A_FAILURE.contains(root.id()) ? 2 : root.certainty() == Certainty.CERTAIN ? 0 : 1;
    }

    private static List<Finding> causes(Run run) {
        Optional<NotReady> failure = run.failure();
        if (failure.isPresent()) {
            List<Finding> causes = Diagnosis.of(new Symptoms(run.timeline(), failure.get()));
            return causes.get(0).id().equals(CauseId.UNKNOWN.name()) ? unknown(run, causes) : causes;
        }
        if (run.failsToAnswer()) {
            List<Finding> causes = provenByThemselves(new Symptoms(run.timeline(), verdict(run, Reason.HTTP_ERROR)));
            if (!causes.isEmpty() && !causes.get(0).id().equals(CauseId.APP_ERROR.name())) {
                return causes;
            }
        }
        if (run.isUp()) {
            Symptoms symptoms = new Symptoms(run.timeline(), verdict(run, Reason.TIMED_OUT));
            return symptoms.showsFailure() ? provenByThemselves(symptoms) : List.of();
        }
        List<Finding> causes = provenByThemselves(new Symptoms(run.timeline(), verdict(run, Reason.EXITED))).stream()
                .filter(cause -> cause.certainty() == Certainty.CERTAIN || !wentOn(run.timeline(), cause))
                .toList();
        return causes.isEmpty() && endsWithAComplaint(run.timeline()) ? unknown(run, List.of()) : causes;
    }

    private static NotReady verdict(Run run, Reason reason) {
        return new NotReady(run.timeline().end(), reason, List.of());
    }

    private static List<Finding> provenByThemselves(Symptoms symptoms) {
        return Diagnosis.of(symptoms).stream()
                .filter(finding -> !NEED_A_FAILURE.contains(finding.id()) && finding.severity() == Severity.ERROR)
                .toList();
    }

    /** A program that logs other things after a complaint has got over it. */
    private static boolean wentOn(Timeline timeline, Finding cause) {
        long last = cause.evidence().stream().mapToLong(Evidence::line).max().orElse(0);
        long after = timeline.all(Logged.class)
                .filter(line -> line.number() > last && !line.text().isBlank())
                .count();
        return last > 0 && after > 1 && !endsWithAComplaint(timeline);
    }

    private static boolean endsWithAComplaint(Timeline timeline) {
        return timeline.last(Logged.class)
                .filter(line -> COMPLAINT.matcher(line.text()).find())
                .isPresent();
    }

    /** Said with the lines that come nearest, and with what each of them would mean if it were the end. */
    private static List<Finding> unknown(Run run, List<Finding> causes) {
        List<BootEvent> events = run.timeline().events();
        List<Evidence> evidence = new ArrayList<>();
        List<Finding> candidates = new ArrayList<>();
        for (int i = events.size() - 1; i >= 0 && evidence.size() < MOST_COMPLAINTS; i--) {
            if (events.get(i) instanceof Logged line
                    && COMPLAINT.matcher(line.text()).find()) {
                evidence.add(evidence(line));
                Timeline upToHere = new Timeline(events.subList(0, i + 1));
                provenByThemselves(new Symptoms(upToHere, new NotReady(line.at(), Reason.EXITED, List.of()))).stream()
                        .limit(1)
                        .filter(found -> candidates.stream()
                                .noneMatch(other -> other.id().equals(found.id())))
                        .map(found -> with(found, found.evidence(), Certainty.LIKELY))
                        .forEach(candidates::add);
            }
        }
        if (evidence.isEmpty()) {
            run.timeline().last(Logged.class).map(LogDiagnosis::evidence).ifPresent(evidence::add);
        }
        if (evidence.isEmpty()) {
            evidence.addAll(causes.get(0).evidence());
        }
        String detail = candidates.isEmpty()
                ? "It failed, and the log does not say why."
                : "It failed, and the log does not say why for certain; what comes nearest is told below.";
        List<Finding> all = new ArrayList<>();
        all.add(new Finding(
                CauseId.UNKNOWN.name(),
                CauseId.UNKNOWN.title(),
                Severity.ERROR,
                detail,
                evidence,
                Optional.empty(),
                "Take more of the log, from the start of the program to its end; run the server with --log-level debug to make it"
                        + " say more; give the exit code if you know it: -Dbootgate.exitCode=137.",
                Certainty.LIKELY));
        all.addAll(candidates);
        return all;
    }

    private static Evidence evidence(Logged line) {
        return new Evidence("log", line.number(), line.at(), line.text().strip());
    }

    private static Explanation explanation(String name, Run run, List<Finding> causes, List<String> warnings) {
        Summary summary = new Summary(run.timeline());
        boolean outOfMemory = run.timeline().has(OutOfMemory.class)
                || run.timeline().last(Exited.class).map(Exited::outOfMemory).orElse(false);
        GateResult.Container container = summary.container(outOfMemory);
        return new Explanation(name, causes, warnings, summary.server(), container, run.timeline());
    }

    /** As lines of the file; which stream they came from is lost in a log from elsewhere. */
    private static List<Finding> inFile(List<Finding> causes, Reading read) {
        return causes.stream()
                .map(cause -> with(
                        cause,
                        cause.evidence().stream()
                                .map(seen -> inFile(seen, read))
                                .toList(),
                        cause.certainty()))
                .toList();
    }

    private static Evidence inFile(Evidence seen, Reading read) {
        if (seen.line() == 0) {
            return seen;
        }
        long line = read.lineInFile().applyAsLong(seen.line());
        return new Evidence(line > 0 ? "log" : "state", line, seen.at(), seen.text());
    }

    private static Finding with(Finding found, List<Evidence> evidence, Certainty certainty) {
        return new Finding(
                found.id(),
                found.title(),
                found.severity(),
                found.detail(),
                evidence,
                found.location(),
                found.fix(),
                certainty);
    }
}
