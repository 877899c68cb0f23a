package io.bootgate.rule.cause;

import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.timeline.BootEvent.ProbeFailed;
import io.bootgate.timeline.BootEvent.ServerBound;
import io.bootgate.timeline.BootEvent.StartRefused;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
        Optional<StartRefused> refused = symptoms.timeline().first(StartRefused.class);
        if (refused.isPresent()) {
            return Optional.of(
                    likely(
                            "The engine could not start the container: "
                                    + refused.get().message() + ".",
                            List.of(Sightings.engine(
                                    refused.get().at(), refused.get().message())),
                            Optional.empty(),
                            "Correct what the engine complains about: command, working directory, user or limits of the image."));
        }
        List<Evidence> evidence = new ArrayList<>();
        symptoms.timeline()
                .last(ServerBound.class)
                .ifPresent(bound -> evidence.add(Sightings.told(symptoms.timeline(), bound)));
        symptoms.timeline().last(ProbeFailed.class).map(Sightings::probe).ifPresent(evidence::add);
        Sightings.answered(symptoms).map(Sightings::answer).ifPresent(evidence::add);
        Sightings.lastLine(symptoms).map(Line::evidence).ifPresent(evidence::add);
        String missing = String.join("; ", symptoms.verdict().missing());
        if (evidence.isEmpty()) {
            evidence.add(Sightings.engine(
                    symptoms.verdict().at(),
                    missing.isEmpty() ? "Nothing was logged and nothing was answered." : missing));
        }
        return Optional.of(likely(
                "Not ready after %s (%s)%s."
                        .formatted(
                                Sightings.time(symptoms.verdict().at()),
                                symptoms.verdict()
                                        .reason()
                                        .name()
                                        .toLowerCase(Locale.ROOT)
                                        .replace('_', ' '),
                                missing.isEmpty() ? "" : ": " + missing),
                evidence,
                Optional.empty(),
                "Read the full log and the timeline; run the server with --log-level debug to make it say more."));
    }
}
