package io.bootgate.rule.cause;

import java.util.List;

/** Every rule, in the order in which a reader wants to hear of them: root causes first, most specific first. */
final class CauseRules {
    static final List<CauseRule> ALL = List.of(
            // what Python says about the image and its surroundings
            new MissingSystemLibrary(),
            new DiskFull(),
            new ReadOnlyFilesystem(),
            new MissingEnv(),
            new InvalidEnv(),
            new PythonVersionMismatch(),
            new AppNotFound(),
            new DependencyConflict(),
            new ServerMisconfigured(),
            new MissingModule(),
            new SyntaxFault(),
            new BackendUnreachable(),
            new PermissionDenied(),
            new MissingFile(),
            // last resorts
            new AppError(),
            new Unknown());

    private CauseRules() {}
}
