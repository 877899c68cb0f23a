package io.bootgate.rule.cause;

import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.timeline.BootEvent.WorkerBooting;
import java.util.List;
import java.util.Optional;

/** Workers die again and again, and nothing that was seen says why. */
final class CrashLoop implements CauseRule {
    @Override
    public CauseId id() {
        return CauseId.CRASH_LOOP;
    }

    @Override
    public boolean isLastResort() {
        return true;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        List<WorkerDeath> deaths = WorkerDeath.in(symptoms.timeline());
        if (!Sightings.isLoop(symptoms) && deaths.size() < 2) {
            return Optional.empty();
        }
        Evidence evidence = deaths.isEmpty()
                ? new Evidence(
                        "processes", 0, symptoms.verdict().at(), "Worker processes are replaced again and again.")
                : Sightings.told(symptoms.timeline(), deaths.get(0).told());
        long booted = symptoms.timeline().all(WorkerBooting.class).count();
        String how = !deaths.isEmpty()
                ? "%s died within %s"
                        .formatted(
                                deaths.size() == 1 ? "A worker" : deaths.size() + " workers",
                                Sightings.time(symptoms.timeline().end()))
                : booted > 1
                        ? "%d workers were started within %s"
                                .formatted(
                                        booted,
                                        Sightings.time(symptoms.timeline().end()))
                        : "Worker processes vanish and are replaced, without a word in the log";
        String signal = deaths.stream()
                .flatMap(death -> death.signal().stream())
                .findFirst()
                .map(name -> ", ended by " + name)
                .orElse("");
        return Optional.of(
                certain(
                        how + signal + ", and nothing says why.",
                        List.of(evidence),
                        Optional.empty(),
                        "Run once with --log-level debug and PYTHONFAULTHANDLER=1, or with --preload, which shows the error of the import itself."));
    }
}
