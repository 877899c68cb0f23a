package io.bootgate.rule.cause;

import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import java.util.List;
import java.util.Optional;

/** Nothing was recognised: said, with what was seen, rather than guessed. */
final class Unknown implements CauseRule {
    @Override
    public CauseId id() {
        return CauseId.UNKNOWN;
    }

    @Override
    public boolean isLastResort() {
        return true;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        String missing = String.join("; ", symptoms.verdict().missing());
        return Optional.of(likely(
                "Not ready: " + symptoms.verdict().reason() + ".",
                List.of(new Evidence("engine", 0, symptoms.verdict().at(), missing)),
                Optional.empty(),
                "Read the log."));
    }
}
