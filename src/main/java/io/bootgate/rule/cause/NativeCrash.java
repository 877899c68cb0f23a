package io.bootgate.rule.cause;

import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.rule.Location;
import io.bootgate.timeline.BootEvent;
import io.bootgate.timeline.BootEvent.ServerStarting;
import io.bootgate.timeline.BootEvent.WorkerBooting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Native code crashed: SIGSEGV, SIGILL, SIGABRT and their like. */
final class NativeCrash implements CauseRule {
    private static final Set<String> SIGNALS =
            Set.of("SIGSEGV", "SIGILL", "SIGABRT", "SIGBUS", "SIGFPE", "SIGTRAP", "SIGSYS");
    private static final Map<Integer, String> EXIT_CODES = Map.of(
            132, "SIGILL", 133, "SIGTRAP", 134, "SIGABRT", 135, "SIGBUS", 136, "SIGFPE", 139, "SIGSEGV", 159, "SIGSYS");
    private static final Pattern WORDS = Pattern.compile(
            "^Fatal Python error: (?:Segmentation fault|Aborted|Illegal instruction|Bus error|Floating.point exception)"
                    + "|^(?:\\S+: (?:line )?\\d+: +\\d+ )?(?:Segmentation fault|Illegal instruction|Aborted|Bus error)(?: \\(core dumped\\))?\\b");
    private static final Pattern FRAME = Pattern.compile("^\\s+File \"([^\"]+)\", line (\\d+) in ");

    @Override
    public CauseId id() {
        return CauseId.NATIVE_CRASH;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        return inWorkers(symptoms).or(() -> inMain(symptoms)).or(() -> byElimination(symptoms));
    }

    private Optional<Finding> inWorkers(Symptoms symptoms) {
        List<WorkerDeath> crashed = WorkerDeath.in(symptoms.timeline()).stream()
                .filter(death -> !death.timedOut()
                        && death.signal().filter(SIGNALS::contains).isPresent())
                .toList();
        if (crashed.isEmpty()) {
            return Optional.empty();
        }
        String signal = crashed.get(0).signal().orElse("");
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(Sightings.told(symptoms.timeline(), crashed.get(0).told()));
        symptoms.first(WORDS).ifPresent(match -> evidence.add(match.line().evidence()));
        return Optional.of(certain(
                "Native code ended a worker with %s (%s)%s."
                        .formatted(
                                signal,
                                meaning(signal),
                                crashed.size() > 1 ? ", %d workers in all".formatted(crashed.size()) : ""),
                evidence,
                place(symptoms),
                fix(signal)));
    }

    private Optional<Finding> inMain(Symptoms symptoms) {
        return Sightings.exit(symptoms)
                .filter(exited -> EXIT_CODES.containsKey(exited.exitCode()))
                .map(exited -> {
                    String signal = EXIT_CODES.getOrDefault(exited.exitCode(), "");
                    List<Evidence> evidence = new ArrayList<>();
                    symptoms.first(WORDS)
                            .ifPresent(match -> evidence.add(match.line().evidence()));
                    evidence.add(Sightings.ended(exited));
                    return certain(
                            "Native code ended the container with %s (%s), exit code %d."
                                    .formatted(signal, meaning(signal), exited.exitCode()),
                            evidence,
                            place(symptoms),
                            fix(signal));
                });
    }

    /**
     * Before 20.1 Gunicorn has no word for a worker that was ended by a signal; one that exits says so, one that was killed for
     * memory is told by the kernel.
     */
    private Optional<Finding> byElimination(Symptoms symptoms) {
        Optional<ServerStarting> server = symptoms.timeline().first(ServerStarting.class);
        boolean mute = server.map(
                        s -> s.server().equals("gunicorn") && s.version().matches("(?:19\\.|20\\.0).*"))
                .orElse(false);
        long booted = symptoms.timeline().all(WorkerBooting.class).count();
        if (!mute
                || booted < 2
                || !Sightings.isLoop(symptoms)
                || symptoms.timeline().has(BootEvent.OutOfMemory.class)
                || !WorkerDeath.in(symptoms.timeline()).isEmpty()) {
            return Optional.empty();
        }
        Evidence last = symptoms.timeline()
                .last(WorkerBooting.class)
                .map(event -> Sightings.told(symptoms.timeline(), event))
                .orElseThrow();
        return Optional.of(likely(
                "Workers vanish without a word (%d were started): Gunicorn %s tells no signal, so most likely native code crashes."
                        .formatted(booted, server.map(ServerStarting::version).orElse("")),
                List.of(last),
                Optional.empty(),
                fix("SIGSEGV") + " Gunicorn 20.1 and later log the signal."));
    }

    private static Optional<Location> place(Symptoms symptoms) {
        boolean dumped = false;
        for (Line line : symptoms.lines()) {
            dumped |= line.text().startsWith("Fatal Python error: ");
            Matcher frame = FRAME.matcher(line.text());
            if (dumped && frame.find()) {
                Frame found = new Frame(frame.group(1), Integer.parseInt(frame.group(2)), "", "");
                if (found.isOfTheApp()) {
                    return Optional.of(Location.inImage(found.path(), found.line()));
                }
            }
        }
        return Optional.empty();
    }

    private static String meaning(String signal) {
        return switch (signal) {
            case "SIGSEGV" -> "a bad memory access";
            case "SIGILL" -> "an instruction that this processor does not have";
            case "SIGABRT" -> "it aborted itself";
            case "SIGBUS" -> "a bad memory access, or a full /dev/shm";
            case "SIGFPE" -> "an arithmetic fault";
            default -> "a fault";
        };
    }

    private static String fix(String signal) {
        String see = "Set PYTHONFAULTHANDLER=1 to see the Python line that crashes; ";
        return signal.equals("SIGILL")
                ? see + "install a wheel built for this processor (no AVX, or another architecture under emulation)."
                : see
                        + "update or pin the native package that it names, and use wheels for the image's C library (glibc or musl).";
    }
}
