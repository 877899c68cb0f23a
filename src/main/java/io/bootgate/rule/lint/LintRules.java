package io.bootgate.rule.lint;

import java.util.List;

/** Every rule, in the order in which a reader wants to hear of them. */
final class LintRules {
    static final List<LintRule> ALL = List.of(
            // what cannot be built
            new DockerfileInvalid(),
            new CopySourceMissing(),
            // what is started
            new CommandMisquoted(),
            new CommandMisspelt(),
            new ServerNotInstalled(),
            new ConsoleScriptLost(),
            new CommandNotCombined(),
            new CommandOverridden(),
            new VariableNotExpanded(),
            new ScriptMissing(),
            new ScriptNotExecutable(),
            new ScriptWithCrlf(),
            new ScriptWithoutInterpreter(),
            new InterpreterMissing(),
            new ServerDaemonised(),
            new CommandInShell(),
            // where it listens
            new PortNotSet(),
            new BindLoopback(),
            new BindAddressInvalid(),
            new BindSocketOnly(),
            new BindPortMismatch(),
            new PrivilegedPort(),
            // the platform
            new UserUnknown(),
            new WriteNotPermitted(),
            new ReadOnlyRoot(),
            new HealthcheckToolMissing(),
            new HealthcheckPortMismatch(),
            new PlatformNotDeployable(),
            new MemoryLimitTooSmall(),
            // what others may read
            new SecretInImage(),
            // the app
            new AppModuleMissing(),
            new AppAttributeMissing(),
            new SyntaxBroken(),
            new PythonVersion(),
            new ExitAtImport(),
            new BackendAtImport(),
            // dependencies
            new DependencyMissing(),
            new DriverMissing(),
            new DependencyClash(),
            new SystemLibraryMissing(),
            new RequirementUnreadable(),
            new DependencyUnpinned(),
            // variables
            new VariableMissing(),
            new VariableMistyped(),
            // resources
            new WorkersByHost());

    private LintRules() {}
}
