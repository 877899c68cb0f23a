package io.bootgate.rule.cause;

import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.timeline.BootEvent.Exited;
import java.util.List;
import java.util.Optional;

/** A process was ended by SIGKILL, and neither memory nor a time limit was the reason. */
final class Killed implements CauseRule {
    private static final int SIGKILLED = 137;

    private final CauseRule memory = new OutOfMemory();

    @Override
    public CauseId id() {
        return CauseId.KILLED;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        if (memory.diagnose(symptoms).isPresent()) {
            return Optional.empty();
        }
        List<WorkerDeath> killed = WorkerDeath.in(symptoms.timeline()).stream()
                .filter(death -> !death.timedOut()
                        && death.signal().filter("SIGKILL"::equals).isPresent())
                .toList();
        if (!killed.isEmpty()) {
            return Optional.of(certain(
                    "A worker was ended by SIGKILL%s, and the kernel killed nothing for memory."
                            .formatted(killed.size() > 1 ? ", %d times".formatted(killed.size()) : ""),
                    List.of(Sightings.told(symptoms.timeline(), killed.get(0).told())),
                    Optional.empty(),
                    fix()));
        }
        return Sightings.exit(symptoms)
                .filter(exited -> exited.exitCode() == SIGKILLED && !exited.outOfMemory())
                .map(exited -> finding(symptoms, exited));
    }

    private Finding finding(Symptoms symptoms, Exited exited) {
        List<Evidence> evidence = List.of(Sightings.ended(exited));
        return symptoms.boot().memoryLimitBytes().isPresent()
                ? likely(
                        "The main process was ended by SIGKILL (exit code 137), and the engine tells no kill for memory.",
                        evidence,
                        Optional.empty(),
                        fix())
                : certain(
                        "The main process was ended by SIGKILL (exit code 137), without any memory limit.",
                        evidence,
                        Optional.empty(),
                        fix());
    }

    private static String fix() {
        return "Look for who sends SIGKILL: os.kill, a watchdog, a process supervisor or another tool on the machine.";
    }
}
