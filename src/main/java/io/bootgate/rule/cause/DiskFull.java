package io.bootgate.rule.cause;

import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.rule.Location;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** There is no room left on what the application writes to: a small tmpfs, a volume, or the engine's disk. */
final class DiskFull implements CauseRule {
    private static final Pattern SAID = Pattern.compile(
            "No space left on device|database or disk is full|Disk quota exceeded|\\[Errno (?:28|122)\\]");
    private static final Pattern NO_TEMPORARY = Pattern.compile("No usable temporary directory found");

    @Override
    public CauseId id() {
        return CauseId.DISK_FULL;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        for (Raised raised : symptoms.raised()) {
            if (SAID.matcher(raised.message()).find()) {
                return Optional.of(finding(raised.exception().summary(), raised.evidence(), raised.place()));
            }
            // Nobody else is refused everywhere: not by the mount, and root not by permissions.
            boolean root =
                    symptoms.boot().user().isEmpty() || symptoms.boot().user().matches("root|0(?::.*)?");
            boolean known = !symptoms.boot().image().isEmpty();
            if (known
                    && root
                    && !symptoms.boot().readOnly()
                    && NO_TEMPORARY.matcher(raised.message()).find()) {
                return Optional.of(finding(raised.exception().summary(), raised.evidence(), raised.place()));
            }
        }
        return symptoms.hasEnded() && symptoms.failures().isEmpty()
                ? symptoms.last(SAID)
                        .map(match -> finding(
                                match.line().text().strip(),
                                List.of(match.line().evidence()),
                                Optional.empty()))
                : Optional.empty();
    }

    private Finding finding(String said, List<Evidence> evidence, Optional<Location> place) {
        return certain(
                "There is no space left to write to: %s.".formatted(said),
                evidence,
                place,
                "Enlarge the tmpfs or the volume that is written to (tmpfs: size=...), or free space on the engine's disk (docker system df).");
    }
}
