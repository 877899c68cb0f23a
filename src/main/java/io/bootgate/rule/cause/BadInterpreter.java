package io.bootgate.rule.cause;

import io.bootgate.rule.Finding;
import io.bootgate.rule.Location;
import io.bootgate.rule.cause.ExecFailure.Kind;
import io.bootgate.timeline.BootEvent.ScriptSeen;
import java.util.List;
import java.util.Optional;

/** A script's first line names no interpreter, or one that the image does not have. */
final class BadInterpreter implements CauseRule {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    @Override
    public CauseId id() {
        return CauseId.BAD_INTERPRETER;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        return ExecFailure.in(symptoms).flatMap(failure -> diagnose(failure, symptoms));
    }

    private Optional<Finding> diagnose(ExecFailure failure, Symptoms symptoms) {
        if (failure.kind() == Kind.FORMAT) {
            return WrongArchitecture.isScript(failure, symptoms)
                    ? Optional.of(noInterpreter(failure, symptoms))
                    : Optional.empty();
        }
        if (failure.isCrlf()) {
            return Optional.empty();
        }
        if (failure.kind() == Kind.ENV_NOT_FOUND
                && !CommandLine.of(symptoms.boot()).program().equals("env")) {
            Optional<ScriptSeen> script = symptoms.timeline()
                    .all(ScriptSeen.class)
                    .filter(seen -> seen.firstLine().contains(failure.program()))
                    .findFirst();
            String file = script.map(ScriptSeen::path).orElse("a script");
            return Optional.of(certain(
                    "The first line of %s asks env for %s, which the image does not have."
                            .formatted(file, failure.program()),
                    List.of(failure.evidence()),
                    script.map(seen -> Location.inImage(seen.path(), 1)),
                    fix(failure.program())));
        }
        if (failure.isInterpreterMissing() && failure.exists()) {
            String line = failure.seen().map(ScriptSeen::firstLine).orElse("");
            String interpreter =
                    line.startsWith("#!") ? line.substring(2).strip().replaceFirst("\\s.*", "") : "";
            String detail = interpreter.isEmpty()
                    ? "%s is there, but what its first line names to run it is not.".formatted(failure.name())
                    : "The first line of %s is %s, and the image has no %s."
                            .formatted(failure.name(), line, interpreter);
            return Optional.of(certain(detail, List.of(failure.evidence()), failure.file(symptoms), fix(interpreter)));
        }
        return failure.kind() == Kind.NO_INTERPRETER && failure.isInstalled()
                ? Optional.of(ofAnotherPython(failure, symptoms))
                : Optional.empty();
    }

    /** A script that pip wrote names the Python that ran pip. */
    private Finding ofAnotherPython(ExecFailure failure, Symptoms symptoms) {
        String name = failure.name().substring(failure.name().lastIndexOf('/') + 1);
        return likely(
                "%s is there, but the Python that its first line names is not: it was installed for an interpreter, or in a virtual environment, that this image or stage does not have."
                        .formatted(failure.name()),
                List.of(failure.evidence()),
                failure.file(symptoms),
                "Install %s with this image's own Python (RUN python -m pip install %s), or COPY the whole virtual environment to the path where it was made."
                        .formatted(name, name));
    }

    private Finding noInterpreter(ExecFailure failure, Symptoms symptoms) {
        String line = failure.seen().map(ScriptSeen::firstLine).orElse("");
        String what = !line.isEmpty() && line.charAt(0) == BYTE_ORDER_MARK
                ? "begins with a byte order mark, which hides its #!"
                : "does not begin with #! and an interpreter";
        String detail = "The script %s %s.".formatted(failure.name(), what);
        String fix =
                "Make #!/bin/sh the very first bytes of %s, or run it through its interpreter: CMD [\"sh\", \"%s\"]."
                        .formatted(failure.name(), failure.name());
        return failure.seen().isPresent()
                ? certain(detail, List.of(failure.evidence()), failure.file(symptoms), fix)
                : likely(detail, List.of(failure.evidence()), failure.file(symptoms), fix);
    }

    private static String fix(String interpreter) {
        if (interpreter.endsWith("bash")) {
            return "Install bash in the image (slim and Alpine images may have only sh), or begin the script with #!/bin/sh.";
        }
        return interpreter.isEmpty()
                ? "Correct the path after #! in the script's first line."
                : "Install %s in the image, or correct the script's first line.".formatted(interpreter);
    }
}
