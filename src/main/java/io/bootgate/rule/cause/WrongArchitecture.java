package io.bootgate.rule.cause;

import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.rule.cause.ExecFailure.Kind;
import io.bootgate.timeline.Boot;
import io.bootgate.timeline.BootEvent.ScriptSeen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The program was compiled for another processor. */
final class WrongArchitecture implements CauseRule {
    private static final String ELF = "\u007fELF";

    @Override
    public CauseId id() {
        return CauseId.WRONG_ARCHITECTURE;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        return ExecFailure.in(symptoms)
                .filter(failure -> failure.kind() == Kind.FORMAT && !isScript(failure, symptoms))
                .map(failure -> finding(failure, symptoms));
    }

    private Finding finding(ExecFailure failure, Symptoms symptoms) {
        Boot boot = symptoms.boot();
        List<Evidence> evidence = new ArrayList<>(List.of(failure.evidence()));
        if (differ(boot)) {
            evidence.add(new Evidence(
                    "image",
                    0,
                    failure.evidence().at(),
                    "The image is for %s, the engine's machine is %s."
                            .formatted(boot.imageArchitecture(), boot.engineArchitecture())));
        }
        String machine = boot.engineArchitecture().isEmpty() ? "the machine it runs on" : boot.engineArchitecture();
        String detail = differ(boot)
                ? "The image is built for %s and is booted on %s.".formatted(boot.imageArchitecture(), machine)
                : "%s is a program for another processor than %s.".formatted(failure.name(), machine);
        String fix = differ(boot) || boot.engineArchitecture().isEmpty()
                ? "Build for the machine that runs it: <docker><platform>linux/%s</platform></docker>, or FROM --platform=linux/%1$s."
                        .formatted(boot.engineArchitecture().isEmpty() ? "amd64" : boot.engineArchitecture())
                : "Put the %s build of %s into the image; it was copied or downloaded for another processor."
                        .formatted(boot.engineArchitecture(), failure.name());
        boolean proven = differ(boot) || isElf(failure);
        return proven
                ? certain(detail, evidence, Optional.empty(), fix)
                : likely(detail, evidence, Optional.empty(), fix);
    }

    private static boolean isElf(ExecFailure failure) {
        return failure.seen().map(file -> file.firstLine().startsWith(ELF)).orElse(false);
    }

    private static boolean differ(Boot boot) {
        return !boot.imageArchitecture().isEmpty()
                && !boot.engineArchitecture().isEmpty()
                && !boot.imageArchitecture().equals(boot.engineArchitecture());
    }

    /** Whether a file that the kernel cannot run is a script, not a program for another machine. */
    static boolean isScript(ExecFailure failure, Symptoms symptoms) {
        Optional<ScriptSeen> seen = failure.seen().filter(ScriptSeen::exists);
        if (seen.isPresent()) {
            return !isElf(failure) && !seen.get().firstLine().startsWith("#!");
        }
        return !differ(symptoms.boot())
                && failure.program().matches(".*(?:\\.(?:sh|bash|py)|entrypoint[^/]*|start|run)");
    }
}
