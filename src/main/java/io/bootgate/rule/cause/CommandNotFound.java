package io.bootgate.rule.cause;

import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.rule.cause.ExecFailure.Kind;
import java.util.List;
import java.util.Optional;

/** The program, module or script that the container is to run is not in the image. */
final class CommandNotFound implements CauseRule {
    @Override
    public CauseId id() {
        return CauseId.COMMAND_NOT_FOUND;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        return ExecFailure.in(symptoms)
                .filter(failure -> isNotFound(failure, symptoms))
                .map(failure -> {
                    String detail = detail(failure);
                    String fix = fix(failure, symptoms);
                    List<Evidence> evidence = List.of(failure.evidence());
                    return failure.decisive()
                            ? certain(detail, evidence, failure.script(), fix)
                            : likely(detail, evidence, failure.script(), fix);
                });
    }

    private static boolean isNotFound(ExecFailure failure, Symptoms symptoms) {
        CommandLine command = CommandLine.of(symptoms.boot());
        return switch (failure.kind()) {
            case NOT_FOUND -> !failure.exists() && !failure.isCrlf();
            case NO_MODULE -> true;
            case NO_SCRIPT -> !failure.isCrlf() && (symptoms.boot().command().isEmpty() || isNamed(failure, command));
            case ENV_NOT_FOUND -> !failure.isCrlf() && command.program().equals("env");
            default -> false;
        };
    }

    private static boolean isNamed(ExecFailure failure, CommandLine command) {
        String file = failure.program().substring(failure.program().lastIndexOf('/') + 1);
        return command.text().contains(file);
    }

    private static String detail(ExecFailure failure) {
        return switch (failure.kind()) {
            case NO_MODULE -> "python -m finds no module %s in the image.".formatted(failure.name());
            case NO_SCRIPT -> "The script %s that the command names is not in the image.".formatted(failure.name());
            default ->
                failure.program().contains(" ")
                        ? "The engine looks for one program named \"%s\", blanks included.".formatted(failure.name())
                        : "%s is not in the image%s."
                                .formatted(
                                        failure.name(), failure.program().contains("/") ? "" : ", or not on its PATH");
        };
    }

    private static String fix(ExecFailure failure, Symptoms symptoms) {
        String program = failure.program();
        if (failure.kind() == Kind.NO_MODULE || CommandLine.isServer(program)) {
            String module = program.contains("/") ? program.substring(program.lastIndexOf('/') + 1) : program;
            String name = module.equals("waitress-serve") ? "waitress" : module;
            return program.contains("/")
                    ? "Install %s in the image at that place, or name it without a folder: %s.".formatted(name, module)
                    : "Add %s to requirements.txt and install it in the image's last stage, in the environment that PATH names."
                            .formatted(name);
        }
        if (program.contains(" ")) {
            return "Write each word as one element: CMD [\"%s\"]."
                    .formatted(String.join("\", \"", program.split("\\s+")));
        }
        if (program.contains("/") || failure.kind() == Kind.NO_SCRIPT) {
            return "COPY the file to %s (check .dockerignore and WORKDIR %s), or correct the path in CMD or ENTRYPOINT."
                    .formatted(
                            CommandLine.of(symptoms.boot()).path(program),
                            symptoms.boot().workdir());
        }
        return "Install %s in the image, or correct its name in CMD or ENTRYPOINT.".formatted(program);
    }
}
