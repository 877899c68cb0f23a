package io.bootgate.gate;

import io.bootgate.rule.Certainty;
import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.rule.Severity;
import io.bootgate.rule.cause.CauseId;
import io.bootgate.timeline.BootEvent.Logged;
import io.bootgate.watch.Watched;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A container that is not the one under test, and whose causes are told with its name.
 *
 * @param who it is, in words
 */
record OtherContainer(String who, String name) {
    /** What says no more than that it ended. */
    private static final Set<String> GENERAL =
            Set.of("EXITED", "UNKNOWN", "SERVER_NOT_STARTED", "ENTRYPOINT_FAILED", "CRASH_LOOP", "BOOT_HANG");

    private static final int LAST_LINES = 3;

    static OtherContainer init(String name) {
        return new OtherContainer("The init container " + name, name);
    }

    static OtherContainer before(String own, String name) {
        return new OtherContainer("The container %s, which %s waits for,".formatted(name, own), name);
    }

    static OtherContainer beside(String own, String name) {
        return new OtherContainer("The container %s, deployed with %s,".formatted(name, own), name);
    }

    /** The cause with its name. */
    Finding of(Finding cause) {
        return new Finding(
                cause.id(),
                cause.title(),
                cause.severity(),
                "%s does not come up. %s".formatted(who, cause.detail()),
                cause.evidence(),
                cause.location(),
                cause.fix(),
                cause.certainty());
    }

    /** What it ended of; said in general last, and alone if nothing else is known. */
    List<Finding> of(List<Finding> causes, int exitCode, Watched watched) {
        List<Finding> all = new ArrayList<>();
        causes.stream()
                .filter(cause -> !GENERAL.contains(cause.id()))
                .map(this::of)
                .forEach(all::add);
        all.add(failed(exitCode, watched));
        return all;
    }

    private Finding failed(int exitCode, Watched watched) {
        List<Evidence> evidence = new ArrayList<>();
        Duration end = watched.verdict().at();
        String how = exitCode < 0 ? "did not come as far as it must" : "ended with exit code " + exitCode;
        evidence.add(new Evidence("engine", 0, end, "%s %s".formatted(name, how)));
        List<Logged> log = watched.timeline().log();
        for (Logged line : log.subList(Math.max(0, log.size() - LAST_LINES), log.size())) {
            evidence.add(new Evidence(
                    line.stream().name().toLowerCase(java.util.Locale.ROOT),
                    Math.toIntExact(line.number()),
                    line.at(),
                    line.text()));
        }
        String words = log.isEmpty()
                ? "without a word"
                : "its last words: " + log.get(log.size() - 1).text().strip();
        return new Finding(
                CauseId.ENTRYPOINT_FAILED.name(),
                CauseId.ENTRYPOINT_FAILED.title(),
                Severity.ERROR,
                "%s %s; %s. The service is not started before it has done its work.".formatted(who, how, words),
                evidence,
                Optional.empty(),
                "Correct what %s does; its whole log is in the file that ends in .%s.log.".formatted(name, name),
                Certainty.CERTAIN);
    }
}
