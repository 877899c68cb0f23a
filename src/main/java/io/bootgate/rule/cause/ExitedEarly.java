package io.bootgate.rule.cause;

import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.timeline.BootEvent.Exited;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The container ended, and nothing that was seen says why. */
final class ExitedEarly implements CauseRule {
    @Override
    public CauseId id() {
        return CauseId.EXITED;
    }

    @Override
    public boolean isLastResort() {
        return true;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        return Sightings.exit(symptoms).map(exited -> {
            List<Evidence> evidence = new ArrayList<>(List.of(Sightings.ended(exited)));
            Optional<Line> last = Sightings.lastLine(symptoms);
            last.ifPresent(line -> evidence.add(line.evidence()));
            String detail = "The container ended with exit code %d%s%s%s."
                    .formatted(
                            exited.exitCode(),
                            Sightings.after(exited.at()),
                            meaning(symptoms, exited),
                            Sightings.lastWords(symptoms, ", without a word in the log"));
            return certain(detail, evidence, Optional.empty(), fix(symptoms, last.isPresent()));
        });
    }

    private static String meaning(Symptoms symptoms, Exited exited) {
        boolean gunicorn = symptoms.boot().server().equals("gunicorn");
        return switch (exited.exitCode()) {
            case 143 -> " (SIGTERM: something asked it to stop)";
            case 130 -> " (SIGINT: something interrupted it)";
            case 3 -> gunicorn ? " (Gunicorn's code for a worker that failed to boot)" : "";
            case 4 -> gunicorn ? " (Gunicorn's code for an application that could not be loaded)" : "";
            default -> "";
        };
    }

    private static String fix(Symptoms symptoms, boolean spoke) {
        if (spoke) {
            return "Start from the last lines of the log.";
        }
        return symptoms.boot().server().equals("gunicorn")
                ? "Let it speak: remove --log-level critical and --error-logfile, or run once with --log-level debug."
                : "Run the command by hand in the image, with its output shown.";
    }
}
