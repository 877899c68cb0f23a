package io.bootgate.autopsy;

import io.bootgate.autopsy.Sight.Thrown;
import io.bootgate.rule.cause.CauseId;
import java.util.Set;

/** Which cause an exception is, by its class. */
final class Faults {
    private static final Set<String> UNREACHABLE = Set.of(
            "ConnectionRefusedError",
            "ConnectionError",
            "ConnectionResetError",
            "ConnectTimeout",
            "ConnectError",
            "gaierror",
            "TimeoutError",
            "timeout",
            "OperationalError",
            "ServerSelectionTimeoutError",
            "NoBrokersAvailable",
            "MaxRetryError",
            "NewConnectionError");

    private Faults() {}

    static CauseId of(Thrown thrown) {
        if (UNREACHABLE.contains(thrown.type())) {
            return CauseId.BACKEND_UNREACHABLE;
        }
        return switch (thrown.type()) {
            case "FileNotFoundError" -> CauseId.MISSING_FILE;
            case "PermissionError" -> CauseId.PERMISSION_DENIED;
            case "SyntaxError", "IndentationError", "TabError" -> CauseId.SYNTAX_ERROR;
            case "MemoryError" -> CauseId.OUT_OF_MEMORY;
            case "ModuleNotFoundError" -> CauseId.MISSING_MODULE;
            case "ImportError" ->
                thrown.message().contains(".so")
                        ? CauseId.MISSING_SYSTEM_LIBRARY
                        : thrown.message().contains("cannot import name")
                                        && !thrown.message().contains("partially initialized")
                                ? CauseId.DEPENDENCY_CONFLICT
                                : CauseId.APP_ERROR;
            case "OSError" ->
                thrown.message().contains("Errno 30")
                        ? CauseId.READ_ONLY_FILESYSTEM
                        : thrown.message().contains("Errno 28") ? CauseId.DISK_FULL : CauseId.APP_ERROR;
            default -> CauseId.APP_ERROR;
        };
    }
}
