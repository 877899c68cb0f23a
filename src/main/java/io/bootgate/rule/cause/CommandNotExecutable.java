package io.bootgate.rule.cause;

import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.rule.cause.ExecFailure.Kind;
import java.util.List;
import java.util.Optional;

/** The entry point is there and may not be executed by the container's user. */
final class CommandNotExecutable implements CauseRule {
    @Override
    public CauseId id() {
        return CauseId.COMMAND_NOT_EXECUTABLE;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        return ExecFailure.in(symptoms)
                .filter(failure -> failure.kind() == Kind.NOT_PERMITTED)
                .map(failure -> finding(failure, symptoms));
    }

    private Finding finding(ExecFailure failure, Symptoms symptoms) {
        String user = symptoms.boot().user();
        String detail =
                "%s may not be executed%s.".formatted(failure.name(), user.isEmpty() ? "" : " by the user " + user);
        String file = failure.program().isEmpty() ? "start.sh" : failure.program();
        String fix =
                ("Set the executable bit: git update-index --chmod=+x %s, or COPY --chmod=755, or RUN chmod +x %s before USER;"
                                + " or run it through its interpreter: CMD [\"sh\", \"%s\"].")
                        .formatted(file.substring(file.lastIndexOf('/') + 1), file, file);
        List<Evidence> evidence = List.of(failure.evidence());
        return failure.decisive()
                ? certain(detail, evidence, failure.file(symptoms), fix)
                : likely(detail, evidence, failure.file(symptoms), fix);
    }
}
