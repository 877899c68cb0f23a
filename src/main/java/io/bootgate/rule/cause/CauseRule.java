package io.bootgate.rule.cause;

import io.bootgate.rule.Certainty;
import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.rule.Location;
import io.bootgate.rule.Severity;
import java.util.List;
import java.util.Optional;

/** Recognises one cause of a failed boot. Stateless and pure. */
interface CauseRule {
    CauseId id();

    /** The cause with its evidence, place in the image and fix; empty if it is not this one. */
    Optional<Finding> diagnose(Symptoms symptoms);

    /** Whether it is only asked when no rule before it recognised anything. */
    default boolean isLastResort() {
        return false;
    }

    /** A finding of this rule that leaves no other explanation. */
    default Finding certain(String detail, List<Evidence> evidence, Optional<Location> place, String fix) {
        return new Finding(
                id().name(), id().title(), Severity.ERROR, sentence(detail), evidence, place, fix, Certainty.CERTAIN);
    }

    /** A finding of this rule that is the best explanation there is. */
    default Finding likely(String detail, List<Evidence> evidence, Optional<Location> place, String fix) {
        return new Finding(
                id().name(), id().title(), Severity.ERROR, sentence(detail), evidence, place, fix, Certainty.LIKELY);
    }

    private static String sentence(String detail) {
        String text = detail.strip();
        return text.endsWith("..") && !text.endsWith("...")
                ? text.substring(0, text.length() - 1)
                : text.matches("(?s).*[.!?:]") ? text : text + ".";
    }
}
