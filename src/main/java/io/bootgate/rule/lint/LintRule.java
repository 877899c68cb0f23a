package io.bootgate.rule.lint;

import io.bootgate.rule.Location;
import io.bootgate.rule.Severity;
import io.bootgate.rule.cause.CauseId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Sees one fault in the sources before anything is built. Stateless and pure. Says {@link Severity#ERROR} only where the boot is
 * certain to fail, and nothing at all where it is not sure: a false alarm is worse than a fault that the boot finds.
 */
public interface LintRule {
    /** Stable and public; has a page {@code docs/lint/ID.md}. */
    String id();

    /** The fault in general, as a sentence without a full stop. */
    String title();

    /** The causes that a failed boot would have if this rule is right; none if it foresees no failed boot. */
    Set<CauseId> predicts();

    List<LintFinding> check(LintProject project);

    /** The boot is certain to fail. */
    default LintFinding error(Location place, String detail, String fix) {
        return finding(Severity.ERROR, place, detail, fix);
    }

    /** The boot may fail, or the service is fragile. */
    default LintFinding warning(Location place, String detail, String fix) {
        return finding(Severity.WARNING, place, detail, fix);
    }

    private LintFinding finding(Severity severity, Location place, String detail, String fix) {
        return new LintFinding(id(), title(), severity, detail, Optional.of(place), fix, predicts(), Optional.empty());
    }
}
