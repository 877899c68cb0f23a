package io.bootgate.rule.cause;

import java.util.List;

/** Every rule, in the order in which a reader wants to hear of them: root causes first, most specific first. */
final class CauseRules {
    static final List<CauseRule> ALL = List.of(
            // what a volume hides is missed by whoever looks for it
            new VolumeHidesApp(),
            // what could not be executed
            new CommandNotFound(),
            new CommandNotExecutable(),
            new CrlfLineEndings(),
            new BadInterpreter(),
            new WrongArchitecture(),
            new UserNotFound(),
            // limits
            new OutOfMemory(),
            new ResourceLimit(),
            new WorkerTimeout(),
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
            // how processes ended, and what could not be bound
            new NativeCrash(),
            new Killed(),
            new SystemExitCalled(),
            new PortCollision(),
            new AddressInUse(),
            new AddressInvalid(),
            new PortNotPermitted(),
            // an exception that nothing above knows
            new AppError(),
            // where it listens
            new LoopbackBind(),
            new PortMismatch(),
            new UnreachableBind(),
            // what came of it
            new EntrypointFailed(),
            new ServerNotStarted(),
            new Unhealthy(),
            new ProbeWouldFail(),
            // last resorts
            new CrashLoop(),
            new BootHang(),
            new HttpError(),
            new HttpNoAnswer(),
            new ExitedEarly(),
            new Unknown());

    private CauseRules() {}
}
