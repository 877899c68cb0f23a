package io.bootgate.rule.cause;

import io.bootgate.rule.Finding;
import java.util.Optional;

/** Recognises one cause of a failed boot. Stateless and pure. */
interface CauseRule {
    CauseId id();

    /** The cause with its evidence, place in the image and fix; empty if it is not this one. */
    Optional<Finding> diagnose(Symptoms symptoms);
}
